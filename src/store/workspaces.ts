/** Where the bot is: workspaces come with its arrival, are marked when it has to go, and are deleted by `purge.ts`. */
import type { Pool } from 'pg'
import type { Application, Refusal, StoredWorkspace, WorkspaceCounts, WorkspaceKey } from '../bot/ports/store.js'
import { at, ms, rows } from './sql.js'

const PAUSED_AFTER = `interval '3 days'`

export function workspaceVerbs(pool: Pool) {
  const names = async (name: string, sql: string, values: readonly unknown[]) =>
    (await rows<{ workspace: string }>(pool, name, sql, values)).map((row) => row.workspace)
  return {
    openWorkspaces: (platform: string, ids: readonly string[]): Promise<string[]> => names('open-workspaces', OPEN, [platform, ids]),
    workspaces: (platform: string): Promise<string[]> =>
      names('workspaces', 'select external as workspace from workspace where platform = $1 and removed_at is null order by id', [platform]),
    async removeWorkspace(w: WorkspaceKey, now: number, leftAt?: number): Promise<boolean> {
      const left = leftAt === undefined ? null : at(leftAt)
      return (await rows(pool, 'remove-workspace', REMOVE, [w.platform, w.workspace, at(now), left])).length > 0
    },
    async missWorkspace(w: WorkspaceKey, now: number): Promise<number | undefined> {
      return (await rows<{ days: number }>(pool, 'miss-workspace', MISS, [w.platform, w.workspace, at(now)]))[0]?.days
    },
    async keepWorkspace(w: WorkspaceKey): Promise<boolean> {
      const sql = `update workspace set removed_at = null, missing_on = null, missing_days = 0
        where platform = $1 and external = $2 and removed_at is not null returning id`
      return (await rows(pool, 'keep-workspace', sql, [w.platform, w.workspace])).length > 0
    },
    refuseToken: (platform: string, workspace: string | undefined, now: number): Promise<Refusal[]> =>
      rows<Refusal & Record<string, unknown>>(pool, 'refuse-token', REFUSE, [platform, workspace ?? null, at(now)]),
    acceptToken: (platform: string, workspace?: string): Promise<string[]> => names('accept-token', ACCEPT, [platform, workspace ?? null]),
    refusedWorkspaces: (platform: string): Promise<string[]> =>
      names(
        'refused-workspaces',
        'select external as workspace from workspace where platform = $1 and refused_at is not null and removed_at is null order by id',
        [platform],
      ),
    removedWorkspaces: (): Promise<WorkspaceKey[]> =>
      rows<WorkspaceKey & Record<string, unknown>>(
        pool,
        'removed-workspaces',
        'select platform, external as workspace from workspace where removed_at is not null',
        [],
      ),
    storedWorkspaces: async (): Promise<StoredWorkspace[]> =>
      (await rows<Row>(pool, 'stored-workspaces', STORED, [])).map(({ removed_at, refused_at, paused_at, ...row }) => ({
        ...row,
        removedAt: removed_at ?? undefined,
        refusedAt: refused_at ?? undefined,
        pausedAt: paused_at ?? undefined,
      })),
    workspaceCounts: (): Promise<WorkspaceCounts[]> =>
      rows<WorkspaceCounts & Record<string, unknown>>(pool, 'workspace-counts', COUNTS, []),
    async application(platform: string): Promise<Application> {
      const sql = 'select application as id, client from platform where name = $1'
      const [row] = await rows<{ id: string | null; client: string | null }>(pool, 'application', sql, [platform])
      return { id: row?.id ?? undefined, client: row?.client ?? undefined }
    },
    async saveApplication(platform: string, { id, client }: Application, before: Application): Promise<boolean> {
      const values = [platform, id, client, before.id, before.client].map((value) => value ?? null)
      return (await rows(pool, 'save-application', SAVE_APPLICATION, values)).length > 0
    },
  }
}

