/** Finds the authored question behind something posted and poses it as it was posted. */
import { UserError } from '../core/errors.js'
import type { Posed, PosedItem, Question, RoundQuestion } from '../core/model.js'
import { pose } from '../core/pose.js'
import type { Deps } from './app.js'

/** The version that was posted, from memory when the content still says so, else from the store. */
export async function poseVersion(
  ref: Pick<RoundQuestion, 'question' | 'version' | 'seed'>,
  deps: Pick<Deps, 'bank' | 'store'>,
): Promise<Posed> {
  const current = deps.bank.question(ref.question)
  const question: Question | undefined = current?.version === ref.version ? current : await deps.store.question(ref.question, ref.version)
  if (!question) throw new UserError('This question was withdrawn, and its text is no longer kept.')
  return pose(question, ref.seed)
}

/** A slot of a round: its posed question and the one item that the slot stands for. */
export interface SlotView {
  readonly slot: number
  readonly posed: Posed
  readonly item: PosedItem
}

/** Every slot of a round, in order. */
export async function poseRound(questions: readonly RoundQuestion[], deps: Pick<Deps, 'bank' | 'store'>): Promise<SlotView[]> {
  const posed = await Promise.all(questions.map(async (q) => ({ slot: q.slot, posed: await poseVersion(q, deps) })))
  return posed.flatMap((q) => q.posed.items.map((item, i) => ({ slot: q.slot + i, posed: q.posed, item })))
}
