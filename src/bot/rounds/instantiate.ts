/** Finds the stored version of a posted question and makes the same instance from it again. */
import { correct, withdrawn } from '../../core/correct.js'
import { UserError } from '../../core/errors.js'
import { ANY_ANSWER } from '../../core/grade.js'
import { instantiate } from '../../core/instantiate.js'
import type { Question, QuestionInstance, RoundQuestion, SlotView } from '../../core/model.js'
import type { Deps } from '../deps.js'

type Ref = Pick<RoundQuestion, 'question' | 'version' | 'seed' | 'keyVersion'>
type From = Pick<Deps, 'questions' | 'store'>

/**
 * The instance as it was posted. After a regrade it has the corrected key and reasons, which this process
 * need not have in memory.
 */
export async function instantiateVersion(
  { question, version, seed, keyVersion }: Ref,
  deps: From,
): Promise<QuestionInstance> {
  const instance = instantiate(await versionOf(question, version, deps), seed)
  if (keyVersion === undefined) return instance
  if (keyVersion === ANY_ANSWER) return withdrawn(instance)
  const corrected = correct(instance, instantiate(await versionOf(question, keyVersion, deps), seed))
  if ('reason' in corrected)
    throw new Error(`${question} ${version} has no key of version ${keyVersion}: ${corrected.reason}`)
  return corrected.instance
}

/** Reads from memory if the content still has that version, else from the store. */
async function versionOf(id: string, version: string, deps: From): Promise<Question> {
  const current = deps.questions.question(id)
  const question = current?.version === version ? current : await deps.store.question(id, version)
  if (!question) throw new UserError('This question was withdrawn, and its text is no longer kept.')
  return question
}

/** Every slot of a round, in order. */
export async function instantiateRound(questions: readonly RoundQuestion[], deps: From): Promise<SlotView[]> {
  const instance = await Promise.all(
    questions.map(async (q) => ({ slot: q.slot, instance: await instantiateVersion(q, deps) })),
  )
  return instance.flatMap((q) =>
    q.instance.items.map((item, i) => ({ slot: q.slot + i, instance: q.instance, item })),
  )
}
