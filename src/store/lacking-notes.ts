/** Who was told which permissions a workspace has not given; shaped for `platforms/lacking-notice.ts`, which this folder does not import. */
import type { Pool } from 'pg'
import { rows } from './sql.js'

/** Whoever installed the app goes before those who set a team up. Nothing is written while there is nobody to tell. */
const CLAIM = `
with place as (select id, organization_id from workspace where platform = $1::text and external = $2::text),
who as (
  select i.installer as "user", 0 as n from install i join place p on i.workspace_id in (p.id, p.organization_id)
  union all select t.admin, t.id from team t where t.workspace_id in (select id from place)),
named as (select "user", min(n) as n from who where "user" <> '' group by "user"),
told as (
  update workspace set told_scopes = $3::text[]
  where id in (select id from place) and told_scopes is distinct from $3::text[]
    and (cardinality($3::text[]) = 0 or exists (select from named)) returning id)
select "user" from named where cardinality($3::text[]) > 0 and exists (select from told) order by n`

const RELEASE = `update workspace set told_scopes = '{}' where platform = $1 and external = $2`

export function createLackingNotes(pool: Pool, platform: string) {
  return {
    async claim(workspace: string, missing: readonly string[]): Promise<string[]> {
      return (await rows<{ user: string }>(pool, 'scopes-claim', CLAIM, [platform, workspace, missing])).map((row) => row.user)
    },
    async release(workspace: string): Promise<void> {
      await rows(pool, 'scopes-release', RELEASE, [platform, workspace])
    },
  }
}
