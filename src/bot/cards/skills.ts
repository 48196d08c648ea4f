/** A note that says which skills of the pack's exams a topic serves. */
import type { Exam, Topic } from '../../core/model.js'
import { isolated } from '../../core/text.js'
import { type Block, note } from '../ui/card.js'

/** Empty for a topic that names no exam. */
export function skillsNote({ skills = {} }: Topic, exams: readonly Exam[]): Block[] {
  const told = exams.flatMap(({ id, name }) => {
    const places = skills[id]
    if (places === undefined) return []
    return [places.length > 0 ? `${isolated(name)} ${places.join(', ')}` : `not in ${isolated(name)}`]
  })
  return told.length === 0 ? [] : [note(`Exam skills: ${told.join('; ')}.`)]
}
