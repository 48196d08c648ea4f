/** Updates the drafts of a pack that is made again: decisions and changes by hand stay. */
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { isMap, isScalar, isSeq, parseDocument } from 'yaml'
import type { Topic } from '../../core/model.js'
import { entries } from '../files.js'
import { loadTopics, makersOf } from '../load.js'
import { isFromNotes } from './decide.js'
import type { DraftQuestion } from './draft.js'
import {
  type DraftFile,
  draftsOf,
  hashOfValue,
  NO_DRAFTS,
  type Waiting,
  waitingOf,
  writeDrafts,
  writeWhole,
} from './draft-file.js'
import { makeDrafts } from './make-drafts.js'

interface Before {
  readonly files: ReadonlyMap<string, DraftFile>
  /** The current sections; the first takes the decisions of sections that are gone. */
  readonly sections: readonly string[]
}

function updatedDrafts(
  made: readonly DraftQuestion[],
  { files, sections }: Before,
): ReadonlyMap<string, DraftFile> {
  const old = [...files.values()]
  const decided = new Set(old.flatMap((file) => [...file.approved, ...file.rejected]))
  const changed = new Map(old.flatMap(({ waiting }) => waiting.filter(isByHand).map((one) => [one.id, one])))
  const fresh = made.map(waitingOf).map((one) => {
    const kept = changed.get(one.id)
    changed.delete(one.id)
    return kept ? { ...kept, section: one.section } : one
  })
  const waiting = [...fresh, ...changed.values()].filter(({ id }) => !decided.has(id))
  const placed = (section: string) => (sections.includes(section) ? section : (sections[0] ?? section))
  return new Map(
    sections.map((section): [string, DraftFile] => {
      const here = [...files].filter(([name]) => placed(name) === section).map(([, file]) => file)
      return [
        section,
        {
          ...NO_DRAFTS,
          waiting: waiting.filter((one) => placed(one.section) === section),
          approved: here.flatMap(({ approved }) => approved),
          rejected: here.flatMap(({ rejected }) => rejected),
          said: Object.assign({}, ...here.map(({ said }) => said)),
        },
      ]
    }),
  )
}

const isByHand = ({ value, made }: Waiting) => hashOfValue(value) !== made

/** The limit exists because reading takes time, and nobody looks at the drafts of more topics. */
export const MOST_TOPICS = 1500

/** What happened to a file of the pack, in words. */
interface Told {
  readonly file: string
  readonly message: string
}

export interface DraftedPack {
  /** The number of drafts that wait. */
  readonly waiting: number
  readonly told: readonly Told[]
}

/**
 * Writes the drafts of the first topics of the pack in `dir`, which is complete there. `old`: the pack's
 * previous folder, whose decisions stay valid.
 */
export async function draftPack(dir: string, old: string): Promise<DraftedPack> {
  const [root, pack] = [path.dirname(dir), path.basename(dir)]
  const folders = ((await entries(dir)) ?? []).filter((entry) => entry.isDirectory())
  const sections = folders.map(({ name }) => name)
  const topics: Topic[] = []
  for (const section of sections)
    topics.push(...(await loadTopics(root, { pack, section }, MOST_TOPICS - topics.length)))
  const { places, told } = await approvedIn(dir, sections)
  const files = await draftsOf(old, () => {})
  const made = makeDrafts(topics, await makersOf(root, pack))
  const updated = updatedDrafts(made, { files, sections })
  const now = new Map(made.map(waitingOf).map((one) => [one.id, one]))
  for (const [section, file] of updated) {
    const said = { ...file.said }
    for (const [id, before] of Object.entries(file.said)) {
      said[id] = now.get(id)?.said ?? ''
      const place = places.get(id)
      if (place !== undefined && before !== '' && said[id] !== before)
        told.push({ file: place, message: noted(id, now.get(id)) })
    }
    await writeDrafts(dir, path.basename(old), section, { ...file, said })
  }
  return { waiting: [...updated.values()].reduce((sum, { waiting }) => sum + waiting.length, 0), told }
}

function noted(id: string, now: Waiting | undefined): string {
  if (!now) return `holds the approved question ${id}, and the notes no longer hold what it was made of`
  const { file, heading } = now.from
  return `holds the approved question ${id}, and its notes in ${file} ("${heading}") have changed: look at both`
}

/**
 * Returns where the approved questions stand. They stay when their notes are gone, with the topics that are
 * left.
 */
async function approvedIn(dir: string, sections: readonly string[]) {
  const names = await Promise.all(sections.map(async (one) => (await entries(path.join(dir, one))) ?? []))
  const there = new Set(names.flat().map(({ name }) => path.basename(name, '.md')))
  const places = new Map<string, string>()
  const told: Told[] = []
  for (const [i, section] of sections.entries())
    for (const { name } of names[i]?.filter((entry) => isFromNotes(entry.name)) ?? []) {
      const file = `${section}/${name}`
      for (const { id, dead, left } of await dropIn(path.join(dir, file), (slug) => !there.has(slug))) {
        places.set(id, file)
        const now = left === 0 ? 'no topic' : 'its other topics alone'
        if (dead.length > 0)
          told.push({
            file,
            message: `holds the approved question ${id}, which is about ${now} now: ${dead.join(', ')} is gone`,
          })
      }
    }
  return { places, told }
}

interface Dropped {
  readonly id: string
  /** The topics that are gone, and the number of those that stay. */
  readonly dead: readonly string[]
  readonly left: number
}

async function dropIn(file: string, isDead: (slug: string) => boolean): Promise<Dropped[]> {
  const document = parseDocument(await readFile(file, 'utf8'))
  if (!isSeq(document.contents)) return []
  const dropped = document.contents.items.flatMap((entry): Dropped[] => {
    if (!isMap(entry)) return []
    const list = entry.get('topics')
    const all = isSeq(list) ? list.items : []
    const slugOf = (one: unknown) => String(isScalar(one) ? one.value : one)
    const left = all.filter((one) => !isDead(slugOf(one)))
    if (isSeq(list)) list.items = left
    return [{ id: String(entry.get('id')), dead: all.map(slugOf).filter(isDead), left: left.length }]
  })
  if (dropped.some(({ dead }) => dead.length > 0)) await writeWhole(file, document.toString({ lineWidth: 0 }))
  return dropped
}
