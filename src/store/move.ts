/**
 * Copies all rows of one database into an empty one: every table of the schema, and the positions of its
 * sequences.
 */
import type { Pool, PoolClient } from 'pg'
import { UserError } from '../core/errors.js'
import { transaction } from './sql.js'

/** The most rows in memory at a time. */
const PAGE = 1000

export interface Moved {
  readonly table: string
  readonly rows: number
}

interface Table {
  readonly name: string
  /** Tables that its rows refer to. */
  readonly needs: readonly string[]
  /** Columns that refer to other rows of the same table. */
  readonly own: readonly string[]
}

/** Leaves out Prisma's table of migrations, which the migrations of the other database have filled. */
const TABLES = `
select c.relname as name,
  array(select distinct r.relname::text from pg_constraint k join pg_class r on r.oid = k.confrelid
    where k.conrelid = c.oid and k.contype = 'f' and k.confrelid <> c.oid) as needs,
  array(select a.attname::text from pg_constraint k join pg_attribute a on a.attrelid = c.oid and a.attnum = any(k.conkey)
    where k.conrelid = c.oid and k.contype = 'f' and k.confrelid = c.oid) as own
from pg_class c where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace and c.relname <> '_prisma_migrations' order by 1`

/**
 * Copies all or nothing, and changes nothing in `from`. Both must have the same migrations. Throws a
 * `UserError` if `to` already holds rows. `copied` is called with each table once it is copied.
 */
export async function copyAll(from: Pool, to: Pool, copied: (one: Moved) => void): Promise<void> {
  const tables = inOrder((await to.query<Table>(TABLES)).rows)
  await transaction(from, (source) =>
    transaction(to, async (target) => {
      for (const { name } of tables) await refuseFull(target, name)
      for (const table of tables) copied({ table: table.name, rows: await copy(table, source, target) })
      await copySequences(source, target)
    }),
  )
}

/** Sorts tables so that those that others refer to come first. */
function inOrder(tables: readonly Table[]): Table[] {
  const done: Table[] = []
  while (done.length < tables.length) {
    const next = tables.filter(
      (one) => !done.includes(one) && one.needs.every((need) => done.some(({ name }) => name === need)),
    )
    if (next.length === 0) throw new Error('tables that need each other cannot be copied one after the other')
    done.push(...next)
  }
  return done
}

async function refuseFull(target: PoolClient, name: string): Promise<void> {
  // This lock keeps others from writing into the table meanwhile.
  await target.query(`lock table "${name}" in exclusive mode`)
  if ((await target.query(`select from "${name}" limit 1`)).rowCount !== 0)
    throw new UserError(
      `the database to move to holds something already (in its table ${name}): name an empty one, and stop every Cohort that uses it`,
    )
}

/** Copies values as text, so that JavaScript converts no number and no date on the way. */
async function copy({ name, own }: Table, source: PoolClient, target: PoolClient): Promise<number> {
  await source.query(`declare page no scroll cursor for select to_jsonb(t)::text as row from "${name}" t`)
  let total = 0
  for (;;) {
    const { rows } = await source.query<{ row: string }>(`fetch ${PAGE} from page`)
    if (rows.length === 0) break
    const page = `[${rows.map(({ row }) => row).join(',')}]`
    const kept =
      own.length > 0 ? ` || '${JSON.stringify(Object.fromEntries(own.map((column) => [column, null])))}'` : ''
    const sql = `insert into "${name}" select r.* from jsonb_array_elements($1::jsonb) e, jsonb_populate_record(null::"${name}", e${kept}) r`
    await target.query(sql, [page])
    total += rows.length
  }
  await source.query('close page')
  // A row may refer to one that comes after it.
  for (const column of own) await copyReferences(name, column, source, target)
  return total
}

async function copyReferences(
  name: string,
  column: string,
  source: PoolClient,
  target: PoolClient,
): Promise<void> {
  const { rows } = await source.query(
    `select id, "${column}" as other from "${name}" where "${column}" is not null`,
  )
  const ids = [rows.map((row) => row.id), rows.map((row) => row.other)]
  await target.query(
    `update "${name}" t set "${column}" = k.other from unnest($1::int[], $2::int[]) k(id, other) where t.id = k.id`,
    ids,
  )
}

const SEQUENCES =
  'select sequencename as name, last_value::text as last from pg_sequences where schemaname = current_schema()'

async function copySequences(source: PoolClient, target: PoolClient): Promise<void> {
  const { rows } = await source.query<{ name: string; last: string | null }>(SEQUENCES)
  for (const { name, last } of rows)
    await target.query('select setval($1::regclass, $2::bigint, $3)', [
      `"${name}"`,
      last ?? '1',
      last !== null,
    ])
}
