/**
 * Exports everything stored about a user, read page by page, so that nobody else waits for a long history.
 * Attempts at questions that are in an open round and not yet answered there are left out until then: they
 * would give the key away.
 */
import type { Pool } from 'pg'
import type { UserKey } from '../bot/ports/keys.js'
import type { MemberExport, Page } from '../bot/ports/members.js'
import { openItems } from './answers.js'
import type { Client } from './client.js'
import { rows } from './sql.js'
import { hasMessages, messagesAfter } from './web-messages.js'

/**
 * Reading this many rows takes the embedded database, which works on the one event loop, a few milliseconds.
 */
const PAGE = 250
/** Smaller than `PAGE`, since messages hold whole cards. */
const MESSAGES = 50

/**
 * Exams with their items. A running exam does not show which answers are right, and a finished one does not
 * show what is left out of the attempts.
 */
const EXAM_COLUMNS = `mock_exam.*, (
  select json_agg(json_build_object('question', i.question, 'version', i.version, 'item', i.item, 'domain', i.domain,
    'answer', i.answer, 'flagged', i.flagged, 'confidence', i.confidence, 'spentMs', i.spent_ms,
    'correct', case when mock_exam.handed_in_at is not null then i.answer is not distinct from i.key end) order by i.place)
  from mock_item i where i.exam_id = mock_exam.id) as items`

const QUESTION_VERSION = [
  ['question_id', 'int'],
  ['version', 'int'],
] as const

/**
 * The tables with rows of a member, with their names in the export and the columns that order them; each has
 * an index.
 */
const LISTS = [
  { name: 'memberships', table: 'membership', key: [['team_id', 'int']] },
  {
    name: 'attempts',
    table: 'attempt',
    key: [
      ['at', 'timestamptz'],
      ['id', 'bigint'],
    ],
  },
  {
    name: 'standings',
    table: 'standing',
    key: [
      ['team_id', 'int'],
      ['period', 'text'],
    ],
  },
  { name: 'reports', table: 'report', key: [['id', 'int']] },
  { name: 'appeals', table: 'appeal', key: [['id', 'int']] },
  {
    name: 'sharedProgress',
    table: 'shared_progress',
    key: [
      ['team_id', 'int'],
      ['week', 'text'],
    ],
  },
  { name: 'away', table: 'away', key: [['from_on', 'date']] },
  { name: 'reminders', table: 'reminder', key: [['member_id', 'int']] },
  { name: 'deliveries', table: 'delivery', key: [['key', 'text']] },
  // The hash of the code is left out, since only its member may know the code.
  {
    name: 'linking',
    table: 'linking',
    columns: 'member_id, expires_at, agreed_at, tries, tries_until',
    key: [['member_id', 'int']],
  },
  { name: 'exams', table: 'mock_exam', columns: EXAM_COLUMNS, key: [['id', 'int']] },
  {
    name: 'questions',
    table: 'team_question',
    columns: 'id, member_id, team_id, pack, state, version, question, at, credited_in',
    key: [['id', 'int']],
  },
  { name: 'questionVersions', table: 'team_question_version', key: QUESTION_VERSION },
  { name: 'questionReviews', table: 'team_question_review', key: QUESTION_VERSION },
  { name: 'knownQuestions', table: 'question_knower', key: [['question_id', 'int']] },
] as const

type List = (typeof LISTS)[number]
type ExportRow = Readonly<Record<string, unknown>>

/** The short parts of the export. `$3` is the user. */
const HEAD = `
with place as (select id from workspace where platform = $1 and external = $2)
select (select to_json(m) from member m where m.workspace_id in (select id from place) and m.user_id = $3) as member,
  (select coalesce(json_agg(json_build_object('channel', t.channel, 'name', t.name) order by t.id), '[]') from team t
   where t.workspace_id in (select id from place) and (t.admin = $3 or exists (select from team_admin a where a.team_id = t.id and a.user_id = $3))) as admin,
  (select json_build_object('examOn', p.exam_on, 'examPack', p.exam_pack, 'goal', p.goal, 'members', (select count(*) from member o where o.person_id = p.id),
     'linkedAccounts', (select coalesce(json_agg(json_build_object('platform', w.platform, 'user', o.user_id, 'name', o.name) order by o.id), '[]')
       from member o join workspace w on w.id = o.workspace_id where o.person_id = p.id and o.id <> m.id),
     'memory', (select coalesce(json_agg(to_jsonb(y) - 'person_id' order by y.pack, y.concept), '[]') from memory y where y.person_id = p.id),
     'abilities', (select coalesce(json_agg(to_jsonb(y) - 'person_id' order by y.pack), '[]') from ability y where y.person_id = p.id))
   from member m join person p on p.id = m.person_id where m.workspace_id in (select id from place) and m.user_id = $3) as person,
  (select coalesce(json_agg(json_build_object('team', t.name, 'channel', o.channel)), '[]') from report_order o join team t on t.id = o.team_id
   where t.workspace_id in (select id from place) and o.user_id = $3) as orders,
  exists (select from install i where i.workspace_id in (select id from place) and i.installer = $3) as installed,
  (select coalesce(json_agg(json_build_object('form', d.form, 'shown', d.shown, 'given', d.given, 'expiresAt', d.expires_at)), '[]')
   from form_draft d where d.workspace_id in (select id from place) and d.user_id = $3) as drafts,
  (select coalesce(json_agg(json_build_object('askedBy', a.user_id, 'author', a.author, 'isAllowed', a.is_allowed, 'expiresAt', a.expires_at)), '[]')
   from message_ask a where a.workspace_id in (select id from place) and $3 in (a.user_id, a.author)) as asks`

