/** Forms that were opened and not sent. Every function finds only those of one user. */

import type { FormValues } from '../bot/ports/chat.js'
import {
  FORM_DRAFT_CHARACTERS,
  FORM_DRAFTS,
  type FormDraft,
  type NewFormDraft,
} from '../bot/ports/form-drafts.js'
import { IMPORT_FORM } from '../bot/ports/imports.js'
import type { UserKey } from '../bot/ports/keys.js'
import { DAY_MS } from '../core/time.js'
import type { Prisma } from '../generated/prisma/client.js'
import type { Client } from './client.js'
import { json } from './sql.js'

export const ofUser = ({ platform, workspace, user }: UserKey) => ({
  user,
  workspace: { platform, external: workspace, removedAt: null },
})

/** Deletes the oldest drafts so that one more fits within `most`. */
export async function makeRoom(
  rows: Client['formDraft'],
  where: Prisma.FormDraftWhereInput,
  most: number,
): Promise<void> {
  const older = await rows.findMany({
    select: { id: true },
    where,
    orderBy: { expiresAt: 'desc' },
    skip: most - 1,
  })
  if (older.length > 0) await rows.deleteMany({ where: { id: { in: older.map(({ id }) => id) } } })
}

/** A question file that waits for confirmation can only be opened by its own button. */
const FORMS_ONLY = { form: { not: IMPORT_FORM } }

export function formDraftVerbs({ workspace: workspaces, formDraft: rows, messageAsk: asks }: Client) {
  const ownNow = (who: UserKey, now: number) => ({
    ...{ ...ofUser(who), ...FORMS_ONLY },
    expiresAt: { gt: new Date(now) },
  })
  const endOf = (now: number) => new Date(now + DAY_MS)

  return {
    async openFormDraft({ now, form, shown, given, ...who }: NewFormDraft): Promise<string | undefined> {
      const place = await workspaces.findFirst({
        select: { id: true },
        where: { platform: who.platform, external: who.workspace, removedAt: null },
      })
      if (!place || !fits(shown) || !fits(given)) return undefined
      await makeRoom(rows, { ...ofUser(who), ...FORMS_ONLY }, FORM_DRAFTS)
      const id = crypto.randomUUID()
      const row = {
        id,
        workspaceId: place.id,
        user: who.user,
        form,
        shown: stored(shown),
        given: stored(given),
        expiresAt: endOf(now),
      }
      await rows.create({ data: row })
      return id
    },
    async formDraft(who: UserKey, id: string, now: number): Promise<FormDraft | undefined> {
      const row = await rows.findFirst({ where: { ...ownNow(who, now), id } })
      return row
        ? { id, form: row.form, shown: row.shown as FormValues, given: row.given as FormValues }
        : undefined
    },
    async latestFormDraft(who: UserKey, now: number): Promise<string | undefined> {
      return (
        await rows.findFirst({
          select: { id: true },
          where: ownNow(who, now),
          orderBy: { expiresAt: 'desc' },
        })
      )?.id
    },
    async keepFormDraft(who: UserKey, id: string, given: FormValues, now: number): Promise<boolean> {
      if (!fits(given)) return false
      const data = { given: stored(given), expiresAt: endOf(now) }
      return (await rows.updateMany({ where: { ...ownNow(who, now), id }, data })).count > 0
    },
    async dropFormDraft(who: UserKey, id: string): Promise<void> {
      await rows.deleteMany({ where: { ...ofUser(who), id } })
    },
    async deleteFormDrafts(now: number, limit: number): Promise<number> {
      // Each has a few bytes, and there are few.
      await asks.deleteMany({ where: { expiresAt: { lte: new Date(now) } } })
      const over = await rows.findMany({
        select: { id: true },
        where: { expiresAt: { lte: new Date(now) } },
        take: limit,
      })
      return (
        await rows.deleteMany({
          where: { id: { in: over.map(({ id }) => id) }, expiresAt: { lte: new Date(now) } },
        })
      ).count
    },
  }
}

const fits = (values: FormValues) => JSON.stringify(values).length <= FORM_DRAFT_CHARACTERS
const stored = (values: FormValues): Prisma.InputJsonObject => JSON.parse(json(values))
