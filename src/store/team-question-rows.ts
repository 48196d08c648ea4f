/**
 * A question of a team as one statement reads it: what people see of it, and the facts for decisions about
 * it.
 */
import type { Pool, PoolClient, QueryResultRow } from 'pg'
import type { Actor, TeamQuestion } from '../bot/ports/authoring.js'
import type { UserKey } from '../bot/ports/keys.js'
import { writtenQuestion } from '../content/written.js'
import {
  type DraftState,
  moveDraft,
  neededApprovals,
  type Refusal,
  SMALL_TEAM,
  type TeamDraft,
  type TeamRules,
} from '../core/authoring.js'
import { SPENT_HASH } from './spent.js'
import { HERE, ME, MEMBER, rows, userKey } from './sql.js'

/** The same value for all linked accounts of one person. */
export const IDENT = (m: string) => `coalesce('p' || ${m}.person_id, 'm' || ${m}.id)`
const JOINED = "ms.rests is distinct from 'left'"
const OPEN = "('draft', 'review', 'changed')"
/** The states of questions that are asked or may still be. */
export const ALIVE = "('draft', 'review', 'changed', 'approved')"
export const WAITING = "('review', 'changed')"

/** Names in the order of `by`, without people who hide theirs. */
const NAMES = (from: string, by: string) =>
  `array(select n.name from (select distinct on (m.id) m.id, m.name, ${by} as place ${from} and not m.hidden order by m.id, ${by}) n order by n.place, n.id)`
export const WRITERS = NAMES(
  'from team_question_version tv join member m on m.id = tv.member_id where tv.question_id = tq.id and tv.version <= v.version',
  'tv.version',
)
export const CHECKERS = NAMES(
  "from team_question_review r join member m on m.id = r.member_id where r.question_id = tq.id and r.version = v.version and r.decision = 'approved'",
  'r.at',
)

/** Counts open drafts of the person `me`. */
export const OPEN_OWN = `(select count(*)::int from team_question o where o.state in ${OPEN}
    and o.member_id in (select a.id from member a where a.id = me.id or a.person_id = me.person_id))`
export const OPEN_TEAM = (team: string) =>
  `(select count(*)::int from team_question o where o.team_id = ${team} and o.state in ${OPEN})`
/** Their linked accounts are one person; whoever is gone from the workspace cannot decide on anything. */
const PEOPLE = (team: string, where = '') =>
  `(select count(distinct ${IDENT('m')})::int from membership ms join member m on m.id = ms.member_id
    where ms.team_id = ${team} and ${JOINED} and ms.rests is distinct from 'gone'${where})`
export const IS_JOINED = (team: string) =>
  `exists (select from membership ms where ms.team_id = ${team} and ms.member_id = me.id and ${JOINED})`

/** Whether `me` is a writer of the question `tq`: only others may decide on it. */
const IS_WRITER = `exists (select from team_question_version tv join member m on m.id = tv.member_id
    where tv.question_id = tq.id and ${IDENT('m')} = ${IDENT('me')})`
/** Whether the person wrote a version of it before they were deleted. */
const IS_GONE = `exists (select from gone_writer g where g.question_id = tq.id
    and g.hash = ${SPENT_HASH('tq.hash_key', 'w.platform', 'w.external', 'me.user_id')})`
const NO_WRITER = `and ${IDENT('m')} not in (select ${IDENT('o')} from team_question_version tv join member o on o.id = tv.member_id
    where tv.question_id = tq.id)`
/** Somebody who approved may turn out to be a writer: then their accounts were linked since. */
const APPROVAL = `from team_question_review r join member m on m.id = r.member_id
    where r.question_id = tq.id and r.version = tq.version and r.decision = 'approved' ${NO_WRITER}`
const IS_APPROVED = `exists (select ${APPROVAL} and ${IDENT('m')} = ${IDENT('me')})`
/**
 * Whether the approvals suffice because the team has become smaller: one more press, by anybody, and it is
 * asked.
 */
const IS_ENOUGH = `(select count(distinct ${IDENT('m')}) ${APPROVAL})
    >= case when ${PEOPLE('tq.team_id')} < ${SMALL_TEAM} then ${neededApprovals(SMALL_TEAM - 1)} else ${neededApprovals(SMALL_TEAM)} end`
/** Questions that wait for a decision of `me`; `isLead`: an SQL expression. */
export const FOR_ME = (isLead: string) => `tq.state in ${WAITING} and not ${IS_WRITER} and not ${IS_GONE}
    and (not ${IS_APPROVED} or ${isLead} and t.lead_approves or ${IS_ENOUGH})`
export const QUESTIONS =
  'team_question tq join team t on t.id = tq.team_id join workspace w on w.id = t.workspace_id'

/** $1: the member who asks, or 0. */
const SELECT = `
select tq.id, tq.team_id as team, tq.member_id, tq.pack, tq.question, tq.state, tq.version, tq.is_from_notes, v.content, tq.credited_in is not null as is_credited,
  ${WRITERS} as writer_names, ${CHECKERS} as approver_names,
  array(select distinct ${IDENT('m')} from team_question_version tv join member m on m.id = tv.member_id where tv.question_id = tq.id) as writers,
  (select ${IDENT('m')} from member m where m.id = tq.member_id) as author,
  (select m.name from member m where m.id = tq.member_id and not m.hidden) as author_name,
  array(select distinct ${IDENT('m')} ${APPROVAL}) as approvals,
  (select r.reason from team_question_review r where r.question_id = tq.id and r.version = tq.version and r.decision = 'rejected'
    order by r.at desc limit 1) as reason,
  ${PEOPLE('tq.team_id')} as members, ${OPEN_OWN} as open_own, ${OPEN_TEAM('tq.team_id')} as open_team,
  ${PEOPLE('tq.team_id', ` ${NO_WRITER}`)} as others,
  ${IDENT('me')} as who, ${IS_JOINED('tq.team_id')} as is_joined, t.lead_approves,
  ${IS_GONE} as is_gone,
  exists (select from question_version b where b.question = tq.question and b.version = v.asked_as and (b.body->'origin'->>'isImported')::bool) as is_imported,
  (select coalesce(sum(i.answered), 0)::int from round p join round_item i on i.round_id = p.id
    where p.team_id = tq.team_id and i.question = tq.question and i.item = 0) as answers
from ${QUESTIONS}
  join team_question_version v on v.question_id = tq.id and v.version = tq.version
  left join member me on me.id = $1::int`

