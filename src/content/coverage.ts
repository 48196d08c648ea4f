/**
 * Reports what a pack has no questions for. A pack with exams promises to prepare for them, so a gap is an
 * error there; otherwise it is advice. The bot starts all the same.
 */
import { isOwnConcept } from '../core/concept.js'
import type { Question, Topic } from '../core/model.js'
import type { Content } from './bank.js'
import { type Problem, placeOf } from './problem.js'
import { checkSkills } from './skills.js'

/** A pack with fewer questions is still being written, so it is not checked. */
const ENOUGH = 20
/** The maximum number of topics that one line names. */
const NAMED = 5
/** A topic that relates to at least this many topics with questions is an overview of them. */
const GATHERED = 4

export function checkCoverage(content: Content): Problem[] {
  if (content.questions.length < ENOUGH) return []
  const level = content.pack.exams.length > 0 ? 'error' : 'advice'
  return [...unasked(content, level), ...onlyChildren(content.questions, level), ...checkSkills(content)]
}

/**
 * Reports topics without a question, except overviews: one by one if each is an error, otherwise in one line.
 */
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

/** Siblings let a concept come back in other words. A question that names no concept needs none. */
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
