/**
 * Questions that members of teams write. An act is one transaction: it locks the question, reads the facts,
 * lets `core/authoring.ts` decide, and writes the result. If two acts happen at the same moment, one waits,
 * and then sees the result of the other.
 */
import type { Pool, PoolClient, QueryResultRow } from 'pg'
import type {
  Actor,
  AuthoringStore,
  NewTeamQuestion,
  QuestionAct,
  TeamQuestion,
} from '../bot/ports/authoring.js'
import type { WrittenQuestion } from '../content/written.js'
import { type DraftEvent, isOpenDraft, moveDraft, newDraft, type TeamDraft } from '../core/authoring.js'
import { at, HERE, json, retryOnConflict, rows, transaction, userKey } from './sql.js'
import { startAsking } from './start-asking.js'
import {
  ALIVE,
  actorOf,
  FOR_ME,
  holdTeam,
  IS_JOINED,
  isFor,
  memberId,
  OPEN_OWN,
  OPEN_TEAM,
  type QuestionRow,
  readQuestions,
  toDraft,
  toRules,
  toTeamQuestion,
  WAITING,
} from './team-question-rows.js'

type Verbs = Pick<
  AuthoringStore,
  | 'writeRefusal'
  | 'writeQuestion'
  | 'addMadeQuestion'
  | 'madeQuestions'
  | 'retireMade'
  | 'dropMade'
  | 'actOnQuestion'
  | 'nextToReview'
  | 'noteKnown'
>

export function teamQuestionVerbs(pool: Pool): Verbs {
  const held = <T>(work: (db: PoolClient) => Promise<T>) => retryOnConflict(() => transaction(pool, work))
  return {
    async writeRefusal(who, team) {
      const made = newDraft('me', { open: await openOf(pool, await memberId(pool, who), team) })
      return 'refused' in made ? made.refused : undefined
    },
    writeQuestion: (who, question) => held((db) => write(db, who, question)),
    addMadeQuestion: (question) => held(async (db) => (await addMade(db, question)) !== undefined),
    async madeQuestions(team, pack) {
      const found = await rows<{ draft: string; waits: boolean }>(pool, 'made-questions', MADE, [team, pack])
      return { drafts: found.map(({ draft }) => draft), waiting: found.filter(({ waits }) => waits).length }
    },
    async retireMade(pack, { approved, rejected }, now) {
      const retire = () => rows(pool, 'retire-made', RETIRE_MADE, [pack, approved, at(now), rejected])
      return (await retryOnConflict(retire)).length
    },
    async dropMade(pack, { topics, drafts }, now) {
      const drop = () => rows(pool, 'drop-made', DROP_MADE, [pack, topics, drafts ?? null, at(now)])
      return (await retryOnConflict(drop)).length
    },
    actOnQuestion: (who, id, act, now) => held((db) => perform(db, who, id, act, now)),
    nextToReview: (who, team, after) => held((db) => nextToReview(db, who, team, after)),
    async noteKnown(who, id) {
      const member = await actorOf(pool, who)
      if (member !== undefined) await know(pool, id, member)
    },
  }
}

const MADE = `select draft, state in ('review', 'changed') as waits from team_question
  where team_id = $1::int and pack = $2::text and draft is not null`

const RETIRE_MADE = `update team_question set state = case when question is null then 'rejected' else 'retired' end, at = $3::timestamptz
  where pack = $1::text and (draft = any($2::text[]) and state in ${ALIVE}
    or draft = any($4::text[]) and state in ${WAITING} and member_id is null and version = 1) returning id`
/** Without the id of its draft it does not keep the draft from being added again. */
const DROP_MADE = `update team_question tq set state = 'rejected', draft = null, at = $4::timestamptz from team_question_version v
  where tq.pack = $1::text and tq.draft is not null and tq.state = 'review' and tq.version = 1 and v.question_id = tq.id and v.version = 1
    and (not v.content->'topics' ?| $2::text[] or tq.draft <> all($3::text[]))
    and not exists (select from team_question_review r where r.question_id = tq.id and r.decision = 'approved') returning tq.id`
const NEXT = `tq.team_id = $2::int and tq.id > $3::int and ${FOR_ME('$4::bool')} order by tq.id limit 1`

const MAY_WRITE = `select ${OPEN_OWN} as own, ${OPEN_TEAM('$2::int')} as team, ${IS_JOINED('$2::int')} as is_joined
  from member me where me.id = $1::int`

interface May {
  readonly own: number
  readonly team: number
  readonly is_joined: boolean
}
const NOTHING_OPEN: May = { own: 0, team: 0, is_joined: false }

async function openOf(db: Pool | PoolClient, member: number | undefined, team: number): Promise<May> {
  const [may] = await rows<May & QueryResultRow>(db, 'write-may', MAY_WRITE, [member ?? 0, team])
  return may ?? NOTHING_OPEN
}

