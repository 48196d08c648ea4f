/**
 * Questions that members of teams write. An act is one transaction: the question is held, what decides on it is
 * read, `core/authoring.ts` says what comes of it, and that is written. Of two at the same moment one waits, and
 * then finds what the other has done.
 */
import type { Pool, PoolClient } from 'pg'
import type {
  Actor,
  AuthoringStore,
  NewTeamQuestion,
  QuestionAct,
  TeamQuestion,
} from '../bot/ports/authoring.js'
import { type WrittenQuestion, writtenQuestion } from '../content/written.js'
import { type DraftEvent, isOpenDraft, moveDraft, newDraft, type TeamDraft } from '../core/authoring.js'
import type { Question } from '../core/model.js'
import { packedId } from '../core/question-id.js'
import { at, HERE, json, ME, MEMBER, retryOnConflict, rows, transaction, userKey } from './sql.js'
import {
  FOR_ME,
  IS_JOINED,
  OPEN_OWN,
  OPEN_TEAM,
  type QuestionRow,
  readQuestions,
  toDraft,
  toRules,
  toTeamQuestion,
} from './team-question-rows.js'

type Elsewhere = 'askedSince' | 'ownScope' | 'askOfMessage' | 'dropMessageAsk' | 'answerMessageAsk'
type Verbs = Omit<AuthoringStore, Elsewhere>

export function teamQuestionVerbs(pool: Pool): Verbs {
  const held = <T>(work: (db: PoolClient) => Promise<T>) => retryOnConflict(() => transaction(pool, work))
  return {
    writeQuestion: (who, question) => held((db) => write(db, who, question)),
    addMadeQuestion: (question) => held(async (db) => (await addMade(db, question)) !== undefined),
    async madeQuestions(team, pack) {
      const found = await rows<{ draft: string; waits: boolean }>(pool, 'made-questions', MADE, [team, pack])
      return { drafts: found.map(({ draft }) => draft), waiting: found.filter(({ waits }) => waits).length }
    },
    actOnQuestion: (who, id, act, now) => held((db) => perform(db, who, id, act, now)),
    async teamQuestion(who, id) {
      const member = await actorOf(pool, who)
      const [row] = await readQuestions(pool, 'team-question', ONE, member, [id, who.platform, who.workspace])
      return row && (row.is_joined || who.isLead) ? toTeamQuestion(row) : undefined
    },
    nextToReview: (who, team, after) => held((db) => nextToReview(db, who, team, after)),
    async noteKnown(who, id) {
      const member = await actorOf(pool, who)
      if (member !== undefined) await know(pool, id, member)
    },
    async waitingQuestions(team, who) {
      const me = who ? await memberId(pool, who) : undefined
      const values = me === undefined ? [team] : [team, me]
      const sql = me === undefined ? WAITING_IN_ALL : WAITING_FOR_ME
      const [row] = await rows<{ n: number }>(pool, `waiting-questions-${values.length}`, sql, values)
      return row?.n ?? 0
    },
    async ownQuestions(who, limit) {
      const member = await memberId(pool, who)
      if (member === undefined) return []
      const found = await readQuestions(pool, 'own-questions', OWN, member, [limit])
      return found.map(toTeamQuestion)
    },
    async allQuestions(who, team, limit) {
      if (!who.isLead) return []
      const member = await memberId(pool, who)
      const values = [team, who.platform, who.workspace, limit]
      return (await readQuestions(pool, 'all-questions', ALL, member, values)).map(toTeamQuestion)
    },
    async questionsOfTeam(team) {
      const found = await rows<{ id: number; content: unknown }>(pool, 'questions-of-team', OF_TEAM, [team])
      return found.map(({ id, content }) => ({ id, content: writtenQuestion.parse(content) }))
    },
    async leadApproves(team) {
      const sql = 'select lead_approves as yes from team where id = $1::int'
      return (await rows<{ yes: boolean }>(pool, 'lead-approves', sql, [team]))[0]?.yes ?? false
    },
    async letLeadApprove(team, isAllowed) {
      const sql = 'update team set lead_approves = $2::bool where id = $1::int'
      await rows(pool, 'let-lead-approve', sql, [team, isAllowed])
    },
  }
}

const MADE = `select draft, state in ('review', 'changed') as waits from team_question
  where team_id = $1::int and pack = $2::text and draft is not null`

const ONE = `tq.id = $2::int and w.platform = $3::text and w.external = $4::text and ${HERE}`
const OWN =
  'tq.member_id in (select a.id from member a where a.id = me.id or a.person_id = me.person_id) order by tq.at desc, tq.id desc limit $2::int'
const ALL = `tq.team_id = $2::int and w.platform = $3::text and w.external = $4::text and ${HERE} and tq.state <> 'rejected'
  order by tq.state not in ('review', 'changed'), tq.at desc, tq.id desc limit $5::int`
