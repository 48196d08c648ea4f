/**
 * Rates how hard items are and how able people are, one answer at a time: a cursor moves over the answers, in
 * the same transaction as the ratings that they change. A kill leaves both unchanged.
 */

import type { Pool, PoolClient } from 'pg'
import type { FirstAnswer, ItemFigureStore, ItemKey, RatedItem } from '../bot/ports/item-figures.js'
import { ANY_ANSWER } from '../core/grade.js'
import { NEWCOMER, type Rating, rated } from '../core/items.js'
import { HOUR_MS } from '../core/time.js'
import type { Client } from './client.js'
import { at, json, retryOnConflict, rows, transaction } from './sql.js'

/** An answer may reach the database up to this much later than one with a higher number. */
const LATE_MS = 10 * 60_000

type ItemOf = (key: ItemKey) => RatedItem | undefined

export function itemFigureVerbs(pool: Pool, prisma: Client): ItemFigureStore {
  return {
    async countFirstAnswers(now, limit, itemOf) {
      await prisma.itemCursor.createMany({ data: { id: 1 }, skipDuplicates: true })
      await retryOnConflict(() => rows(pool, 'rate-anew', ANEW, []))
      return retryOnConflict(() => transaction(pool, (db) => rate(db, now, limit, itemOf)))
    },
    async centreItems(week) {
      await retryOnConflict(() => rows(pool, 'centre-items', CENTRE, [week]))
    },
    firstAnswers: (pack, questions) =>
      rows<FirstAnswer & Record<string, unknown>>(pool, 'first-answers', FIRST, [pack, questions]),
    async itemRatings(pack) {
      const found = await prisma.itemFigure.findMany({ where: { pack, n: { gt: 0 } } })
      return found.map(({ question, version, item, d, n }) => ({ question, version, item, value: d, n }))
    },
    async saveFlags(items) {
      await rows(pool, 'save-flags', SAVE_FLAGS, [json(items)])
    },
    async suspectKeys(pack) {
      const found = await prisma.itemFigure.findMany({
        where: { pack, flags: { has: 'key' } },
        orderBy: [{ n: 'desc' }, { question: 'asc' }],
        select: { question: true },
      })
      return [...new Set(found.map(({ question }) => question))]
    },
  }
}

interface Cursor extends Record<string, unknown> {
  readonly last: string
}

async function rate(db: PoolClient, now: number, limit: number, itemOf: ItemOf): Promise<number | undefined> {
  const [cursor] = await rows<Cursor>(
    db,
    'item-cursor',
    'select last::text from item_cursor where id = 1 and not stale for update skip locked',
    [],
  )
  if (!cursor) return undefined
  const times = [at(now - LATE_MS), at(now + HOUR_MS)]
  const batch = await rows<{ id: string; member_id: number }>(db, 'rate-batch', BATCH, [
    cursor.last,
    limit,
    ...times,
  ])
  const last = batch.at(-1)?.id
  if (last === undefined) return 0
  await makePeople(db, [...new Set(batch.map((one) => one.member_id))])
  const ids = batch.map(({ id }) => id)
  await move(db, await rows<Given>(db, 'rate-first', FIRST_OF_BATCH, [ids]), itemOf)
  await rows(db, 'item-cursor-moved', 'update item_cursor set last = $1::bigint where id = 1', [last])
  return batch.length
}

/**
 * Flags keep their values until everything is counted again. This is a statement of its own: a deletion of a
 * person at that moment waits for their rows here.
 */
const ANEW = `
with anew as (update item_cursor set stale = false, last = 0 where id = 1 and stale returning id),
people as (delete from ability using anew)
update item_figure f set n = 0 from anew`

/**
 * Reads answers in order, up to the first one before which another may still arrive; an answer with a wrong
 * time is not waited for.
 */
const BATCH = `
with next as (select id, member_id, at from attempt where id > $1::bigint order by id limit $2::int)
select id::text, member_id from next
where id < coalesce((select min(id) from next where at >= $3::timestamptz and at < $4::timestamptz), 9223372036854775807) order by next.id`

/** Locks members in the order that all statements use. */
async function makePeople(db: PoolClient, members: readonly number[]): Promise<void> {
  const lacking = await rows<{ id: number }>(db, 'rate-lacking', LACKING, [members])
  if (lacking.length === 0) return
  const made = await rows<{ id: number }>(db, 'rate-people', PEOPLE, [lacking.length])
  await rows(db, 'rate-persons', PERSONS, [lacking.map(({ id }) => id), made.map(({ id }) => id)])
}

const LACKING = 'select id from member where id = any($1::int[]) and person_id is null order by id for update'
const PEOPLE = `insert into person (counted) select '{}' from generate_series(1, $1::int) returning id`
const PERSONS = `update member m set person_id = k.person from unnest($1::int[], $2::int[]) k(member, person) where m.id = k.member`

interface Given extends ItemKey, Record<string, unknown> {
  readonly person: number
  readonly right: boolean
}

/**
 * Selects each person's first answer to an item, unless it was withdrawn. Reads every answer of these people,
 * once.
 */
