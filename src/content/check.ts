/** What no single file shows: names that lead nowhere or clash. */
import type { AuthoredItem, Question } from '../core/model.js'
import type { Draft } from './bank.js'
import { itemsOf } from './item-writing.js'
import type { Problem } from './problem.js'

/** Of one pack: others may have the same names and ids. */
export function crossCheck(draft: Draft): Problem[] {
  return [...topicLinks(draft), ...clashes(draft), ...questionLinks(draft)]
}

function topicLinks({ topics, comparisons }: Draft): Problem[] {
  const slugs = new Set(topics.map((t) => t.slug))
  const dead = (file: string, line: number, where: string, names: readonly string[]) =>
    names
      .filter((name) => !slugs.has(name))
      .map((name) => ({ file, line, message: `${where}: there is no topic ${name}` }))
  return [
    ...topics.flatMap((t) => [
      ...dead(t.file, 1, 'related', t.related),
      ...dead(
        t.file,
        1,
        'confused',
        t.confused.map((c) => c.slug),
      ),
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
    if (twin)
      problems.push({ file: topic.file, line: 1, message: `the topic ${topic.slug} stands in ${twin} too` })
    slugs.set(topic.slug, topic.file)
    for (const name of new Set([topic.title, ...topic.aliases].map((n) => n.toLowerCase()))) {
      const other = names.get(name)
      if (other) problems.push({ file: topic.file, line: 1, message: `"${name}" is a name of ${other} too` })
      names.set(name, topic.slug)
    }
  }
  const ids = new Map<string, Question>()
  for (const question of questions) {
    const twin = ids.get(question.id)
    if (twin)
      problems.push({
        ...at(question),
        message: `id: ${question.id} stands in ${twin.origin.file}:${twin.origin.line} too`,
      })
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
      ...(q.domain === undefined || domains.includes(q.domain)
        ? []
        : [`domain: the exam has no domain ${q.domain}`]),
      ...(q.task === undefined || q.task.startsWith(`${q.domain}.`)
        ? []
        : [`task: ${q.task} is not of domain ${q.domain}`]),
      ...itemsOf(q).flatMap(faults),
    ].map((message) => ({ ...at(q), message })),
  )
}

const at = ({ origin: { file, line } }: Question) => ({ file, line })

/** What would make a right answer look like a wrong one. */
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
      return [
        ...equals(item.pairs.map((p) => p.prompt)).map(
          (text) => `matching: the prompt "${text}" stands there twice`,
        ),
        ...equals([...answers, ...item.spare]).map(
          (text) => `matching: the answer "${text}" stands there twice`,
        ),
        ...(new Set([...answers, ...item.spare]).size > 7
          ? ['matching: at most seven different answers, spare ones too']
          : []),
      ]
    }
  }
}

/** Texts that came before, but for their case. */
function equals(texts: readonly string[]): string[] {
  const lower = texts.map((text) => text.toLowerCase())
  return texts.filter((_, i) => lower.indexOf(lower[i] ?? '') < i)
}
