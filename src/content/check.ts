/** Checks across files: names that lead nowhere or clash. */
import type { AuthoredItem, Exam, Pack, Question, Topic } from '../core/model.js'
import type { Draft } from './bank.js'
import { saysWhatItServes } from './exam-view.js'
import { itemsOf } from './item-writing.js'
import { type Problem, placeOf } from './problem.js'

/** Checks one pack alone, since other packs may have the same names and ids. */
export function crossCheck(draft: Draft): Problem[] {
  return [...topicLinks(draft), ...clashes(draft), ...questionLinks(draft)]
}

/**
 * Returns a problem for each skill that names no exam of the pack, or a place that the exam does not have.
 */
function strangeSkills({ skills = {} }: Pick<Question | Topic, 'skills'>, { exams }: Pack): string[] {
  return Object.entries(skills).flatMap(([id, places]) => {
    const exam = exams.find((one) => one.id === id)
    if (!exam) return [`skills: there is no exam ${id}`]
    const known = placesOf(exam)
    return places.filter((one) => !known.has(one)).map((one) => `skills: ${exam.name} has no ${one}`)
  })
}

/** Returns the numbers of the exam's domains, tasks and skills. */
function placesOf({ domains }: Exam): Set<string> {
  return new Set(
    domains.flatMap(({ number, tasks = [] }) => [
      String(number),
      ...tasks.flatMap((task) => [task.number, ...task.skills.map((skill) => skill.number)]),
    ]),
  )
}

function topicLinks({ topics, comparisons, pack }: Draft): Problem[] {
  const slugs = new Set(topics.map((t) => t.slug))
  const dead = (file: string, line: number, where: string, names: readonly string[]) =>
    names
      .filter((name) => !slugs.has(name))
      .map((name) => error(file, line, `${where}: there is no topic ${name}`))
  return [
    ...topics.flatMap((t) => [
      ...dead(t.file, 1, 'related', t.related),
      ...dead(
        t.file,
        1,
        'confused',
        t.confused.map((c) => c.slug),
      ),
      ...strangeSkills(t, pack).map((message) => error(t.file, 1, message)),
    ]),
    ...comparisons.flatMap((c) => dead(c.file, c.line, 'topics', c.topics)),
  ]
}

function clashes({ topics, questions }: Draft): Problem[] {
  const problems: Problem[] = []
  const slugs = new Map<string, string>()
  const names = new Map<string, string>()
  for (const topic of topics) {
    const twin = slugs.get(topic.slug)
    if (twin) problems.push(error(topic.file, 1, `the topic ${topic.slug} stands in ${twin} too`))
    slugs.set(topic.slug, topic.file)
    for (const name of new Set([topic.title, ...topic.aliases].map((n) => n.toLowerCase()))) {
      const other = names.get(name)
      if (other) problems.push(error(topic.file, 1, `"${name}" is a name of ${other} too`))
      names.set(name, topic.slug)
    }
  }
  const ids = new Map<string, Question>()
  for (const question of questions) {
    const twin = ids.get(question.id)
    if (twin)
      problems.push(
        inQuestion(question, `id: ${question.id} stands in ${placeOf(twin).file}:${placeOf(twin).line} too`),
      )
    ids.set(question.id, question)
  }
  return problems
}

function questionLinks({ topics, questions, pack }: Draft): Problem[] {
  const slugs = new Set(topics.map((t) => t.slug))
  const domains = pack.exams[0]?.domains.map((d) => d.number) ?? []
  return questions.flatMap((q) =>
    [
      ...q.topics.filter((slug) => !slugs.has(slug)).map((slug) => `topics: there is no topic ${slug}`),
      ...(q.domain === undefined || saysWhatItServes(q) || domains.includes(q.domain)
        ? []
        : [`domain: the exam has no domain ${q.domain}`]),
      ...(q.task === undefined || q.task.startsWith(`${q.domain}.`)
        ? []
        : [`task: ${q.task} is not of domain ${q.domain}`]),
      ...strangeSkills(q, pack),
      ...itemsOf(q).flatMap(faults),
    ].map((message) => inQuestion(q, message)),
  )
}

const error = (file: string, line: number, message: string) =>
  ({ level: 'error', file, line, message }) as const

const inQuestion = (question: Question, message: string) => ({
  level: 'error' as const,
  ...placeOf(question),
  message,
})

/** Returns the faults that would make a right answer look like a wrong one. */
function faults(item: AuthoredItem): string[] {
  switch (item.kind) {
    case 'choice':
    case 'response':
      return []
    case 'ordering':
      return equals([...item.steps, ...item.spare].map((step) => step.text)).map(
        (text) => `ordering: the step "${text}" stands there twice`,
      )
    case 'matching': {
      const answers = new Set(item.pairs.map((p) => p.answer))
      const different = new Set([...answers, ...item.spare]).size
      return [
        ...equals(item.pairs.map((p) => p.prompt)).map(
          (text) => `matching: the prompt "${text}" stands there twice`,
        ),
        ...equals([...answers, ...item.spare]).map(
          (text) => `matching: the answer "${text}" stands there twice`,
        ),
        ...(different > 7 ? ['matching: at most seven different answers, spare ones too'] : []),
        ...(different < 2 ? ['matching: every answer is the same; add a spare one'] : []),
      ]
    }
  }
}

/** Returns the texts that repeat an earlier one, ignoring case. */
function equals(texts: readonly string[]): string[] {
  const lower = texts.map((text) => text.toLowerCase())
  return texts.filter((_, i) => lower.indexOf(lower[i] ?? '') < i)
}
