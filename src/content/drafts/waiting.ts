/** The drafts of packs that wait for somebody to look them over, as teams get them. */
import type { AuthoredItem } from '../../core/model.js'
import { question as questionSchema } from '../schema.js'
import { MAX_SOURCE, type WrittenQuestion } from '../written.js'
import { type DraftFile, draftsIn, type Waiting } from './draft-file.js'

/** A draft that a program made of the notes of a pack. */
export interface MadeDraft {
  /** Unique in its pack; the same while its notes are. */
  readonly id: string
  readonly content: WrittenQuestion
}

export interface MadeDrafts {
  readonly waiting: readonly MadeDraft[]
  /** Ids of those that the operator does not want. */
  readonly rejected: readonly string[]
}

/** By pack, without those that have none; `roots`: folders of packs. */
export async function madeDrafts(roots: readonly string[]): Promise<ReadonlyMap<string, MadeDrafts>> {
  const of = ({ waiting, rejected }: DraftFile) => ({ waiting: waiting.flatMap(asWritten), rejected })
  return new Map([...(await draftsIn(roots))].map(([pack, file]) => [pack, of(file)]))
}

/** Nothing for what no chat shows: cases and templates are not made of notes. */
function asWritten({ id, value, from }: Waiting): MadeDraft[] {
  const question = questionSchema.safeParse(value).data
  const item = itemOf(value)
  if (!question || !item) return []
  const source = [from.file, from.heading].filter((part) => part !== '').join(': ')
  return [{ id, content: { topics: question.topics, item, source: source.slice(0, MAX_SOURCE) } }]
}

/** The item of an entry of a `.questions.yaml`; undefined for what is none, or several. */
export function itemOf(value: unknown): AuthoredItem | undefined {
  const question = questionSchema.safeParse(value).data
  switch (question?.kind) {
    case undefined:
      return undefined
    case 'choice':
    case 'response':
      return { kind: question.kind, stem: question.stem, choices: question.choices }
    case 'ordering':
      return { kind: 'ordering', stem: question.stem, steps: question.steps, spare: question.spare }
    case 'matching':
      return { kind: 'matching', stem: question.stem, pairs: question.pairs, spare: question.spare }
    case 'case':
    case 'template':
      return undefined
  }
}
