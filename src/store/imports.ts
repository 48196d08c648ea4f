/** Question files that were read and wait for confirmation, in the table of forms that were not sent. */
import type { Pool } from 'pg'
import { IMPORT_FORM, type ImportStore, type KeptImport, MOST_IMPORTS } from '../bot/ports/imports.js'
import type { UserKey } from '../bot/ports/keys.js'
import { DAY_MS } from '../core/time.js'
import type { Client } from './client.js'
import { makeRoom, ofUser } from './form-drafts.js'
import { json, retryOnConflict, transaction } from './sql.js'
import { take } from './taken-imports.js'

export function importVerbs(pool: Pool, { workspace: workspaces, formDraft: rows }: Client): ImportStore {
  return {
    takeImport: (who, id, taking) =>
      retryOnConflict(() => transaction(pool, (db) => take(db, who, id, taking))),
    async keepImport(who: UserKey, file: KeptImport, now: number) {
      const place = await workspaces.findFirst({
        select: { id: true },
        where: { platform: who.platform, external: who.workspace, removedAt: null },
      })
      if (!place) return undefined
      await makeRoom(rows, { ...ofUser(who), form: IMPORT_FORM }, MOST_IMPORTS)
      const id = crypto.randomUUID()
      await rows.create({
        data: {
          ...{ id, workspaceId: place.id, user: who.user, form: IMPORT_FORM, shown: {} },
          given: JSON.parse(json(file)),
          expiresAt: new Date(now + DAY_MS),
        },
      })
      return id
    },
    async keptImport(who, id, now) {
      const where = { ...ofUser(who), form: IMPORT_FORM, id, expiresAt: { gt: new Date(now) } }
      // Only `keepImport` writes it.
      return (await rows.findFirst({ select: { given: true }, where }))?.given as KeptImport | undefined
    },
  }
}
