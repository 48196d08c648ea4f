/** The drafts of packs that wait for somebody to look them over, as teams get them. */
import type { AuthoredItem } from '../../core/model.js'
import { question as questionSchema } from '../schema.js'
import { MAX_SOURCE, type WrittenQuestion } from '../written.js'
import { type Waiting, waitingIn } from './draft-file.js'

/** A draft that a program made of the notes of a pack. */
export interface MadeDraft {
  /** Unique in its pack; the same while its notes are. */
  readonly id: string
  readonly content: WrittenQuestion
}

/** By pack, without those that have none; `roots`: folders of packs. */
export async function madeDrafts(
  roots: readonly string[],
): Promise<ReadonlyMap<string, readonly MadeDraft[]>> {
  const made = [...(await waitingIn(roots))].map(([pack, all]) => [pack, all.flatMap(asWritten)] as const)
  return new Map(made.filter(([, drafts]) => drafts.length > 0))
}

/** Nothing for what no chat shows: cases and templates are not made of notes. */
function asWritten({ id, value, from }: Waiting): MadeDraft[] {
  const question = questionSchema.safeParse(value).data
  const item = question && itemOf(question)
  if (!item) return []
  const source = [from.file, from.heading].filter((part) => part !== '').join(': ')
  return [{ id, content: { topics: question.topics, item, source: source.slice(0, MAX_SOURCE) } }]
}

type Question = NonNullable<ReturnType<typeof questionSchema.safeParse>['data']>

function itemOf(question: Question): AuthoredItem | undefined {
  switch (question.kind) {
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
