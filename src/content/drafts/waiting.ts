/** Converts the drafts that wait for review to the form that teams get. */
import path from 'node:path'
import { entries, isDrafts } from '../files.js'
import { itemOf } from '../item-of.js'
import { question as questionSchema } from '../schema.js'
import { MAX_SOURCE, type WrittenQuestion } from '../written.js'
import type { DraftFile, Waiting } from './draft-file.js'

/** A draft that a program made from the notes of a pack. */
export interface MadeDraft {
  /** Unique in its pack, and unchanged while its notes are. */
  readonly id: string
  readonly content: WrittenQuestion
}

export interface MadeDrafts {
  readonly waiting: readonly MadeDraft[]
  /** The ids of drafts that the operator has rejected. */
  readonly rejected: readonly string[]
  /** The ids of all drafts, decided on or not; undefined if some could not be read. */
  readonly all?: readonly string[]
}

/** Returns the drafts by pack, without packs that have none; `roots`: folders of packs. */
export async function madeDrafts(roots: readonly string[]): Promise<ReadonlyMap<string, MadeDrafts>> {
  if (!(await hasDrafts(roots))) return new Map()
  const { draftsIn } = await import('./draft-file.js')
  const damaged = new Set<string>()
  const files = await draftsIn(roots, (pack) => damaged.add(pack))
  const of = ({ waiting, approved, rejected }: DraftFile, isWhole: boolean): MadeDrafts => ({
    ...{ waiting: waiting.flatMap(asWritten), rejected },
    ...(isWhole && { all: [...waiting.map(({ id }) => id), ...approved, ...rejected] }),
  })
  return new Map([...files].map(([pack, file]) => [pack, of(file, !damaged.has(pack))]))
}

/** Few packs have any, and their reader brings those of YAML and Markdown along. */
async function hasDrafts(roots: readonly string[]): Promise<boolean> {
  const below = async (dirs: readonly string[]) =>
    (
      await Promise.all(
        dirs.map(async (dir) => ((await entries(dir)) ?? []).map((one) => path.join(dir, one.name))),
      )
    ).flat()
  return (await below(await below(await below(roots)))).some(isDrafts)
}

/** Returns nothing for what no chat shows: cases and templates are not made from notes. */
function asWritten({ id, value, from }: Waiting): MadeDraft[] {
  const question = questionSchema.safeParse(value).data
  const item = question && itemOf(question)
  if (!item) return []
  const source = [from.file, from.heading].filter((part) => part !== '').join(': ')
  return [{ id, content: { topics: question.topics, item, source: source.slice(0, MAX_SOURCE) } }]
}