const NEXT = `tq.team_id = $2::int and tq.id > $3::int and ${FOR_ME} order by tq.id limit 1`
const WAITING_IN_ALL =
  "select count(*)::int as n from team_question tq where tq.team_id = $1::int and tq.state in ('review', 'changed')"
const WAITING_FOR_ME = `select count(*)::int as n from team_question tq join member me on me.id = $2::int where tq.team_id = $1::int and ${FOR_ME}`
const OF_TEAM = `select tq.id, v.content from team_question tq
  join team_question_version v on v.question_id = tq.id and v.version = tq.version
  where tq.team_id = $1::int and tq.state in ('draft', 'review', 'changed', 'approved')`

const OWN_ID = `select m.id from ${ME}`
const NEW_MEMBER = `with ${MEMBER} select id from me`

async function memberId(
  db: Pool | PoolClient,
  who: Omit<Actor, 'name' | 'isLead'>,
): Promise<number | undefined> {
  return (await rows<{ id: number }>(db, 'author-id', OWN_ID, userKey(who)))[0]?.id
}

/** A lead need not have answered anything before; whoever else has not is not in the team. */
async function actorOf(db: Pool | PoolClient, who: Actor): Promise<number | undefined> {
  const known = await memberId(db, who)
  if (known !== undefined || !who.isLead) return known
  const made = await rows<{ id: number }>(db, 'author-new', NEW_MEMBER, [...userKey(who), who.name])
  return made[0]?.id
}

/** Held, so that of two drafts at the same moment each counts for the other's limit. */
const TEAM_HELD = `select t.id from team t join workspace w on w.id = t.workspace_id
  where t.id = $1::int and w.platform = $2::text and w.external = $3::text and ${HERE} for no key update of t`
const MAY_WRITE = `select ${OPEN_OWN} as own, ${OPEN_TEAM('$2::int')} as team, ${IS_JOINED('$2::int')} as is_joined
  from member me where me.id = $1::int`

async function write(db: PoolClient, who: Actor, { team, ...question }: NewTeamQuestion) {
  const place = [team, who.platform, who.workspace]
  if ((await rows(db, 'write-hold', TEAM_HELD, place)).length === 0) return undefined
  const member = await actorOf(db, who)
  const [may] = await rows<{ own: number; team: number; is_joined: boolean }>(db, 'write-may', MAY_WRITE, [
    member ?? 0,
    team,
  ])
  if (member === undefined || !may || !(may.is_joined || who.isLead))
    return { refused: 'not-member' } as const
  const made = newDraft('me', { open: may })
  if ('refused' in made) return made
  const id = await insert(db, { team, ...question }, member, made.draft)
  return id === undefined ? undefined : seen(db, id, member)
}

const MADE_HELD = `select ${OPEN_TEAM('t.id')} as team from team t join workspace w on w.id = t.workspace_id
  where t.id = $1::int and ${HERE} for no key update of t`

async function addMade(
  db: PoolClient,
  question: NewTeamQuestion & { readonly draft?: string },
): Promise<number | undefined> {
  const [open] = await rows<{ team: number }>(db, 'made-hold', MADE_HELD, [question.team])
  const made = open && newDraft(undefined, { open: { own: 0, team: open.team } })
  return made && 'draft' in made ? insert(db, question, undefined, made.draft) : undefined
}

const INSERT = `
with made as (
  insert into team_question (team_id, member_id, pack, state, version, is_from_notes, at, draft)
  values ($1::int, $2::int, $3::text, $4::text, $5::int, $2::int is null, $6::timestamptz, $8::text)
  on conflict (team_id, pack, draft) do nothing returning id)
insert into team_question_version (question_id, version, member_id, content, at)
select id, $5::int, $2::int, $7::jsonb, $6::timestamptz from made returning question_id as id`

async function insert(
  db: PoolClient,
  { team, pack, content, now, draft }: NewTeamQuestion & { readonly draft?: string },
  member: number | undefined,
  { state, version }: TeamDraft,
): Promise<number | undefined> {
  const values = [team, member ?? null, pack, state, version, at(now), json(content), draft ?? null]
  const [made] = await rows<{ id: number }>(db, 'write-question', INSERT, values)
  if (made && member !== undefined) await know(db, made.id, member)
  return made?.id
}

const KNOW =
  'insert into question_knower (question_id, member_id) values ($1::int, $2::int) on conflict do nothing'
const know = (db: Pool | PoolClient, id: number, member: number) =>
  rows(db, 'know-question', KNOW, [id, member])

async function seen(db: PoolClient, id: number, member: number): Promise<TeamQuestion | undefined> {
  const [row] = await readQuestions(db, 'question-after', 'tq.id = $2::int', member, [id])
  return row && toTeamQuestion(row)
}

async function nextToReview(db: PoolClient, who: Actor, team: number, after: number) {
  const member = await actorOf(db, who)
  const [row] = await readQuestions(db, 'next-to-review', NEXT, member, [team, after])
  if (member === undefined || !row || !(row.is_joined || who.isLead)) return undefined
  await know(db, row.id, member)
  return toTeamQuestion(row)
}

