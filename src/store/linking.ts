/**
 * Links members to one person, and separates a member from that person. Both happen in the transaction that
 * locks the members; memory is then computed again from the answers of the person's present members.
 */

import type { Pool, PoolClient } from 'pg'
import type { UserKey } from '../bot/ports/keys.js'
import type { Account, HashedCode, Linked, Linking, LinkingStore, TypedCode } from '../bot/ports/linking.js'
import { GOAL } from '../core/plan.js'
import { HOUR_MS } from '../core/time.js'
import { type Client, memberKey } from './client.js'
import { ENQUEUE } from './deliveries.js'
import { newPerson } from './learners.js'
import { at, HERE, json, ME, MEMBER, ms, retryOnConflict, rows, transaction, userKey } from './sql.js'

/** Wrong codes that a member may type in an hour. */
const TRIES = 5
const TRIES_MS = HOUR_MS

type Named = UserKey & { readonly name: string }

export function linkingVerbs(pool: Pool, prisma: Client): LinkingStore {
  const atOnce = <T>(work: (db: PoolClient) => Promise<T>) => retryOnConflict(() => transaction(pool, work))
  return {
    async account(id: number): Promise<Account | undefined> {
      const found = await prisma.member.findUnique({ where: { id }, select: ACCOUNT })
      return found ? toAccount(found) : undefined
    },
    accounts: (who: UserKey) => accountsOf(prisma, who),
    async openLinking(who: Named, { salt, hash }: HashedCode, { now, expiresAt }): Promise<boolean> {
      await rows(pool, 'linking-old', OLD_LINKING, [at(now)])
      const values = [...userKey(who), who.name, salt, hash, at(expiresAt)]
      return (await retryOnConflict(() => rows(pool, 'linking-open', OPEN, values))).length > 0
    },
    async typeCode(who: Named, isIt, { now, expiresAt }): Promise<TypedCode> {
      const values = [...userKey(who), who.name, at(now), at(now + TRIES_MS)]
      const [mine] = await retryOnConflict(() => rows<Try>(pool, 'linking-try', TRY, values))
      if (!mine) return { outcome: 'unknown' }
      if (mine.tries === null) return { outcome: 'locked', until: mine.until ?? now + TRIES_MS }
      const found = await typed(pool, mine.id, isIt, at(now), at(expiresAt))
      if (!found) return { outcome: 'wrong', left: Math.max(0, TRIES - mine.tries) }
      await rows(pool, 'linking-well', NOT_WRONG, [mine.id])
      return found
    },
    async linking(who: UserKey, now: number): Promise<Linking | undefined> {
      const found = await prisma.linking.findFirst({
        where: { member: memberKey(who), expiresAt: { gt: new Date(now) }, otherId: { not: null } },
        select: { other: { select: ACCOUNT }, agreedAt: true, expiresAt: true },
      })
      if (!found?.other || !found.expiresAt) return undefined
      const { other, agreedAt, expiresAt } = found
      return { other: toAccount(other), isAgreed: agreedAt !== null, expiresAt: expiresAt.getTime() }
    },
    agree: (who: UserKey, first: number, now: number): Promise<boolean> =>
      atOnce(async (db) => {
        const [open] = await rows<{ until: number }>(db, 'linking-agree', AGREE, [
          ...userKey(who),
          first,
          at(now),
        ])
        if (open) await tell(db, 'link', first, `link-${first}-${open.until}`, now)
        return open !== undefined
      }),
    async refuseLinking(who: UserKey, first: number): Promise<boolean> {
      const { count } = await prisma.linking.updateMany({
        where: {
          memberId: first,
          otherId: { not: null },
          OR: [{ member: memberKey(who) }, { other: memberKey(who) }],
        },
        data: { otherId: null, agreedAt: null, expiresAt: null, salt: null, hash: null },
      })
      return count > 0
    },
    async link(who: UserKey, other: number, now: number): Promise<Linked | 'exams' | undefined> {
      const joined = await atOnce((db) => join(db, who, other, now))
      return typeof joined === 'object' ? { ...joined, accounts: await accountsOf(prisma, who) } : joined
    },
    unlink: (who: UserKey): Promise<boolean> => atOnce((db) => leave(db, who)),
  }
}

// ---- accounts ------------------------------------------------------------------

const ACCOUNT = {
  id: true,
  user: true,
  name: true,
  workspace: { select: { platform: true, external: true } },
} as const

interface AccountRow {
  readonly id: number
  readonly user: string
  readonly name: string
  readonly workspace: { readonly platform: string; readonly external: string }
}

const toAccount = ({ id, user, name, workspace }: AccountRow): Account => ({
  ...{ id, user, name },
  ...{ platform: workspace.platform, workspace: workspace.external },
})

