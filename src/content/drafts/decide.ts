/** Applies decisions on drafts: an approved one becomes a question of its section. */
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { stringify } from 'yaml'
import { compare } from '../../core/order.js'
import { MAX_BYTES } from '../files.js'
import { loadContent } from '../load.js'
import { question as questionSchema } from '../schema.js'
import { type DraftFile, draftsOf, type Waiting, writeDrafts, writeWhole } from './draft-file.js'

/** The drafts of a pack during a review. */
export interface Review {
  readonly id: string
  /** Sorted by the order of the sections, and of the notes in them. */
  readonly waiting: () => readonly Waiting[]
  /** What is damaged in the files of drafts. */
  readonly problems: readonly string[]
  /** Writes at once. Returns why some of the drafts could not be taken. */
  approve(drafts: readonly Waiting[]): Promise<string[]>
  reject(drafts: readonly Waiting[]): Promise<void>
  /** Replaces the draft with the same id. */
  change(draft: Waiting): Promise<void>
}

/** `dir`: the folder of the pack. */
export async function openReview(dir: string): Promise<Review> {
  const id = path.basename(dir)
  const problems: string[] = []
  const { banks } = await loadContent(path.dirname(dir), id)
  const [bank] = banks
  const taken = new Set(bank?.questions.map((question) => question.id))
  const topics = new Set(bank?.topics.map((topic) => topic.slug))
  const report = (file: string, line: number, message: string) => problems.push(`${file}:${line}: ${message}`)
  const files = new Map(await draftsOf(dir, report))
  const order = bank?.pack.sections.map((section) => section.id) ?? []
  const update = async (
    drafts: readonly Waiting[],
    change: (file: DraftFile, ids: readonly string[]) => DraftFile,
  ) => {
    for (const [section, ids] of bySection(drafts)) {
      const file = files.get(section)
      if (!file) continue
      files.set(section, change(file, ids))
      await writeDrafts(dir, id, section, files.get(section) ?? file)
    }
  }
  const without = (file: DraftFile, ids: readonly string[]) =>
    file.waiting.filter((one) => !ids.includes(one.id))
  return {
    id,
    problems,
    waiting: () =>
      [...files]
        .sort(([a], [b]) => order.indexOf(a) - order.indexOf(b) || compare(a, b))
        .flatMap(([, { waiting }]) => waiting.filter((draft) => !taken.has(draft.id))),
    async approve(drafts) {
      const faults = drafts.map((draft) => faultOf(draft, topics, taken))
      const good = drafts.filter((_draft, i) => faults[i] === undefined)
      for (const section of bySection(good).keys()) {
        const here = good.filter((draft) => draft.section === section)
        await addQuestions(path.join(dir, section), here)
      }
      for (const draft of good) taken.add(draft.id)
      await update(good, (file, ids) => ({
        ...file,
        waiting: without(file, ids),
        approved: [...file.approved, ...ids],
        said: { ...file.said, ...saidBy(good, ids) },
      }))
      return drafts.flatMap((draft, i) => (faults[i] === undefined ? [] : [`${draft.id}: ${faults[i]}`]))
    },
    reject: (drafts) =>
      update(drafts, (file, ids) => ({
        ...file,
        waiting: without(file, ids),
        rejected: [...file.rejected, ...ids],
      })),
    change: (draft) =>
      update([draft], (file) => ({
        ...file,
        waiting: file.waiting.map((one) => (one.id === draft.id ? draft : one)),
      })),
  }
}

const saidBy = (drafts: readonly Waiting[], ids: readonly string[]) =>
  Object.fromEntries(drafts.filter(({ id }) => ids.includes(id)).map(({ id, said }) => [id, said]))

function bySection(drafts: readonly Waiting[]): Map<string, string[]> {
  const ids = new Map<string, string[]>()
  for (const { section, id } of drafts) ids.set(section, [...(ids.get(section) ?? []), id])
  return ids
}

/** Returns the problem that the draft would be for the content as a question. */
function faultOf(
  { id, value }: Waiting,
  topics: ReadonlySet<string>,
  taken: ReadonlySet<string>,
): string | undefined {
  const found = questionSchema.safeParse(value)
  if (!found.success) return found.error.issues[0]?.message ?? 'is no question'
  const gone = found.data.topics.find((topic) => !topics.has(topic))
  if (gone !== undefined) return `there is no topic ${gone}`
  return taken.has(id) ? 'another question of the pack has its id' : undefined
}

const NAME = 'from-notes'

/** Adds the questions to the last file of its kind that has room. */
async function addQuestions(folder: string, drafts: readonly Waiting[]): Promise<void> {
  let [number, text] = [1, await textOf(folder, 1)]
  for (let next = await textOf(folder, 2); next !== ''; next = await textOf(folder, number + 1)) {
    number++
    text = next
  }
  for (const { value } of drafts) {
    const entry = stringify([value], { lineWidth: 0, aliasDuplicateObjects: false })
    if (Buffer.byteLength(text) + Buffer.byteLength(entry) >= MAX_BYTES) {
      await writeWhole(fileOf(folder, number), text)
      number++
      text = ''
    }
    text = text.trim() === '' ? entry : `${text.trimEnd()}\n\n${entry}`
  }
  await writeWhole(fileOf(folder, number), text)
}

/** Whether a file holds questions that were drafts before. */
export const isFromNotes = (file: string): boolean =>
  /^from-notes(?:-\d+)?\.questions\.yaml$/.test(path.basename(file))

const fileOf = (folder: string, number: number) =>
  path.join(folder, `${NAME}${number === 1 ? '' : `-${number}`}.questions.yaml`)
const textOf = (folder: string, number: number) => readFile(fileOf(folder, number), 'utf8').catch(() => '')