/** The team first, as whoever writes does. */
const HOLD = `select tq.team_id from team_question tq join team t on t.id = tq.team_id join workspace w on w.id = t.workspace_id
  where tq.id = $1::int and w.platform = $2::text and w.external = $3::text and ${HERE} for no key update of t, tq`

async function perform(db: PoolClient, who: Actor, id: number, act: QuestionAct, now: number) {
  if ((await rows(db, 'act-hold', HOLD, [id, who.platform, who.workspace])).length === 0) return undefined
  const member = await actorOf(db, who)
  const [row] = await readQuestions(db, 'act-on-question', 'tq.id = $2::int', member, [id])
  if (!row) return undefined
  if (member === undefined || row.who === null || !(row.is_joined || who.isLead))
    return { refused: 'not-member' } as const
  const event: DraftEvent = { kind: act.kind, by: row.who, version: act.version, isLead: who.isLead }
  const moved = moveDraft(toDraft(row), event, toRules(row))
  if ('refused' in moved) return moved
  if (act.kind === 'edit') await addVersion(db, id, moved.draft.version, member, act.content, now)
  if (act.kind === 'approve') await review(db, row, member, 'approved', '', now)
  if (act.kind === 'reject') await review(db, row, member, 'rejected', act.reason, now)
  if (act.kind === 'reject' || act.kind === 'withdraw')
    await rows(db, 'approvals-off', OFF, [id, row.version])
  const { state, version } = moved.draft
  await rows(db, 'question-moved', MOVED, [id, state, version, at(now)])
  if (!isOpenDraft(state)) await rows(db, 'writers-gone', GONE, [id])
  if (act.kind === 'approve' && state === 'approved') await startAsking(db, id, member, act.asked)
  return seen(db, id, member)
}

const MOVED =
  'update team_question set state = $2::text, version = $3::int, at = $4::timestamptz where id = $1::int'
/** Nobody decides on it any more. */
const GONE = 'delete from gone_writer where question_id = $1::int'
/** What was approved before it was rejected or taken back is not when it comes again. */
const OFF = `delete from team_question_review where question_id = $1::int and version = $2::int and decision = 'approved'`
const VERSION = `insert into team_question_version (question_id, version, member_id, content, at)
  values ($1::int, $2::int, $3::int, $4::jsonb, $5::timestamptz)`

async function addVersion(
  db: PoolClient,
  id: number,
  version: number,
  member: number,
  content: WrittenQuestion,
  now: number,
): Promise<void> {
  await rows(db, 'question-version', VERSION, [id, version, member, json(content), at(now)])
  await know(db, id, member)
}

const REVIEW = `insert into team_question_review (question_id, version, member_id, decision, reason, at)
  values ($1::int, $2::int, $3::int, $4::text, $5::text, $6::timestamptz)
  on conflict (question_id, version, member_id) do update set decision = excluded.decision, reason = excluded.reason, at = excluded.at`

async function review(
  db: PoolClient,
  { id, version }: QuestionRow,
  member: number,
  decision: 'approved' | 'rejected',
  reason: string,
  now: number,
): Promise<void> {
  await rows(db, 'question-review', REVIEW, [id, version, member, decision, reason, at(now)])
  await know(db, id, member)
}

/** Its id in its pack is the team's; another pack may have one like it (`questions.ts`). */
async function startAsking(
  db: PoolClient,
  id: number,
  member: number,
  asked: (id: string, question: TeamQuestion) => Question,
): Promise<void> {
  const view = await seen(db, id, member)
  if (!view) throw new Error('the question is gone')
  const { team, pack } = view
  const name = await idOf(db, { team, pack, id: `team-${team}-${id}` })
  const { number, ...body } = asked(name, view)
  await rows(db, 'question-asked', ASKED, [id, view.version, name, body.version, json(body), team])
}

const KNOWN_ID = 'select id from question_id where pack = $1::text and authored = $2::text'
const NEW_ID = `insert into question_id (id, pack, authored, team_id) values ($1::text, $2::text, $3::text, $4::int) on conflict do nothing`

async function idOf(
  db: PoolClient,
  { team, pack, id }: { readonly team: number; readonly pack: string; readonly id: string },
): Promise<string> {
  const known = () => rows<{ id: string }>(db, 'team-question-id', KNOWN_ID, [pack, id])
  for (const wanted of [id, packedId({ pack, id })]) {
    const [found] = await known()
    if (found) return found.id
    await rows(db, 'team-question-new-id', NEW_ID, [wanted, pack, id, team])
  }
  const [found] = await known()
  if (!found) throw new Error(`no id for the question ${id}`)
  return found.id
}

const ASKED = `
with body as (
  insert into question_version (question, version, body, team_id) values ($3::text, $4::text, $5::jsonb, $6::int) on conflict do nothing),
of_version as (update team_question_version set asked_as = $4::text where question_id = $1::int and version = $2::int)
update team_question set question = $3::text where id = $1::int`
