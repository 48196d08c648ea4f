/**
 * Every table there is, filled for one workspace, so that what is deleted and exported can be held against
 * all of them.
 */
import type { Store } from '../../src/bot/ports/store.js'
import { questionOf, type WrittenQuestion } from '../../src/content/written.js'
import { createInstalls } from '../../src/store/installs.js'
import { createSpendState } from '../../src/store/oauth-states.js'
import type { Database } from '../../src/store/open.js'
import { createSeenDeliveries } from '../../src/store/seen-deliveries.js'
import { createTokenCipher } from '../../src/store/token-cipher.js'
import { createMessageLog } from '../../src/store/web-messages.js'
import { makeRound, makeTeam } from './rounds.js'

/**
 * Whose the rows of a table are. `member`: they go with the member and stand in the export, under the name
 * given; `ofTeams`: others of them go with the workspace; `stays`: they stay without the member. `person`:
 * they go with the last member of a person, and stand in the export as `learning`, items of a mock exam
 * within `exams`. `workspace`: they go with the workspace. `user`: they go with whoever opened or saved them,
 * who has them in the export as `unsentForms`, `admin` and `reportOrders`. `web chat`: they go with whoever
 * wrote them or may see them, who has them in the export as `messages`. `nobody`: they say nothing of
 * anybody.
 */
type Owner =
  | { readonly member: string; readonly ofTeams?: true; readonly stays?: true }
  | 'person'
  | 'workspace'
  | 'user'
  | 'web chat'
  | 'nobody'

const OWNERS: Readonly<Record<string, Owner>> = {
  ability: 'person',
  appeal: { member: 'appeals' },
  attempt: { member: 'attempts' },
  away: { member: 'away' },
  delivery: { member: 'deliveries', ofTeams: true },
  form_draft: 'user',
  gone_writer: 'workspace',
  greeting: 'workspace',
  install: 'workspace',
  item_cursor: 'nobody',
  item_figure: 'nobody',
  linking: { member: 'linking' },
  member: { member: 'member' },
  message_ask: 'user',
  membership: { member: 'memberships' },
  memory: 'person',
  mock_exam: { member: 'exams' },
  mock_item: 'person',
  oauth_state: 'nobody',
  pack: 'nobody',
  person: 'person',
  seen_delivery: 'nobody',
  shown_card: 'nobody',
  platform: 'nobody',
  question_clock: 'nobody',
  question_id: 'nobody',
  question_knower: { member: 'knownQuestions' },
  question_version: 'nobody',
  regrade: 'nobody',
  reminder: { member: 'reminders' },
  report: { member: 'reports' },
  report_order: 'user',
  round: 'workspace',
  round_item: 'workspace',
  shared_progress: { member: 'sharedProgress' },
  spent_answer: 'workspace',
  standing: { member: 'standings' },
  team: 'workspace',
  team_admin: 'user',
  team_question: { member: 'questions', stays: true },
  team_question_review: { member: 'questionReviews' },
  team_question_version: { member: 'questionVersions', stays: true },
  team_report: 'workspace',
  web_message: 'web chat',
  workspace: 'workspace',
}

const names = (fits: (owner: Owner) => boolean) =>
  Object.keys(OWNERS).filter((name) => fits(OWNERS[name] ?? 'nobody'))
/** The tables with rows of one member, and the name of each in the export. */
export const OF_MEMBERS = Object.entries(OWNERS).flatMap(([table, owner]) =>
  typeof owner === 'object'
    ? [
        {
          table,
          exported: owner.member,
          ofTeams: owner.ofTeams === true,
          stays: owner.stays === true,
        },
      ]
    : [],
)
/** The tables whose rows go with a workspace. */
export const OF_WORKSPACES = names(
  (owner) => owner === 'workspace' || owner === 'user' || owner === 'person' || typeof owner === 'object',
)
/** Those with rows of one person. */
export const OF_PEOPLE = names((owner) => owner === 'person')
/** Those with rows of one user, member or not. */
export const OF_USERS = names((owner) => owner === 'user')

