/**
 * What a pack has no question for. A pack with exams promises to prepare for them, so that a gap is an error
 * there; elsewhere it is advice. The bot starts all the same.
 */
import { isOwnConcept } from '../core/concept.js'
import type { Question, Topic } from '../core/model.js'
import type { Content } from './bank.js'
import { type Problem, placeOf } from './problem.js'
import { checkSkills } from './skills.js'

/** A pack with fewer questions is still being written. */
const ENOUGH = 20
/** Topics that one line names. */
const NAMED = 5
/** A topic that relates to so many that have questions is an overview of them. */
const GATHERED = 4

export function checkCoverage(content: Content): Problem[] {
  if (content.questions.length < ENOUGH) return []
  const level = content.pack.exams.length > 0 ? 'error' : 'advice'
  return [...unasked(content, level), ...onlyChildren(content.questions, level), ...checkSkills(content)]
}

/** Topics without a question, but for overviews: one by one where each is an error, else in one line. */
function unasked({ pack, topics, questions }: Content, level: Problem['level']): Problem[] {
  const asked = new Set(questions.flatMap((question) => question.topics))
  const isOverview = ({ related }: Topic) => related.filter((slug) => asked.has(slug)).length >= GATHERED
  const missing = topics.filter((topic) => !asked.has(topic.slug) && !isOverview(topic))
  if (level === 'error')
    return missing.map(({ file }) => ({ level, file, line: 1, message: 'no question is about this topic' }))
  if (missing.length === 0) return []
  const named = missing.slice(0, NAMED).map(({ slug }) => slug)
  const names = [...named, ...(missing.length > NAMED ? ['…'] : [])].join(', ')
  const message = `${missing.length} of ${topics.length} topics have no question: ${names}`
  return [{ level, file: `${pack.id}/pack.yaml`, line: 1, message }]
}

/** Siblings let a concept come back without the same words. A question that names no concept needs none. */
function onlyChildren(questions: readonly Question[], level: Problem['level']): Problem[] {
  const known = new Map<string, number>()
  for (const { concept } of questions) known.set(concept, (known.get(concept) ?? 0) + 1)
  return questions
    .filter((question) => known.get(question.concept) === 1 && !isOwnConcept(question))
    .map((question) => ({
      ...{ level, ...placeOf(question) },
      message: `concept: no other question has "${question.concept}"; a concept needs two or more`,
    }))
}
