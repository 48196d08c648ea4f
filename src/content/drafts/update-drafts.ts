/** Drafts of a pack that is made again: what somebody has decided on, or changed by hand, stays so. */
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { isMap, isScalar, isSeq, parseDocument } from 'yaml'
import type { Topic } from '../../core/model.js'
import { entries } from '../files.js'
import { loadTopics } from '../load.js'
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
  /** Those there are now; the first takes the decisions of those that are gone. */
  readonly sections: readonly string[]
}

export function updatedDrafts(
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
        },
      ]
    }),
  )
}

const isByHand = ({ value, made }: Waiting) => hashOfValue(value) !== made

/** Reading takes time, and nobody looks at the drafts of more. */
export const MOST_TOPICS = 1500

/**
 * Writes the drafts of the pack in `dir`, which stands there whole, of its first topics. `old`: where the pack
 * stood before, whose decisions hold. Returns how many wait.
 */
export async function draftPack(dir: string, old: string): Promise<number> {
  const [root, pack] = [path.dirname(dir), path.basename(dir)]
  const folders = ((await entries(dir)) ?? []).filter((entry) => entry.isDirectory())
  const sections = folders.map(({ name }) => name)
  const topics: Topic[] = []
  for (const section of sections)
    topics.push(...(await loadTopics(root, { pack, section }, MOST_TOPICS - topics.length)))
  await dropTopics(dir, sections)
  const files = await draftsOf(old, () => {})
  const updated = updatedDrafts(makeDrafts(topics), { files, sections })
  for (const [section, file] of updated) await writeDrafts(dir, path.basename(old), section, file)
  return [...updated.values()].reduce((sum, { waiting }) => sum + waiting.length, 0)
}

/** Questions that were approved stay when their notes have gone, and are about what is left. */
async function dropTopics(dir: string, sections: readonly string[]): Promise<void> {
  const names = await Promise.all(sections.map(async (one) => (await entries(path.join(dir, one))) ?? []))
  const there = new Set(names.flat().map(({ name }) => path.basename(name, '.md')))
  for (const [i, section] of sections.entries())
    for (const { name } of names[i]?.filter((entry) => isFromNotes(entry.name)) ?? [])
      await dropIn(path.join(dir, section, name), (slug) => !there.has(slug))
}

async function dropIn(file: string, isDead: (slug: string) => boolean): Promise<void> {
  const document = parseDocument(await readFile(file, 'utf8'))
  if (!isSeq(document.contents)) return
  let isChanged = false
  for (const entry of document.contents.items) {
    const list = isMap(entry) ? entry.get('topics') : undefined
    if (!isSeq(list)) continue
    const left = list.items.filter((one) => !isDead(String(isScalar(one) ? one.value : one)))
    if (left.length < list.items.length) isChanged = true
    list.items = left
  }
  if (isChanged) await writeWhole(file, document.toString({ lineWidth: 0 }))
}
