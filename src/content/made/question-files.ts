/** Makes the question files of a pack, with stable ids and the topics of the questions. */
import type { Existing } from './existing.js'
import { keptIds, knownQuestions } from './known-questions.js'
import { type MadeQuestions, madeQuestions, ourOwn } from './made-questions.js'
import { hashOf } from './manifest.js'
import type { NoteTopic } from './note-file.js'
import type { PackFile } from './pack-file.js'
import type { Read, Told } from './read-source.js'
import type { Former, Section } from './sections.js'
import { freeSlug } from './slugs.js'

/** Returns a function that finds the topic after which a group of questions is named, if there is one. */
export function topicFinder(
  topics: readonly NoteTopic[],
  slugs: ReadonlyMap<NoteTopic, string>,
  isThere: (slug: string) => boolean,
) {
  const byName = new Map<string, string>()
  for (const topic of topics)
    for (const name of [topic.title, ...topic.aliases]) {
      const [key, slug] = [name.toLowerCase(), slugs.get(topic) ?? '']
      if (!byName.has(key) && isThere(slug)) byName.set(key, slug)
    }
  const all = new Set([...slugs.values()].filter(isThere))
  return {
    has: (slug: string) => all.has(slug),
    of: (group: string) => {
      const slug = byName.get((group.split(/[/:>]/).at(-1) ?? '').trim().toLowerCase())
      return slug === undefined ? [] : [slug]
    },
  }
}

interface Around {
  readonly sectionOf: (path: string) => Section
  readonly former: Former
  readonly finder: ReturnType<typeof topicFinder>
}

export function questionFiles(read: Read, existing: Existing, { sectionOf, former, finder }: Around) {
  const told: Told[] = []
  const files: PackFile[] = []
  const names = new Map<string, Set<string>>()
  const ids: Record<string, string> = {}
  const byHand = questionsByHand(existing)
  const add = (path: string, make: (taken: Set<string>) => MadeQuestions) => {
    const made = byHand.make(former(path), make)
    told.push(...made.changed)
    Object.assign(ids, made.ids)
    const section = sectionOf(path).id
    const used = names.get(section) ?? new Set<string>()
    names.set(section, used)
    const name =
      existing.questionName(former(path)) ??
      freeSlug((path.split('/').at(-1) ?? '').replace(/\..*$/, '') || 'questions', used, 50)
    made.texts.forEach((text, i) => {
      if (text.trim() === '') return
      const file = `${section}/${name}${i === 0 ? '' : `-${i + 1}`}.questions.yaml`
      files.push({ path: file, from: `${path}#${i}`, source: hashOf(text), text: () => text })
    })
  }
  const kept = keptIds(read.questions, {
    known: knownQuestions(existing.manifest.questions),
    former,
    before: existing.itemsFrom,
  })
  for (const one of read.ours) add(one.path, (taken) => ourOwn(one, taken, finder.has))
  for (const one of read.questions) {
    const known = kept.get(one.path) ?? []
    const elsewhere = (id: string) => byHand.elsewhere(id, former(one.path))
    if (one.questions.length > 0)
      add(one.path, (taken) => madeQuestions(one, { taken, known, elsewhere, topicOf: finder.of }))
  }
  return { files, told, ids }
}

/** Ids in files that were changed or added by hand stay. */
function questionsByHand({ questions, manifest }: Existing) {
  const taken = new Set([...questions.values()].flat().map(({ id }) => id))
  const known = knownQuestions(manifest.questions)
  const isFrom = (file: string, path: string) => manifest.files[file]?.from.startsWith(`${path}#`) === true
  return {
    /** A question keeps its id while the file made from its own source has it. */
    make(path: string, make: (taken: Set<string>) => MadeQuestions): MadeQuestions {
      const before = new Set(known.filter((one) => one.path === path).map(({ id }) => id))
      const here = [...questions].filter(([file]) => isFrom(file, path)).flatMap(([, list]) => list)
      const own = here.map(({ id }) => id).filter((id) => before.has(id))
      for (const id of own) taken.delete(id)
      const made = make(taken)
      for (const id of own) taken.add(id)
      return made
    },
    elsewhere: (id: string, path: string) =>
      [...questions].find(([file, list]) => !isFrom(file, path) && list.some((one) => one.id === id))?.[0],
  }
}
