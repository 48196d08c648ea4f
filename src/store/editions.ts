/**
 * Decides which content of a pack holds. The row decides: of two processes that start at once, the later one
 * finds it.
 */
import type { Pool } from 'pg'
import type { Edition, PackTeam } from '../bot/ports/editions.js'
import type { Client } from './client.js'
import { retryIdempotent, rows } from './sql.js'

/** Several times the interval at which processes report that they are running. */
const GONE = "interval '3 minutes'"
/** The number of former contents that are remembered. */
const FORMER = 20

export function editionVerbs(pool: Pool, prisma: Client) {
  async function otherEditions(editions: readonly Edition[]): Promise<string[]> {
    const sql = `select id from ${ELSEWHERE('$1', '$2')} e order by id`
    return (await rows<{ id: string }>(pool, 'other-editions', sql, listed(editions))).map(({ id }) => id)
  }
  return {
    async holdEditions(editions: readonly Edition[], isStart: boolean): Promise<string[]> {
      // The order of ids prevents two processes from waiting for each other.
      const inOrder = editions.toSorted((a, b) => (a.id < b.id ? -1 : 1))
      await retryIdempotent(() => rows(pool, 'hold-editions', HOLD, [...listed(inOrder), isStart]))
      return otherEditions(editions)
    },
    otherEditions,
    async releaseEditions(editions: readonly Edition[]): Promise<void> {
      const sql =
        'update pack p set seen_at = null from unnest($1::text[], $2::text[]) as o(id, hash) where o.id = p.id and o.hash = p.hash'
      await rows(pool, 'release-editions', sql, listed(editions))
    },
    async teamsOfPack(pack: string): Promise<PackTeam[]> {
      const found = await prisma.team.findMany({
        where: { pack, workspace: { removedAt: null } },
        select: { id: true, name: true, workspace: { select: { platform: true, external: true } } },
        orderBy: [{ name: 'asc' }, { id: 'asc' }],
      })
      return found.map(({ id, name, workspace: { platform, external } }) => ({
        id,
        name,
        platform,
        workspace: external,
      }))
    },
  }
}

/** Returns parameters for two arrays: ids and hashes. */
export const listed = (editions: readonly Edition[]): [string[], string[]] => [
  editions.map(({ id }) => id),
  editions.map(({ hash }) => hash),
]

/**
 * $1 ids, $2 hashes, $3 whether the process starts. A row that is already right is written only now and then.
 */
const HOLD = `
insert into pack as p (id, hash, since, seen_at)
select o.id, o.hash, clock_timestamp(), clock_timestamp() from unnest($1::text[], $2::text[]) as o(id, hash)
on conflict (id) do update set hash = excluded.hash, seen_at = clock_timestamp(),
  since = case when p.hash = excluded.hash then p.since else clock_timestamp() end,
  former = case when p.hash = excluded.hash then p.former
    else (array_append(array_remove(p.former, excluded.hash), p.hash))[greatest(1, cardinality(p.former) + 2 - ${FORMER}):] end
where case when p.hash = excluded.hash then p.seen_at is null or p.seen_at < clock_timestamp() - interval '20 seconds'
  else p.seen_at is null or p.seen_at < clock_timestamp() - ${GONE} or $3::boolean and excluded.hash <> all(p.former) end`

/**
 * Selects the ids of packs for which a process claims no round: either another content than its own holds, or
 * it has no content while others have. Matches no pack if the ids are null.
 */
export const ELSEWHERE = (ids: string, hashes: string) =>
  `(select p.id from pack p left join unnest(${ids}::text[], ${hashes}::text[]) as o(id, hash) on o.id = p.id
    where ${ids}::text[] is not null and p.hash is distinct from o.hash
      and (o.id is not null or p.seen_at > clock_timestamp() - ${GONE}))`