async function accountsOf(prisma: Client, who: UserKey): Promise<Account[]> {
  const found = await prisma.member.findFirst({
    where: memberKey(who),
    select: { ...ACCOUNT, person: { select: { members: { select: ACCOUNT, orderBy: { id: 'asc' } } } } },
  })
  if (!found) return []
  const others = (found.person?.members ?? []).filter(({ id }) => id !== found.id)
  return [found, ...others].map(toAccount)
}

// ---- codes ---------------------------------------------------------------------

/** Selects rows with neither a valid code nor recent wrong tries. */
export const OLD_LINKING = `delete from linking where (expires_at is null or expires_at < $1::timestamptz)
  and (tries_until is null or tries_until < $1::timestamptz)`

const OPEN = `with ${MEMBER}
insert into linking (member_id, salt, hash, expires_at) select id, $5::bytea, $6::bytea, $7::timestamptz from me
on conflict (member_id) do update set salt = excluded.salt, hash = excluded.hash, expires_at = excluded.expires_at,
  other_id = null, agreed_at = null
returning member_id`

interface Try extends Record<string, unknown> {
  readonly id: number
  /** The number of tries, including this one; null if there were too many before. */
  readonly tries: number | null
  readonly until: number | null
}

/** The row counts the try before anything is compared, so that all processes count together. */
const TRY = `with ${MEMBER},
counted as (
  insert into linking as l (member_id, tries, tries_until) select id, 1, $6::timestamptz from me
  on conflict (member_id) do update set
    tries = case when l.tries_until > $5::timestamptz then l.tries + 1 else 1 end,
    tries_until = case when l.tries_until > $5::timestamptz then l.tries_until else excluded.tries_until end
  where l.tries_until is null or l.tries_until <= $5::timestamptz or l.tries < ${TRIES}
  returning member_id, tries)
select me.id, counted.tries, (select ${ms('l.tries_until')} from linking l where l.member_id = me.id) as until
from me left join counted on counted.member_id = me.id`

/** Takes back only this try: earlier wrong ones still count, even after a new code of the member's own. */
const NOT_WRONG = 'update linking set tries = greatest(0, tries - 1) where member_id = $1::int'

interface CodeRow extends HashedCode, Record<string, unknown> {
  readonly id: number
  readonly platform: string
  readonly workspace: string
  readonly user: string
  readonly name: string
  readonly isLinked: boolean
}

const CODES = `select m.id, w.platform, w.external as workspace, m.user_id as "user", m.name, l.salt, l.hash,
    coalesce(m.person_id = (select person_id from member where id = $1::int), false) as "isLinked"
  from linking l join member m on m.id = l.member_id join workspace w on w.id = m.workspace_id
  where l.hash is not null and l.expires_at > $2::timestamptz and ${HERE}`

/** A code works once: if two members type it at the same moment, one succeeds. */
const CLAIM = `update linking set other_id = $2::int, salt = null, hash = null, agreed_at = null, expires_at = $5::timestamptz
  where member_id = $1::int and hash = $3::bytea and expires_at > $4::timestamptz returning member_id`

async function typed(
  pool: Pool,
  me: number,
  isIt: (code: HashedCode) => boolean,
  now: string,
  expiresAt: string,
): Promise<TypedCode | undefined> {
  const codes = await rows<CodeRow>(pool, 'linking-codes', CODES, [me, now])
  // All codes are compared, so that the time does not show which one matched.
  const [code] = codes.filter(isIt)
  if (!code) return undefined
  const { id, platform, workspace, user, name } = code
  const first = { id, platform, workspace, user, name }
  if (id === me) return { outcome: 'own' }
  if (code.isLinked) return { outcome: 'linked', first }
  const claimed = await rows(pool, 'linking-claim', CLAIM, [id, me, code.hash, now, expiresAt])
  return claimed.length > 0 ? { outcome: 'found', first } : undefined
}

// ---- both sides agree ------------------------------------------------------------

const AGREE = `update linking l set agreed_at = coalesce(l.agreed_at, $5::timestamptz)
  where l.member_id = $4::int and l.expires_at > $5::timestamptz and l.other_id = (select m.id from ${ME})
  returning ${ms('l.expires_at')} as until`

const tell = (db: PoolClient, kind: 'link' | 'linked', member: number, key: string, now: number) =>
  rows(db, 'enqueue', ENQUEUE, [key, kind, null, at(now), json({}), member])

interface Person extends Record<string, unknown> {
  readonly id: number
  readonly exam_on: string | null
  readonly exam_pack: string | null
  readonly goal: number
}

/**
 * Locks the code first, then the members and then the persons, each in the order of their ids: if two link or
 * unlink the same members at one moment, the second sees the result of the first.
 */