interface Row extends Record<string, unknown> {
  platform: string
  workspace: string
  teams: number
  members: number
  removed_at: number | null
  refused_at: number | null
  paused_at: number | null
}

/** $1 platform, $2 ids. Returns those that come back; most are as they should be, and nothing is written for them. */
const OPEN = `
with given as (select distinct unnest($2::text[]) as external),
before as (
  select w.id, w.external, w.removed_at from workspace w join given on given.external = w.external
  where w.platform = $1::text and (w.removed_at is not null or w.refused_at is not null or w.missing_days > 0) order by w.id for update of w),
back as (
  update workspace w set removed_at = null, missing_on = null, missing_days = 0, refused_at = null, paused_at = null
  from before where w.id = before.id),
made as (
  insert into workspace (platform, external)
  select $1::text, external from given where not exists (select from workspace w where w.platform = $1::text and w.external = given.external)
  order by external on conflict (platform, external) do nothing)
select external as workspace from before where removed_at is not null order by external`

/**
 * $3 now, $4 when it was left: word of it may come after the app was installed again. With an organization go the workspaces that only it
 * served. Whoever had installed it runs teams no longer: the next install says who does.
 */
const REMOVE = `
with target as (
  select w.id from workspace w where w.platform = $1::text and w.external = $2::text
    and not exists (select from install i where i.workspace_id = w.id and i.at > $4::timestamptz)),
gone as (
  update workspace w set removed_at = $3::timestamptz from target
  where w.removed_at is null and (w.id = target.id
    or (w.organization_id = target.id and not exists (select from install i where i.workspace_id = w.id)))
  returning w.id),
unmanned as (update install i set installer = '' from gone where i.workspace_id = gone.id returning i.workspace_id)
select gone.id from gone, (select count(*) from unmanned) done`

/** Counts a day once, and only from the day before it. */
const MISS = `
update workspace set missing_on = ($3::timestamptz)::date,
  missing_days = case when missing_on = ($3::timestamptz)::date - 1 then missing_days + 1 else 1 end
where platform = $1::text and external = $2::text and removed_at is null and missing_on is distinct from ($3::timestamptz)::date
returning missing_days as days`

/** $2 one workspace, or all of the platform; $3 now. */
const REFUSE = `
with before as (
  select id, refused_at from workspace
  where platform = $1::text and ($2::text is null or external = $2::text) and removed_at is null
    and (refused_at is null or (paused_at is null and refused_at <= $3::timestamptz - ${PAUSED_AFTER})) order by id for update)
update workspace w set refused_at = coalesce(before.refused_at, $3::timestamptz),
  paused_at = case when before.refused_at is not null then $3::timestamptz end
from before where w.id = before.id
returning w.external as workspace, w.paused_at is not null as paused`

const ACCEPT = `
update workspace set refused_at = null, paused_at = null
where platform = $1::text and ($2::text is null or external = $2::text) and refused_at is not null returning external as workspace`

const STORED = `
select w.platform, w.external as workspace, (select count(*)::int from team t where t.workspace_id = w.id) as teams,
  (select count(*)::int from member m where m.workspace_id = w.id) as members,
  ${ms('w.removed_at')} as removed_at, ${ms('w.refused_at')} as refused_at, ${ms('w.paused_at')} as paused_at
from workspace w order by w.platform, w.removed_at, w.id`

const COUNTS = `
select platform, count(*) filter (where removed_at is null)::int as here, count(*) filter (where removed_at is not null)::int as removed,
  count(*) filter (where removed_at is null and refused_at is not null)::int as refused,
  count(*) filter (where removed_at is null and paused_at is not null)::int as paused
from workspace group by platform`

/** Returns nothing when another process has written another one meanwhile. */
const SAVE_APPLICATION = `
insert into platform (name, application, client) values ($1::text, $2::text, $3::text)
on conflict (name) do update set application = excluded.application, client = excluded.client
  where platform.application is not distinct from $4::text and platform.client is not distinct from $5::text
returning name`