/** How many rows each table has. Throws for a table that nobody has thought of here. */
export async function rowCounts({ pool }: Database): Promise<Record<string, number>> {
  const { rows } = await pool.query<{
    name: string
  }>(`select table_name as name from information_schema.tables
    where table_schema = 'public' and table_name <> '_prisma_migrations' order by 1`)
  const counts: Record<string, number> = {}
  for (const { name } of rows) {
    if (!OWNERS[name])
      throw new Error(
        `the table ${name} is new: say in tests/helpers/everything.ts whose its rows are, and fill it there; then look whether /study forget-me, /study export and the purge of a workspace reach it`,
      )
    counts[name] = Number((await pool.query(`select count(*) as n from "${name}"`)).rows[0].n)
  }
  return counts
}

/**
 * Every table and column, of text, JSON or anything else, that says something of the words given, as
 * `table.column`.
 */
export async function mentions({ pool }: Database, word: string): Promise<string[]> {
  const { rows } = await pool.query(`select table_name as t, column_name as c from information_schema.columns
    where table_schema = 'public' and table_name <> '_prisma_migrations' order by 1, 2`)
  const found: string[] = []
  for (const { t, c } of rows) {
    const hit = await pool.query(`select 1 from "${t}" where strpos("${c}"::text, $1) > 0 limit 1`, [word])
    if (hit.rows.length > 0) found.push(`${t}.${c}`)
  }
  return found
}

/**
 * Two members, ann and ben, who have done all that one can do; ann set the team up last and installed Cohort.
 */
