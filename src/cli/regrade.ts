/** `content regrade`: applies a corrected key to everything posted from a question. */

import { type Regraded, regrade } from '../bot/rounds/regrade.js'
import { clean } from '../bot/ui/clean.js'
import type { Config } from '../config.js'
import type { Bank } from '../content/bank.js'
import { UserError } from '../core/errors.js'
import { ANY_ANSWER } from '../core/grade.js'
import { packedId } from '../core/question-id.js'
import type { Io } from '../io.js'
import { createLog } from '../log.js'
import { goodContent } from '../server/content.js'
import { openMigrated } from '../server/database.js'
import { createStore } from '../store/store.js'

/** The longest text that every platform shows in one piece. */
const MAX_WHY = 500

export interface RegradeOptions {
  readonly apply?: boolean
  readonly void?: boolean
  readonly why?: string
  readonly json?: boolean
  readonly pack?: string
}

export async function regradeQuestion(
  given: string,
  options: RegradeOptions,
  config: Config,
  io: Io,
): Promise<number> {
  const why = clean(options.why ?? '')
  if (options.apply && why === '')
    throw new UserError('--why is empty; the teams are told it, so say why the key changes')
  if (why.length > MAX_WHY)
    throw new UserError(
      `--why has ${why.length} characters; at most ${MAX_WHY} fit into the message to the teams`,
    )
  const question = options.pack === undefined ? given : `${options.pack}/${given}`
  const named = questionNamed(question, await goodContent(config))
  const { database } = await openMigrated(config, createLog(config.LOG_LEVEL, io.log), { isPatient: true })
  try {
    const store = createStore(database)
    const id = (await store.questionId(named)) ?? (named.current ? packedId(named) : question)
    const ask = { question: id, withdraw: options.void === true, why, apply: options.apply === true }
    const done = await regrade(ask, {
      questions: { question: () => named.current && { ...named.current, id } },
      store,
      clock: io.now,
    })
    if (options.json) io.out(JSON.stringify(asJson(question, done, ask.apply)))
    else
      for (const line of done ? report(question, done, ask.apply) : [nothing(question, ask.withdraw)])
        io.out(line)
    return 0
  } finally {
    await database.close()
  }
}

/** Accepts the id as its author wrote it, with the pack and a slash before it if it is ambiguous. */
function questionNamed(question: string, banks: readonly Bank[]) {
  const [id = '', pack] = question.split('/').reverse()
  const found = banks
    .filter((bank) => pack === undefined || bank.pack.id === pack)
    .flatMap((bank) => bank.question(id) ?? [])
  const [current, ...others] = found
  if (others.length > 0)
    throw new UserError(
      `the packs ${found.map((q) => q.pack).join(', ')} have a question "${id}" each; say which with --pack`,
    )
  return { id, pack: current?.pack ?? pack ?? '', current }
}

function asJson(question: string, done: Regraded | undefined, applied: boolean) {
  if (!done) return { question, changed: false, applied: false }
  const { to, ...rest } = done
  return {
    question,
    changed: true,
    applied,
    void: to === ANY_ANSWER,
    ...(to === ANY_ANSWER ? {} : { to }),
    ...rest,
  }
}

function nothing(question: string, withdraw: boolean): string {
  return withdraw
    ? `Nothing to do: no version of ${question} was posted but the one that stands in the content, or every answer counts already. To withdraw that one, change it in the content or take it out first.`
    : `Nothing to do: everything posted of ${question} has the key of today.`
}

function report(question: string, done: Regraded, applied: boolean): string[] {
  const { to, versions, rounds, open, attempts, practice, members, given, taken, teams, reworded } = done
  const withdraw = to === ANY_ANSWER
  return [
    `${question}: version ${versions.join(', ')} ${withdraw ? 'withdrawn, every answer counts as right' : `gets the key of version ${to}`}`,
    `rounds: ${rounds}, of them open: ${open}`,
    `answers that become right or wrong: ${attempts}, of them practice: ${practice}`,
    `points: ${given} given and ${taken} taken, to and from ${members} member(s)`,
    'streaks: none changes, since a streak counts days answered, right or not',
    `teams told: ${teams}`,
    ...reworded.map((v) => `note: version ${v} asked in other words; make sure that today's key fits them`),
    ...(open > 0 && !withdraw
      ? ['note: a round is open; its team is not told the key yet, so leave it out of --why too']
      : []),
    applied
      ? 'Done.'
      : `Nothing was changed yet. To do it: cohort content regrade ${question}${withdraw ? ' --void' : ''} --apply --why "…"`,
  ]
}
