/** Tokens of the workspaces that installed the app; shaped for `platforms/slack/installs.ts`, which this folder does not import. */
import type { Pool } from 'pg'
import { UserError } from '../core/errors.js'
import type { Box } from './sealed.js'
import { at, HERE, rows } from './sql.js'

interface Row extends Record<string, unknown> {
  workspace: string
  token: string
  installer: string
}

const ROWS =
  'select w.external as workspace, i.token, i.installer from install i join workspace w on w.id = i.workspace_id where w.platform = $1'
/** None of a workspace that was removed: its token is no longer good, or should not be used. */
const FIND = `${ROWS} and w.external = $2 and ${HERE}`

export function createInstalls(pool: Pool, platform: string, box: Box) {
  const owner = (workspace: string) => `${platform} ${workspace}`
  const all = async () =>
    (await rows<Row>(pool, 'installs', ROWS, [platform])).map((row) => ({ ...row, text: box.open(row.token, owner(row.workspace)) }))
  return {
    async find(workspace: string) {
      const [row] = await rows<Row>(pool, 'install', FIND, [platform, workspace])
      const token = row && box.open(row.token, owner(workspace))
      return row && token !== undefined ? { workspace, token, installer: row.installer } : undefined
    },
    /** How many tokens no key opens. */
    shut: async (): Promise<number> => (await all()).filter((row) => row.text === undefined).length,
    /** A second install of a workspace takes the place of the first. Rejects when the workspace is not there. */
    async save({ workspace, token, installer }: { workspace: string; token: string; installer: string }, now: number): Promise<void> {
      const values = [platform, workspace, box.seal(token, owner(workspace)), installer, at(now)]
      const saved = await rows(pool, 'install-save', SAVE, values)
      if (saved.length === 0) throw new Error('the workspace of the install is not there')
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

const SAVE = `
insert into install (workspace_id, token, installer, at)
select w.id, $3::text, $4::text, $5::timestamptz from workspace w where w.platform = $1::text and w.external = $2::text and ${HERE}
on conflict (workspace_id) do update set token = excluded.token, installer = excluded.installer, at = excluded.at
returning workspace_id`

/** Only what is still as it was read: a second install of this very moment stays. */
const RESEAL = `update install set token = $4::text
where token = $3::text and workspace_id = (select id from workspace where platform = $1::text and external = $2::text)`
