/**
 * The questions of a round, and how they are counted: a case is one question, and its items are its parts.
 */
import type { QuestionInstance, SlotView } from '../../core/model.js'

export interface Asked {
  readonly instance: QuestionInstance
  /** The heading above it, such as `Question 3`; undefined for a single question. */
  readonly heading: string | undefined
  readonly parts: readonly Part[]
}

export interface Part {
  readonly view: SlotView
  /** A number such as `3`, or `3.1` in a case beside other questions. */
  readonly label: string
  /** A place such as `Question 3 of 5, part 1 of 2`; undefined for the only item of a round. */
  readonly place: string | undefined
  /** A name such as `Part 1`; undefined for a question of one item. */
  readonly name: string | undefined
}

export function askedIn(slots: readonly SlotView[]): Asked[] {
  const groups: SlotView[][] = []
  for (const view of slots) {
    const last = groups.at(-1)
    if (last?.[0]?.instance === view.instance) last.push(view)
    else groups.push([view])
  }
  return groups.flatMap((views, i) => {
    const [first] = views
    return first ? [numbered(first.instance, views, i + 1, groups.length)] : []
  })
}

function numbered(instance: QuestionInstance, views: readonly SlotView[], number: number, of: number): Asked {
  const isCase = views.length > 1
  const parts = views.map((view, i): Part => {
    const name = isCase ? `Part ${i + 1}` : undefined
    const part = isCase ? `part ${i + 1} of ${views.length}` : undefined
    const question = of > 1 ? `Question ${number} of ${of}` : undefined
    const place = [question, part].filter((one) => one !== undefined).join(', ')
    return {
      view,
      label: of > 1 ? (isCase ? `${number}.${i + 1}` : `${number}`) : `${i + 1}`,
      place: place === '' ? undefined : place.charAt(0).toUpperCase() + place.slice(1),
      name,
    }
  })
  return { instance, heading: of > 1 ? `Question ${number}` : undefined, parts }
}