interface Head extends ExportRow {
  readonly member: (ExportRow & { readonly id: number }) | null
  readonly person: ExportRow | null
  readonly admin: readonly ExportRow[]
  readonly orders: readonly ExportRow[]
  readonly installed: boolean
  readonly drafts: readonly ExportRow[]
  readonly asks: readonly ExportRow[]
}

export function exportVerbs(pool: Pool, prisma: Client) {
  return {
    async exportMember(who: UserKey): Promise<MemberExport | undefined> {
      const [head] = await rows<Head>(pool, 'export-head', HEAD, [who.platform, who.workspace, who.user])
      const {
        member = null,
        person = null,
        admin = [],
        orders = [],
        installed = false,
        drafts = [],
        asks = [],
      } = head ?? {}
      const isKnown =
        member ||
        [...admin, ...orders, ...drafts, ...asks].length > 0 ||
        installed ||
        (await hasMessages(prisma, who.workspace, who.user))
      if (!isKnown) return undefined
      const secret = new Set((await openItems(pool, who)).map(itemKey))
      const left = secret.size > 0 && { leftOut: LEFT_OUT }
      return {
        head: {
          member: member && named(member),
          learning: person,
          admin,
          reportOrders: orders,
          installedCohort: installed,
          unsentForms: drafts,
          askedOfMessages: asks,
          ...left,
        },
        pages: pagesOf(pool, prisma, member?.id, who, secret),
      }
    },
  }
}

const LEFT_OUT =
  'Answers to what stands in a question of the day that you have not answered yet. Answer it there, and export again.'

const itemKey = ({ question, item }: ExportRow) => JSON.stringify([question, item])

async function* pagesOf(
  pool: Pool,
  prisma: Client,
  member: number | undefined,
  who: UserKey,
  secret: ReadonlySet<string>,
): AsyncGenerator<Page> {
  const isTold = (row: ExportRow) => !('question' in row && 'correct' in row && secret.has(itemKey(row)))
  const withItems = ({ items, ...row }: ExportRow): ExportRow =>
    Array.isArray(items) ? { ...row, items: items.filter(isTold) } : row
  for (const list of member === undefined ? [] : LISTS) {
    const read = (last: ExportRow | undefined) => rowsAfter(pool, list, member ?? 0, last)
    for await (const found of paged(read, PAGE))
      yield { name: list.name, rows: found.filter(isTold).map(withItems).map(named) }
  }
  const messages = (last: ExportRow | undefined) =>
    messagesAfter(prisma, who.workspace, who.user, Number(last?.id ?? 0), MESSAGES)
  for await (const found of paged(messages, MESSAGES)) yield { name: 'messages', rows: found }
}

/** Yields at least one page, even an empty one, so that the export names every list. */
async function* paged(
  read: (last: ExportRow | undefined) => Promise<ExportRow[]>,
  limit: number,
): AsyncGenerator<ExportRow[]> {
  let found = await read(undefined)
  yield found
  while (found.length >= limit) {
    found = await read(found.at(-1))
    if (found.length > 0) yield found
  }
}

async function rowsAfter(
  pool: Pool,
  { name, table, key, ...more }: List,
  member: number,
  last: ExportRow | undefined,
): Promise<ExportRow[]> {
  const columns = key.map(([column]) => column).join(', ')
  const after = last
    ? `and (${columns}) > (${key.map(([, type], i) => `$${i + 2}::${type}`).join(', ')})`
    : ''
  const sql = `select coalesce(json_agg(p), '[]') as page
    from (select ${'columns' in more ? more.columns : '*'} from ${table} where member_id = $1::int ${after} order by ${columns} limit ${PAGE}) p`
  const values = last ? key.map(([column]) => String(last[column])) : []
  const [row] = await rows<{ page: ExportRow[] }>(pool, `export-${name}-${last ? 'next' : 'first'}`, sql, [
    member,
    ...values,
  ])
  return row?.page ?? []
}

/** Renames columns to the names in `schema.prisma`. */
function named(row: ExportRow): ExportRow {
  return Object.fromEntries(Object.entries(row).map(([column, value]) => [fieldOf(column), value]))
}

const fieldOf = (column: string) =>
  column === 'user_id' ? 'user' : column.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