const FIRST_OF_BATCH = `
with given as (
  select a.*, m.person_id from attempt a join member m on m.id = a.member_id where a.id = any($1::bigint[]) and not a.known),
firsts as (
  select min(e.id) as id from member o join attempt e on e.member_id = o.id and not e.known
  where o.person_id in (select person_id from given) group by o.person_id, e.question, e.item)
select g.person_id as person, g.question, g.version, g.item, g.correct as right
from given g join firsts on firsts.id = g.id left join round_item i on i.round_id = g.round_id and i.slot = g.slot
where i.key is distinct from '${ANY_ANSWER}' order by g.id`

const itemKey = ({ question, version, item }: ItemKey) => JSON.stringify([question, version, item])
const personKey = (person: number, pack: string) => JSON.stringify([person, pack])

async function move(db: PoolClient, given: readonly Given[], itemOf: ItemOf): Promise<void> {
  const known = given.flatMap((one) => {
    const about = itemOf(one)
    return about ? [{ one, about }] : []
  })
  if (known.length === 0) return
  const people = await abilitiesOf(
    db,
    known.map(({ one }) => one.person),
  )
  const items = await ratingsOf(
    db,
    known.map(({ one }) => one.question),
  )
  const movedPeople = new Map<string, { person: number; pack: string; theta: number; n: number }>()
  const movedItems = new Map<string, ItemKey & { pack: string; d: number; n: number }>()
  for (const { one, about } of known) {
    const [who, what] = [personKey(one.person, about.pack), itemKey(one)]
    const both = rated(people.get(who) ?? NEWCOMER, items.get(what) ?? about.start, about.guess, one.right)
    people.set(who, both.person)
    items.set(what, both.item)
    const { value: theta, n } = both.person
    movedPeople.set(who, { person: one.person, pack: about.pack, theta, n })
    const { question, version, item } = one
    movedItems.set(what, { question, version, item, pack: about.pack, d: both.item.value, n: both.item.n })
  }
  await rows(db, 'save-abilities', SAVE_ABILITIES, [json([...movedPeople.values()])])
  await rows(db, 'save-figures', SAVE_FIGURES, [json([...movedItems.values()])])
}

async function abilitiesOf(db: PoolClient, people: readonly number[]): Promise<Map<string, Rating>> {
  const sql = 'select person_id, pack, theta as value, n from ability where person_id = any($1::int[])'
  const found = await rows<Rating & { person_id: number; pack: string }>(db, 'abilities', sql, [people])
  return new Map(found.map(({ person_id, pack, value, n }) => [personKey(person_id, pack), { value, n }]))
}

/** Items that are not counted yet are absent: they start at their author's difficulty. */
async function ratingsOf(db: PoolClient, questions: readonly string[]): Promise<Map<string, Rating>> {
  const sql =
    'select question, version, item, d as value, n from item_figure where question = any($1::text[]) and n > 0'
  const found = await rows<Rating & ItemKey & Record<string, unknown>>(db, 'figures', sql, [questions])
  return new Map(found.map(({ value, n, ...key }) => [itemKey(key), { value, n }]))
}

/** Locks the people first, in order: a person who is deleted meanwhile is left out. */
const SAVE_ABILITIES = `
with k as (select * from json_to_recordset($1::json) k(person int, pack text, theta float8, n int)),
held as (select id from person where id in (select person from k) order by id for key share)
insert into ability (person_id, pack, theta, n)
select k.person, k.pack, k.theta, k.n from k join held on held.id = k.person order by k.person, k.pack
on conflict (person_id, pack) do update set theta = excluded.theta, n = excluded.n`

const SAVE_FIGURES = `insert into item_figure (question, version, item, pack, d, n)
select question, version, item, pack, d, n from json_to_recordset($1::json) k(question text, version text, item int, pack text, d float8, n int)
on conflict (question, version, item) do update set pack = excluded.pack, d = excluded.d, n = excluded.n`

/** Only the process that claims the week does this. */
const CENTRE = `
with mine as (update item_cursor set centred = $1::text where id = 1 and centred <> $1::text returning id),
means as (select pack, avg(d) as mean from item_figure, mine where n > 0 group by pack),
people as (update ability y set theta = y.theta - means.mean from means where y.pack = means.pack)
update item_figure f set d = f.d - means.mean from means where f.pack = means.pack and f.n > 0`

/** $1 pack, $2 questions. A person who is not counted yet is a newcomer. */
const FIRST = `
select f.question, f.version, f.seed::float8 as seed, f.item, f.answer, f.correct as right, coalesce(y.theta, 0) as theta
from (
  select distinct on (coalesce(m.person_id, -m.id), a.question, a.item) a.*, m.person_id
  from attempt a join member m on m.id = a.member_id where a.question = any($2::text[]) and not a.known
  order by coalesce(m.person_id, -m.id), a.question, a.item, a.id) f
  left join ability y on y.person_id = f.person_id and y.pack = $1::text
  left join round_item i on i.round_id = f.round_id and i.slot = f.slot
where i.key is distinct from '${ANY_ANSWER}'`

const SAVE_FLAGS = `update item_figure f set flags = array(select jsonb_array_elements_text(k.flags))
from jsonb_to_recordset($1::jsonb) k(question text, version text, item int, flags jsonb)
where f.question = k.question and f.version = k.version and f.item = k.item`
