/** Reads questions of teams: one, a page of a list, and how many wait. */
import type { Pool, PoolClient } from 'pg'
import type { Actor, AuthoringStore, PageOf, QuestionList, QuestionPage } from '../bot/ports/authoring.js'
import { type WrittenQuestion, writtenQuestion } from '../content/written.js'
import type { Client } from './client.js'
import { HERE, rows } from './sql.js'
import {
  ALIVE,
  actorOf,
  changeRefusal,
  FOR_ME,
  isFor,
  memberId,
  QUESTIONS,
  type QuestionRow,
  readQuestions,
  toTeamQuestion,
  WAITING,
} from './team-question-rows.js'

type Verbs = Pick<
  AuthoringStore,
  | 'teamQuestion'
  | 'changeRefusal'
  | 'waitingQuestions'
  | 'ownQuestions'
  | 'allQuestions'
  | 'questionsOfTeam'
  | 'leadApproves'
  | 'letLeadApprove'
>

export function teamQuestionListVerbs(pool: Pool, prisma: Client): Verbs {
  /** Undefined for somebody who has not joined the team, does not lead it and is not its author. */
  async function one(who: Actor, id: number): Promise<QuestionRow | undefined> {
    const member = await actorOf(pool, who)
    const [row] = await readQuestions(pool, 'team-question', ONE, member, [id, who.platform, who.workspace])
    return row && isFor(row, who) ? row : undefined
  }

  return {
    async teamQuestion(who, id) {
      const row = await one(who, id)
      return row && toTeamQuestion(row)
    },
    async changeRefusal(who, id) {
      const row = await one(who, id)
      return row ? changeRefusal(row, who.isLead) : 'not-member'
    },
    async waitingQuestions(team, who) {
      const me = who ? await memberId(pool, who) : undefined
      const values = me === undefined ? [team] : [team, me, who?.isLead === true]
      const sql = me === undefined ? WAITING_IN_ALL : WAITING_FOR_ME
      const [row] = await rows<{ n: number }>(pool, `waiting-questions-${values.length}`, sql, values)
      return row?.n ?? 0
    },
    async ownQuestions(who, page) {
      const member = await memberId(pool, who)
      if (member === undefined) return NONE
      const totals = await totalsOf('own-totals-of-questions', OWN_TOTALS, [member])
      return paged(totals, 'all', page, (offset) =>
        readQuestions(pool, 'own-questions', OWN, member, [page.limit, offset]),
      )
    },
    async allQuestions(who, team, list, page) {
      if (!who.isLead) return NONE
      const member = await memberId(pool, who)
      const place = [team, who.platform, who.workspace]
      const totals = await totalsOf('all-totals-of-questions', ALL_TOTALS, place)
      return paged(totals, list, page, (offset) =>
        readQuestions(pool, `all-questions-${list}`, ALL(list), member, [...place, page.limit, offset]),
      )
    },
    questionsOfTeam: (team) => questionsOf(pool, team),
    async leadApproves(team) {
      const found = await prisma.team.findUnique({ where: { id: team }, select: { leadApproves: true } })
      return found?.leadApproves ?? false
    },
    async letLeadApprove(team, isAllowed) {
      await prisma.team.updateMany({ where: { id: team }, data: { leadApproves: isAllowed } })
    },
  }

  async function totalsOf(name: string, sql: string, values: readonly unknown[]): Promise<Totals> {
    const [row] = await rows<Totals & Record<string, unknown>>(pool, name, sql, [...values])
    return row ?? NONE.totals
  }
}

/** Open or asked ones. */
export async function questionsOf(
  db: Pool | PoolClient,
  team: number,
): Promise<{ readonly id: number; readonly content: WrittenQuestion }[]> {
  const found = await rows<{ id: number; content: unknown }>(db, 'questions-of-team', OF_TEAM, [team])
  return found.map(({ id, content }) => ({ id, content: writtenQuestion.parse(content) }))
}

type Totals = QuestionPage['totals']
const NONE: QuestionPage = { questions: [], offset: 0, totals: { all: 0, waiting: 0, asked: 0 } }

/** Falls back to the last page if the list has become shorter meanwhile. */
async function paged(
  totals: Totals,
  list: QuestionList,
  { offset, limit }: PageOf,
  read: (offset: number) => Promise<QuestionRow[]>,
): Promise<QuestionPage> {
  const last = Math.max(0, Math.ceil(totals[list] / limit) - 1) * limit
  const from = Math.min(offset, last)
  return { questions: (await read(from)).map(toTeamQuestion), offset: from, totals }
}

const ONE = `tq.id = $2::int and w.platform = $3::text and w.external = $4::text and ${HERE}`
const TOTALS = `select count(*)::int as all, (count(*) filter (where tq.state in ${WAITING}))::int as waiting,
  (count(*) filter (where tq.state = 'approved'))::int as asked`

const OF_ME = 'tq.member_id in (select a.id from member a where a.id = me.id or a.person_id = me.person_id)'
/** Those of a linked account elsewhere are shown there. */
const OWN_HERE = 't.workspace_id = me.workspace_id'
const OWN = `${OF_ME} and ${OWN_HERE} order by tq.at desc, tq.id desc limit $2::int offset $3::int`
const OWN_TOTALS = `${TOTALS} from member me join team_question tq on ${OF_ME} join team t on t.id = tq.team_id
  where me.id = $1::int and ${OWN_HERE}`

const LISTS: Readonly<Record<QuestionList, string>> = {
  all: "tq.state <> 'rejected'",
  waiting: `tq.state in ${WAITING}`,
  asked: "tq.state = 'approved'",
}
const OF_TEAM_HERE = (team: string, platform: string, workspace: string) =>
  `tq.team_id = ${team}::int and w.platform = ${platform}::text and w.external = ${workspace}::text and ${HERE}`
const ALL = (list: QuestionList) => `${OF_TEAM_HERE('$2', '$3', '$4')} and ${LISTS[list]}
  order by tq.state not in ${WAITING}, tq.at desc, tq.id desc limit $5::int offset $6::int`
const ALL_TOTALS = `${TOTALS} from ${QUESTIONS} where ${OF_TEAM_HERE('$1', '$2', '$3')} and ${LISTS.all}`

const WAITING_IN_ALL = `select count(*)::int as n from team_question tq where tq.team_id = $1::int and tq.state in ${WAITING}`
const WAITING_FOR_ME = `select count(*)::int as n from ${QUESTIONS} join member me on me.id = $2::int
  where tq.team_id = $1::int and ${FOR_ME('$3::bool')}`
const OF_TEAM = `select tq.id, v.content from team_question tq
  join team_question_version v on v.question_id = tq.id and v.version = tq.version
  where tq.team_id = $1::int and tq.state in ${ALIVE}`