async function write(db: PoolClient, who: Actor, { team, kept, ...question }: NewTeamQuestion) {
  if (!(await holdTeam(db, who, team))) return undefined
  const member = await actorOf(db, who)
  const may = await openOf(db, member, team)
  if (member === undefined || !(may.is_joined || who.isLead)) return { refused: 'not-member' } as const
  const made = newDraft('me', { open: may })
  if ('refused' in made) return made
  const refused = await claimForm(db, who, kept, {
    team,
    stem: question.content.item.stem,
    now: question.now,
  })
  if (refused) return { refused } as const
  const id = await insert(db, { team, ...question }, member, made.draft)
  return id === undefined ? undefined : seen(db, id, member)
}

const KEPT = `select d.id from form_draft d join workspace w on w.id = d.workspace_id where w.platform = $1::text
  and w.external = $2::text and d.user_id = $3::text and d.id = $4::text and d.expires_at > $5::timestamptz for update of d`
const SAME = `select from team_question tq join team_question_version v on v.question_id = tq.id and v.version = tq.version
  where tq.team_id = $1::int and tq.id <> $3::int and tq.state in ${ALIVE}
    and lower(v.content->'item'->>'stem') = lower($2::text) limit 1`

/**
 * Locks the team, so that of two simultaneous presses or forms only one succeeds. The kept form is deleted
 * when its content is stored. Returns why nothing may be stored.
 */
async function claimForm(
  db: PoolClient,
  who: Actor,
  kept: string | undefined,
  {
    team,
    stem,
    now,
    except = 0,
  }: { readonly team: number; readonly stem: string; readonly now: number; readonly except?: number },
): Promise<'sent' | 'same' | undefined> {
  if (kept !== undefined) {
    const found = await rows(db, 'written-kept', KEPT, [...userKey(who), kept, at(now)])
    if (found.length === 0) return 'sent'
  }
  if ((await rows(db, 'written-same', SAME, [team, stem, except])).length > 0) return 'same'
  if (kept !== undefined) await rows(db, 'written-sent', 'delete from form_draft where id = $1::text', [kept])
  return undefined
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
  const [row] = await readQuestions(db, 'next-to-review', NEXT, member, [team, after, who.isLead])
  if (member === undefined || !row || !(row.is_joined || who.isLead)) return undefined
  await know(db, row.id, member)
  return toTeamQuestion(row)
}

/** Locks the team first, as saving a draft does. */
const HOLD = `select tq.team_id from team_question tq join team t on t.id = tq.team_id join workspace w on w.id = t.workspace_id
  where tq.id = $1::int and w.platform = $2::text and w.external = $3::text and ${HERE} for no key update of t, tq`

async function perform(db: PoolClient, who: Actor, id: number, act: QuestionAct, now: number) {
  if ((await rows(db, 'act-hold', HOLD, [id, who.platform, who.workspace])).length === 0) return undefined
  const member = await actorOf(db, who)
  const [row] = await readQuestions(db, 'act-on-question', 'tq.id = $2::int', member, [id])
  if (!row) return undefined
  if (member === undefined || row.who === null || !isFor(row, who)) return { refused: 'not-member' } as const
  const event: DraftEvent = { kind: act.kind, by: row.who, version: act.version, isLead: who.isLead }
  const moved = moveDraft(toDraft(row), event, toRules(row))
  const refused =
    act.kind === 'edit' && !('refused' in moved)
      ? await claimForm(db, who, act.kept, { team: row.team, stem: act.content.item.stem, now, except: id })
      : undefined
  if (refused) return { refused } as const
  if ('refused' in moved) return moved
  if (act.kind === 'edit') await addVersion(db, id, moved.draft.version, member, act.content, now)
  if (act.kind === 'approve') await review(db, row, member, 'approved', '', now)
  if (act.kind === 'reject') await review(db, row, member, 'rejected', act.reason, now)
  if (act.kind === 'reject' || act.kind === 'withdraw')
    await rows(db, 'approvals-off', OFF, [id, row.version])
  const { state, version } = moved.draft
  await rows(db, 'question-moved', MOVED, [id, state, version, at(now)])
  if (!isOpenDraft(state)) await rows(db, 'writers-gone', GONE, [id])
  const view = await seen(db, id, member)
  if (act.kind !== 'approve' || state !== 'approved' || !view) return view
  await startAsking(db, view, act.asked)
  return seen(db, id, member)
}

const MOVED =
  'update team_question set state = $2::text, version = $3::int, at = $4::timestamptz where id = $1::int'
/**
 * Once the question is decided on, nothing identifies a deleted writer any more; docs/operations.md promises
 * that. They may then decide on a later version, which somebody else wrote.
 */
const GONE = 'delete from gone_writer where question_id = $1::int'
/** Approvals from before it was rejected or taken back do not count when it comes again. */
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
