/** Applies a corrected key of the content to everything posted from the question. */
import { correct, withdrawn } from '../../core/correct.js'
import { UserError } from '../../core/errors.js'
import { ANY_ANSWER } from '../../core/grade.js'
import { instantiate } from '../../core/instantiate.js'
import type { Answer, Question, QuestionInstance } from '../../core/model.js'
import type { Deps } from '../deps.js'
import type { Questions } from '../ports/questions.js'
import type { Posing, RegradeResult } from '../ports/regrades.js'

export interface RegradeAsk {
  readonly question: string
  /** The question was flawed: everybody who answered gets full points. */
  readonly withdraw: boolean
  readonly why: string
  /** False: only reports what would change. */
  readonly apply: boolean
}

export interface Regraded extends RegradeResult {
  /** The version whose key is used now, or `*`. */
  readonly to: string
  /** Versions with other words, whose options today's key need not fit. */
  readonly reworded: readonly string[]
}

/**
 * Applies the current key. Undefined if everything posted already has it. Throws a `UserError` if what was
 * right then cannot be determined.
 */
export async function regrade(
  ask: RegradeAsk,
  {
    questions,
    store,
    clock,
  }: Pick<Deps, 'store' | 'clock'> & { readonly questions: Pick<Questions, 'question'> },
): Promise<Regraded | undefined> {
  const current = questions.question(ask.question)
  const known = await store.questionVersions(ask.question)
  const to = ask.withdraw ? ANY_ANSWER : versionNow(ask.question, current, known)
  const versions = new Map([...known, ...(current ? [current] : [])].map((q) => [q.version, q]))
  // Processes that still have older content in memory read it from the store.
  if (current && ask.apply) await store.saveQuestions([current])
  const order = {
    question: ask.question,
    to,
    current: current?.version,
    why: ask.why,
    now: clock(),
    apply: ask.apply,
  }
  const result = await store.regrade(order, (posing) =>
    newKeys(posing, versions.get(posing.version), ask.withdraw ? undefined : current),
  )
  const reworded =
    result?.versions.filter(
      (v) => current && to !== ANY_ANSWER && wording(versions.get(v)) !== wording(current),
    ) ?? []
  return result && { ...result, to, reworded }
}

/**
 * Applies the key of the new version of a question that members wrote to what was posted in the same words.
 * What was posted in other words, or without what is right now, asked something else and keeps its key.
 */
export async function applyNewVersion(
  question: Question,
  why: string,
  { store, clock }: Pick<Deps, 'store' | 'clock'>,
): Promise<void> {
  const { id, version } = question
  const versions = new Map((await store.questionVersions(id)).map((one) => [one.version, one]))
  const order = { question: id, to: version, current: version, why, now: clock(), apply: true }
  await store.regrade(order, (posing) => {
    const then = versions.get(posing.version)
    if (!then || wording(then) !== wording(question)) return undefined
    const corrected = correct(instantiate(then, posing.seed), instantiate(question, posing.seed))
    return 'instance' in corrected ? keysOf(corrected.instance) : undefined
  })
}

/**
 * Counts every answer of this team to a version as right: for an admin who agrees that its key is wrong. The
 * key itself belongs to the pack and stays. Undefined if every answer already counts as right.
 */
export async function giveToAll(
  { team, question, version, why }: Flawed,
  { store, clock }: Pick<Deps, 'store' | 'clock'>,
): Promise<RegradeResult | undefined> {
  const then = await store.question(question, version)
  const order = {
    ...{ question, to: ANY_ANSWER, current: undefined, why, now: clock(), apply: true },
    only: { team, version },
  }
  return store.regrade(order, (posing) => newKeys(posing, then, undefined))
}

interface Flawed {
  readonly team: number
  readonly question: string
  readonly version: string
  /** The reason that the team sees. */
  readonly why: string
}

function versionNow(id: string, current: Question | undefined, known: readonly Question[]): string {
  if (current) return current.version
  if (known.length === 0) throw new UserError(`there is no question "${id}"; "cohort questions" lists them`)
  throw new UserError(`the question "${id}" is no longer in the content, so it has no key. ${OFFER}`)
}

const OFFER = 'If it was flawed, --void gives full points to everybody who answered it.'

/** `current` is undefined if the question is withdrawn. */
function newKeys(
  { version, seed }: Posing,
  then: Question | undefined,
  current: Question | undefined,
): readonly Answer[] {
  if (!then) throw new UserError(`the text of version ${version} is no longer kept, so it cannot be regraded`)
  return keysOf(today(instantiate(then, seed), current))
}

const keysOf = ({ items }: QuestionInstance): readonly Answer[] => items.map((item) => item.key)

function today(instance: QuestionInstance, current: Question | undefined): QuestionInstance {
  if (!current) return withdrawn(instance)
  const corrected = correct(instance, instantiate(current, instance.seed))
  if ('instance' in corrected) return corrected.instance
  const { id, version } = instance.question
  throw new UserError(
    `${id} as it was posted (version ${version}) cannot take today's key: ${corrected.reason}. ${OFFER}`,
  )
}

function wording(question: Question | undefined): string {
  if (!question) return ''
  const { scenario, items } = instantiate(question, 0)
  return [scenario, ...items.map((item) => item.stem)].join('\n')
}
