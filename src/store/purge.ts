/** Deletes workspaces that removed the bot, in pieces, so that a large one locks nothing for long. */
import type { Pool } from 'pg'
import type { WorkspaceKey } from '../bot/ports/keys.js'
import type { Purged } from '../bot/ports/workspaces.js'
import { type Client, keyOf } from './client.js'
import { at, rows } from './sql.js'

/** An advisory lock number that nothing else uses. */
const LOCK = 72_707_370
/** Days in which a workspace that removed the bot can come back. */
export const KEPT_DAYS = 7
/** The most deletions in a day, or a tenth of the stored workspaces if that is more. */
const FEW = 3
const SHARE = 10
/** The most members, with all their answers, or rounds deleted in one statement. */
const PIECE = 200

interface Marked extends Record<string, unknown> {
  readonly id: number
  readonly platform: string
  readonly workspace: string
}

export function purgeVerbs(pool: Pool, prisma: Client) {
  let isAtWork = false
  return {
    /** Undefined if the purge is already running, here or in another process. */
    async purgeDue(
      now: number,
      platforms: readonly string[],
      isLimited: boolean,
    ): Promise<Purged | undefined> {
      if (isAtWork) return undefined
      isAtWork = true
      return alone(pool, () => purgeMarked(pool, now, platforms, isLimited)).finally(() => {
        isAtWork = false
      })
    },
    async purgeWorkspace(key: WorkspaceKey): Promise<boolean> {
      const where = { ...keyOf(key), removedAt: { not: null } }
      const found = await prisma.workspace.findFirst({ where, select: { id: true } })
      return found !== null && (await purge(pool, found.id))
    },
  }
}

/**
 * Undefined if another process runs it. A database with one connection has one process, which keeps serving
 * people meanwhile.
 */
async function alone<T>(pool: Pool, work: () => Promise<T>): Promise<T | undefined> {
  if (pool.options.max === 1) return work()
  const db = await pool.connect()
  let isWell = false
  try {
    const [lock] = await rows<{ mine: boolean }>(
      db,
      'purge-lock',
      'select pg_try_advisory_lock($1) as mine',
      [LOCK],
    )
    const done = lock?.mine ? await work() : undefined
    if (lock?.mine) await rows(db, 'purge-unlock', 'select pg_advisory_unlock($1)', [LOCK])
    isWell = true
    return done
  } finally {
    // The lock ends with the connection.
    db.release(!isWell)
  }
}

async function purgeMarked(
  db: Pool,
  now: number,
  platforms: readonly string[],
  isLimited: boolean,
): Promise<Purged> {
  const due = await rows<Marked>(db, 'purge-due', DUE, [at(now), platforms])
  const gone: WorkspaceKey[] = []
  const held: WorkspaceKey[] = []
  for (const { id, platform, workspace } of due) {
    const isAllowed = !isLimited || (await rows(db, 'purge-count', COUNT, [platform, at(now)])).length > 0
    if (!isAllowed) held.push({ platform, workspace })
    else if (await purge(db, id)) gone.push({ platform, workspace })
  }
  return { gone, held }
}

/** Returns false if the workspace came back meanwhile. */
async function purge(db: Pool, id: number): Promise<boolean> {
  for (const [name, sql] of PIECES) while ((await rows(db, name, sql, [id, PIECE])).length > 0);
  return (
    (
      await rows(
        db,
        'purge-place',
        'delete from workspace where id = $1 and removed_at is not null returning id',
        [id],
      )
    ).length > 0
  )
}

const DUE = `select id, platform, external as workspace from workspace
  where removed_at is not null and removed_at <= $1::timestamptz - interval '${KEPT_DAYS} days' and platform = any($2::text[]) order by removed_at, id`

/** Takes one of the workspaces that may be deleted on the day of $2; returns no row if none is left. */
const COUNT = `
with most as (
  select greatest(${FEW}, (count(*) + coalesce((select purged from platform where name = $1::text and purged_on = ($2::timestamptz)::date), 0)) / ${SHARE}) as n
  from workspace where platform = $1::text)
insert into platform as p (name, purged_on, purged) values ($1::text, ($2::timestamptz)::date, 1)
on conflict (name) do update set purged_on = excluded.purged_on,
  purged = case when p.purged_on = excluded.purged_on then p.purged + 1 else 1 end
where p.purged_on is distinct from excluded.purged_on or p.purged < (select n from most)
returning name`

const isMarked = 'exists (select from workspace w where w.id = $1::int and w.removed_at is not null)'
/** Everything else is deleted with these. */
const PIECES = [
  [
    'purge-drafts',
    `delete from form_draft where id in (select id from form_draft where workspace_id = $1::int and ${isMarked} limit $2::int) returning id`,
  ],
  [
    'purge-members',
    `delete from member where id in (select id from member where workspace_id = $1::int and ${isMarked} limit $2::int) returning id`,
  ],
  [
    'purge-rounds',
    `delete from round where id in (
       select r.id from team t join round r on r.team_id = t.id where t.workspace_id = $1::int and ${isMarked} limit $2::int) returning id`,
  ],
] as const
