/** Tokens of the workspaces that installed the app; shaped for `platforms/slack/installs.ts`, which this folder does not import. */
import type { Pool } from 'pg'
import { UserError } from '../core/errors.js'
import type { Box } from './sealed.js'
import { at, HERE, rows } from './sql.js'

interface Row extends Record<string, unknown> {
  workspace: string
  token: string
  installer: string
  scopes: string[]
}

const ROWS =
  'select w.external as workspace, i.token, i.installer, i.scopes from install i join workspace w on w.id = i.workspace_id where w.platform = $1'

export function createInstalls(pool: Pool, platform: string, box: Box) {
  const owner = (workspace: string) => `${platform} ${workspace}`
  const all = async () =>
    (await rows<Row>(pool, 'installs', ROWS, [platform])).map((row) => ({ ...row, text: box.open(row.token, owner(row.workspace)) }))
  return {
    async find(workspace: string) {
      const [row] = await rows<Row>(pool, 'install', FIND, [platform, workspace])
      const token = row && box.open(row.token, owner(row.workspace))
      return row && token !== undefined ? { ...row, token } : undefined
    },
    /** How many installs lack each of these scopes. */
    lacking: (scopes: readonly string[]) =>
      rows<{ scope: string; installs: number }>(pool, 'installs-lacking', LACKING, [platform, scopes]),
    /** How many tokens no key opens. */
    shut: async (): Promise<number> => (await all()).filter((row) => row.text === undefined).length,
    /**
     * A second install of a workspace has a token of its own and takes nothing from whoever installed it first, and so may set teams up.
     * Rejects when the workspace is not there.
     */
    async save({ workspace, token, installer, scopes }: Saved, now: number): Promise<void> {
      const values = [platform, workspace, box.seal(token, owner(workspace)), installer, at(now), scopes]
      const saved = await rows(pool, 'install-save', SAVE, values)
      if (saved.length === 0) throw new Error('the workspace of the install is not there')
    },
    async learn(workspace: string, scopes: readonly string[]): Promise<void> {
      await rows(pool, 'install-learn', LEARN, [platform, workspace, scopes])
    },
    /** A workspace that an organization serves comes into being with the word that it does; one that was removed stays so. */
    async join(workspace: string, organization: string): Promise<void> {
      await rows(pool, 'install-join', JOIN, [platform, workspace, organization])
    },
    /**
     * Seals with the current key what an older one sealed, and gives how many those were. Throws `UserError` when there are tokens
     * that no key opens.
     */
    async reseal(): Promise<number> {
      const opened = await all()
      const shut = opened.filter((row) => row.text === undefined).length
      if (shut > 0)
        throw new UserError(
          `COHORT_SECRET_KEY does not open the tokens of ${shut} workspace(s): set the key that sealed them, or "new,old" to change to a new one`,
        )
      const old = opened.filter((row) => !box.isCurrent(row.token))
      for (const { workspace, token, text = '' } of old)
        await rows(pool, 'reseal', RESEAL, [platform, workspace, token, box.seal(text, owner(workspace))])
      return old.length
    },
  }
}

interface Saved {
  readonly workspace: string
  readonly token: string
  readonly installer: string
  readonly scopes: readonly string[]
}

/** A workspace's own install goes before that of its organization; none where either was removed. */
const FIND = `
select o.external as workspace, i.token, i.installer, i.scopes
from workspace w join install i on i.workspace_id in (w.id, w.organization_id) join workspace o on o.id = i.workspace_id
where w.platform = $1 and w.external = $2 and ${HERE} and o.removed_at is null order by o.id = w.id desc limit 1`

const LEARN = `update install set scopes = $3::text[]
where workspace_id = (select id from workspace where platform = $1::text and external = $2::text)`

const JOIN = `
insert into workspace (platform, external, organization_id)
select $1::text, $2::text, o.id from workspace o join install i on i.workspace_id = o.id where o.platform = $1::text and o.external = $3::text and o.removed_at is null
on conflict (platform, external) do update set organization_id = excluded.organization_id`

const LACKING = `
select s.scope, count(*)::int as installs
from install i join workspace w on w.id = i.workspace_id cross join unnest($2::text[]) as s(scope)
where w.platform = $1 and cardinality(i.scopes) > 0 and not s.scope = any(i.scopes) group by s.scope order by s.scope`

/** Whoever set the app up is told anew what it lacks. */
const SAVE = `
with w as (
  update workspace w set told_scopes = '{}' where w.platform = $1::text and w.external = $2::text and ${HERE} returning w.id)
insert into install (workspace_id, token, installer, at, scopes) select id, $3::text, $4::text, $5::timestamptz, $6::text[] from w
on conflict (workspace_id) do update set token = excluded.token, at = excluded.at, scopes = excluded.scopes,
  installer = case when install.installer = '' then excluded.installer else install.installer end
returning workspace_id`

/** Only what is still as it was read: a second install of this very moment stays. */
const RESEAL = `update install set token = $4::text
where token = $3::text and workspace_id = (select id from workspace where platform = $1::text and external = $2::text)`