export interface QuestionRow extends QueryResultRow {
  readonly id: number
  readonly team: number
  readonly pack: string
  readonly state: DraftState
  readonly version: number
  readonly is_from_notes: boolean
  readonly is_imported: boolean
  readonly content: unknown
  readonly is_credited: boolean
  readonly writer_names: string[]
  readonly approver_names: string[]
  readonly writers: string[]
  readonly author: string | null
  readonly author_name: string | null
  /** The id of the question, once it was approved. */
  readonly question: string | null
  readonly member_id: number | null
  readonly approvals: string[]
  readonly reason: string | null
  readonly members: number
  readonly open_own: number
  readonly open_team: number
  readonly others: number
  readonly who: string | null
  readonly is_joined: boolean
  readonly lead_approves: boolean
  readonly is_gone: boolean
  readonly answers: number
}

/** `where`: a condition on `tq` and `me`, with values from $2 on. */
export const readQuestions = (
  db: Pool | PoolClient,
  name: string,
  where: string,
  member: number | undefined,
  values: readonly unknown[],
): Promise<QuestionRow[]> => rows<QuestionRow>(db, name, `${SELECT} where ${where}`, [member ?? 0, ...values])

const HOLD = `select t.id from team t join workspace w on w.id = t.workspace_id
  where t.id = $1::int and w.platform = $2::text and w.external = $3::text and ${HERE} for no key update of t`

/**
 * Locks the team, so that of two drafts or files at the same moment each counts for the other. False where it
 * is not in their workspace.
 */
export async function holdTeam(
  db: PoolClient,
  { platform, workspace }: Pick<UserKey, 'platform' | 'workspace'>,
  team: number,
): Promise<boolean> {
  return (await rows(db, 'hold-team', HOLD, [team, platform, workspace])).length > 0
}

const OWN_ID = `select m.id from ${ME}`
const NEW_MEMBER = `with ${MEMBER} select id from me`

export async function memberId(
  db: Pool | PoolClient,
  who: Omit<Actor, 'name' | 'isLead'>,
): Promise<number | undefined> {
  return (await rows<{ id: number }>(db, 'author-id', OWN_ID, userKey(who)))[0]?.id
}

/** A lead need not have answered anything before; anybody else without an answer is not in the team. */
export async function actorOf(db: Pool | PoolClient, who: Actor): Promise<number | undefined> {
  const known = await memberId(db, who)
  if (known !== undefined || !who.isLead) return known
  const made = await rows<{ id: number }>(db, 'author-new', NEW_MEMBER, [...userKey(who), who.name])
  return made[0]?.id
}

/** Who may act on it at all: members, leads, and its author, also once they have left the team. */
export const isFor = ({ is_joined, author, who }: QuestionRow, { isLead }: Actor): boolean =>
  is_joined || isLead || (author !== null && author === who)

/** As the rules need it: somebody who comes back after they were deleted is still one of its writers. */
export function toDraft({ state, version, author, approvals, ...row }: QuestionRow): TeamDraft {
  const writers = row.is_gone && row.who !== null ? [...row.writers, row.who] : row.writers
  return { state, version, writers, author: author ?? undefined, approvals, wasAsked: row.question !== null }
}

export function toRules(row: QuestionRow): TeamRules {
  const { members, others, is_joined: isMember, lead_approves: leadApproves } = row
  return { members, others, isMember, leadApproves, open: { own: row.open_own, team: row.open_team } }
}

/** Returns why a change by the asker would be refused, so that the form can show it when it opens. */
export function changeRefusal(row: QuestionRow, isLead: boolean): Refusal | undefined {
  const edit = { kind: 'edit', by: row.who ?? '', version: row.version, isLead } as const
  const moved = moveDraft(toDraft(row), edit, toRules(row))
  return 'refused' in moved ? moved.refused : undefined
}

export function toTeamQuestion(row: QuestionRow): TeamQuestion {
  const { id, team, pack, state, version, who, answers, members } = row
  const isMine = (list: readonly string[]) => who !== null && list.includes(who)
  return {
    ...{ id, team, pack, state, version, answers },
    content: writtenQuestion.parse(row.content),
    isFromNotes: row.is_from_notes,
    ...(row.is_imported && { isImported: true }),
    author: row.member_id ?? undefined,
    authorName: row.author_name ?? undefined,
    hasWriters: row.writers.length > 0,
    question: row.question ?? undefined,
    writers: row.writer_names,
    approvers: row.approver_names,
    approvals: row.approvals.length,
    needed: neededApprovals(members),
    others: row.others,
    reason: row.reason ?? undefined,
    isOwn: row.author !== null && row.author === who,
    isWriter: isMine(row.writers) || row.is_gone,
    isApproved: isMine(row.approvals),
    isCredited: row.is_credited,
  }
}