export async function everything(
  database: Database,
  store: Store,
  place: { readonly platform: string; readonly workspace: string },
): Promise<void> {
  const { pool, prisma } = database
  await store.holdEditions([{ id: 'p', hash: 'h' }], true)
  await makeTeam(store, { ...place, admin: 'ben' })
  const team = await makeTeam(store, { ...place, admin: 'ann' })
  const round = await makeRound(store, team, '2026-01-05')
  for (const user of ['ann', 'ben']) {
    const who = { ...place, user, name: user }
    await store.answer({ ...who, round: round.id, slot: 0, answer: 'A', now: round.at, channel: undefined })
    await store.practise({
      ...who,
      question: 'q0',
      version: 'v1',
      seed: 1,
      item: 0,
      answer: 'A',
      right: true,
      now: round.at,
    })
    await store.saveExam(who, { on: '2026-03-01', pack: 'p' })
    await store.learner(who, () => ({ pack: 'p', concept: 'c' }))
    const code = { salt: Buffer.from('s'), hash: Buffer.from(user) }
    await store.openLinking(who, code, { now: round.at, expiresAt: round.at + 600_000 })
    const { id = 0 } = (await store.member(who)) ?? {}
    await store.remind(who, round.at)
    await store.setAway(who, { from: '2026-02-01', until: '2026-02-02' }, round.at)
    await store.enqueue({ key: `reminder-${id}`, kind: 'reminder', member: id, wording: 0, dueAt: round.at })
    const posed = { question: 'q0', version: 'v1', seed: 1, item: 0, key: 'A', domain: 1 }
    const length = { length: 'full', minutes: 20, startedAt: round.at } as const
    await store.startExam(who, { pack: 'p', exam: 'e', ...length, items: [posed] })
    await store.askOfMessage({ ...who, author: 'zoe', hash: Buffer.from('h'), now: round.at })
    await store.openFormDraft({ ...who, form: 'setup', shown: { name: user }, given: {}, now: round.at })
    await store.saveReport({
      ...who,
      question: 'q0',
      version: 'v1',
      reason: 'unclear',
      detail: 'why?',
      now: round.at,
    })
    for (const message of [{ author: user }, { author: 'cohort', user }])
      await createMessageLog(database).add({
        workspace: place.workspace,
        channel: 'study',
        body: { kind: 'said', text: 'x' },
        at: round.at,
        ...message,
      })
  }
  const named: number[] = []
  for (const user of ['ann', 'ben']) {
    const who = { ...place, user, name: user }
    const about = { round: round.id, slot: 0, question: 'q0', version: 'v1' }
    await store.saveAppeal({ ...who, ...about, reason: 'wrong', now: round.at })
    await store.share(who, true)
    named.push((await store.member(who))?.id ?? 0)
  }
  const items = [{ round: round.id, slot: 0 }]
  await store.saveTeamReport({ team, week: '2026-W02', at: round.at, cells: [], items, named })
  await store.orderReport(team, { user: 'ann', channel: undefined }, round.at)
  const second = await makeTeam(store, { ...place, channel: 'second', admin: '' })
  await store.orderReport(second, { user: 'ben', channel: 'leads' }, round.at)
  const open = await makeRound(store, team, '2026-01-06')
  const cid = { ...place, user: 'cid' }
  await store.answer({
    ...cid,
    name: 'cid',
    round: open.id,
    slot: 0,
    answer: 'A',
    channel: undefined,
    now: open.at,
  })
  await writeQuestions(store, place, team, round.at)
  await store.forgetMember(cid)
  await store.settleRound(round.id)
  await store.saveApplication(place.platform, { id: 'A1' }, {})
  await store.regrade(
    { question: 'q0', to: 'v2', current: 'v2', why: 'w', now: round.at, apply: true },
    () => ['B'],
  )
  await createInstalls(prisma, place.platform, createTokenCipher('a key of sixteen or more')).save(
    { workspace: place.workspace, token: 't', installer: 'ann', scopes: ['chat:write'] },
    0,
  )
  const rating = { pack: 'p', guess: 0.25, start: { value: 0, n: 0 } }
  await store.countFirstAnswers(round.at + 86_400_000, 100, () => rating)
  await store.addGreeting({ ...place, channel: 'study' }, round.at)
  await store.claimShown({ ...place, channel: 'study' }, 'a card', round.at)
  await createSpendState(prisma, () => round.at)('a state of OAuth')
  await createSeenDeliveries(pool, () => round.at)('a delivery of Slack')
  await pool.query(
    "insert into question_id (id, pack, authored) values ('q0', 'p', 'q0') on conflict do nothing",
  )
  await pool.query(
    "insert into question_version (question, version, body) values ('q0', 'v1', '{}') on conflict do nothing",
  )
}

/** Each wrote one that the other has approved; of a third the question waits. */
async function writeQuestions(
  store: Store,
  place: { readonly platform: string; readonly workspace: string },
  team: number,
  now: number,
): Promise<void> {
  const choices = [
    { text: 'yes', right: true, why: '' },
    { text: 'no', right: false, why: '' },
  ]
  const contentOf = (stem: string): WrittenQuestion => ({
    ...{ topics: [], source: '' },
    item: { kind: 'choice', stem, choices },
  })
  const actor = (user: string) => ({ ...place, user, name: user, isLead: false })
  for (const [user, other, stem] of [
    ['ann', 'ben', 'So?'],
    ['ben', 'ann', 'And so?'],
    ['cid', undefined, 'Is it so?'],
  ] as const) {
    const content = contentOf(stem)
    const written = await store.writeQuestion(actor(user), { team, pack: 'p', content, now })
    if (!written || 'refused' in written) throw new Error(`${user} wrote no question`)
    if (other === undefined) continue
    const asked = (id: string) =>
      questionOf(content, {
        ...{ id, pack: 'p' },
        origin: { kind: 'team', team, writers: [], checkers: [], isFromNotes: false, source: '' },
      })
    const done = await store.actOnQuestion(
      actor(other),
      written.id,
      { kind: 'approve', version: 1, asked },
      now,
    )
    if (!done || 'refused' in done || done.state !== 'approved') throw new Error('it is not approved')
  }
}