async function join(
  db: PoolClient,
  who: UserKey,
  other: number,
  now: number,
): Promise<Omit<Linked, 'accounts'> | 'exams' | undefined> {
  const [open] = await rows<{ me: number }>(db, 'linking-take', TAKE, [...userKey(who), other, at(now)])
  if (!open) return undefined
  const ids = await personsOf(db, [open.me, other])
  const [own, others] = [ids.get(open.me), ids.get(other)]
  if (own === undefined || others === undefined) return undefined
  const persons = await rows<Person>(db, 'linking-persons', PERSONS, [[own, others]])
  const [mine, theirs] = [persons.find(({ id }) => id === own), persons.find(({ id }) => id === others)]
  if (!mine || !theirs) throw Object.assign(new Error('a person was joined by another'), { code: '40P01' })
  const plan = planOfBoth(mine, theirs)
  if (own !== others) {
    // A person has at most one running exam, and linking must not end one.
    if ((await rows(db, 'linking-exams', RUNNING, [[own, others]])).length > 1) return 'exams'
    const { exam, goal } = plan
    await rows(db, 'linking-keep', KEEP, [own, exam?.on ?? null, exam?.pack ?? null, goal])
    await rows(db, 'linking-move', 'update member set person_id = $1::int where person_id = $2::int', [
      own,
      others,
    ])
    await rows(db, 'linking-mocks', 'update mock_exam set person_id = $1::int where person_id = $2::int', [
      own,
      others,
    ])
    await rows(db, 'linking-abilities', ABILITIES, [own, others])
    await rows(db, 'linking-gone', 'delete from person where id = $1::int', [others])
  }
  await rows(db, 'linking-done', DONE, [open.me])
  await tell(db, 'linked', other, `linked-${other}-${now}`, now)
  return plan
}

/** Both sides have agreed: the second of two simultaneous calls finds the row gone. */
const TAKE = `select l.member_id as me from linking l
  where l.member_id = (select m.id from ${ME}) and l.other_id = $4::int and l.agreed_at is not null and l.expires_at > $5::timestamptz
  for update of l`
const DONE =
  'update linking set other_id = null, agreed_at = null, expires_at = null where member_id = $1::int'
const RUNNING = 'select id from mock_exam where person_id = any($1::int[]) and handed_in_at is null'

const PERSONS = `select id, exam_on::text, exam_pack, goal from person where id = any($1::int[]) order by id for update`
const KEEP = `update person set exam_on = $2::date, exam_pack = $3::text, goal = $4::int, stale = true where id = $1::int`

/** Adds the ratings of person $2 to those of person $1, weighted by the number of answers behind each. */
const ABILITIES = `insert into ability as y (person_id, pack, theta, n) select $1::int, pack, theta, n from ability where person_id = $2::int
on conflict (person_id, pack) do update set n = y.n + excluded.n,
  theta = (y.theta * y.n + excluded.theta * excluded.n) / greatest(1, y.n + excluded.n)`

/** Returns the person of each member; members without a person get a new one. */
async function personsOf(db: PoolClient, members: readonly number[]): Promise<Map<number, number>> {
  const sql = 'select id, person_id as person from member where id = any($1::int[]) order by id for update'
  const found = await rows<{ id: number; person: number | null }>(db, 'linking-members', sql, [members])
  const persons = new Map<number, number>()
  for (const { id, person } of found) persons.set(id, person ?? (await newPerson(db, id)))
  return persons
}

/**
 * Keeps the earlier exam day if both have one, and the goal that was chosen; `mine` takes precedence if both
 * chose one.
 */
function planOfBoth(mine: Person, theirs: Person): Omit<Linked, 'accounts'> {
  const exams = [mine, theirs]
    .flatMap(({ exam_on: on, exam_pack: pack }) => (on !== null && pack !== null ? [{ on, pack }] : []))
    .sort((a, b) => a.on.localeCompare(b.on))
  const [exam, later] = exams
  const isSame = later === undefined || (later.on === exam?.on && later.pack === exam.pack)
  return { exam, dropped: isSame ? undefined : later, goal: mine.goal === GOAL ? theirs.goal : mine.goal }
}

// ---- apart again -----------------------------------------------------------------

/** Both sides keep the exam date and the goal; a mock exam stays with the member who pressed in it last. */
async function leave(db: PoolClient, who: UserKey): Promise<boolean> {
  const sql = `select m.id, m.person_id as person from ${ME} for update of m`
  const [member] = await rows<{ id: number; person: number | null }>(db, 'linking-own', sql, userKey(who))
  if (!member || member.person === null) return false
  const [person] = await rows<Person>(db, 'linking-persons', PERSONS, [[member.person]])
  const [others] = await rows(db, 'linking-others', OTHERS, [member.person, member.id])
  if (!person || !others) return false
  const own = await newPerson(db, member.id, person)
  await rows(db, 'linking-abilities', ABILITIES, [own, person.id])
  await rows(db, 'linking-own-mocks', OWN_EXAMS, [own, person.id, member.id])
  await rows(db, 'linking-left', 'update person set stale = true where id = $1::int', [person.id])
  return true
}

const OWN_EXAMS = 'update mock_exam set person_id = $1::int where person_id = $2::int and member_id = $3::int'
const OTHERS = 'select id from member where person_id = $1::int and id <> $2::int limit 1'
