/**
 * Messages of the local web chat; shaped for `platforms/web/messages.ts`, which this folder does not import.
 */
import type { WebMessage } from '../generated/prisma/client.js'
import { type Client, jsonValue } from './client.js'
import { messagesNaming } from './forget.js'
import type { Database } from './open.js'

/** Ids have 31 bits; Postgres refuses larger ones. */
const MAX_ID = 2 ** 31 - 1

function toMessage({ user, key, at, ...row }: WebMessage) {
  return { ...row, at: at.getTime(), ...(user === null ? {} : { user }), ...(key === null ? {} : { key }) }
}

const ofMember = (workspace: string, user: string) => ({ workspace, OR: [{ user }, { author: user }] })

/** Returns a member's messages and those shown only to them, after the message with that id, oldest first. */
export async function messagesAfter(
  prisma: Client,
  workspace: string,
  user: string,
  id: number,
  limit: number,
) {
  const where = { ...ofMember(workspace, user), id: { gt: id } }
  return (await prisma.webMessage.findMany({ where, orderBy: { id: 'asc' }, take: limit })).map(toMessage)
}

export async function hasMessages(prisma: Client, workspace: string, user: string): Promise<boolean> {
  return (
    (await prisma.webMessage.findFirst({ where: ofMember(workspace, user), select: { id: true } })) !== null
  )
}

/** The most messages deleted in one statement, so that a long conversation stalls nobody. */
const PART = 250

export function createMessageLog({ pool, prisma }: Pick<Database, 'pool' | 'prisma'>) {
  async function byKey(workspace: string, channel: string, key: string): Promise<number | undefined> {
    const where = { workspace_channel_key: { workspace, channel, key } }
    return (await prisma.webMessage.findUnique({ where, select: { id: true } }))?.id
  }

  return {
    async add(m: {
      workspace: string
      channel: string
      user?: string
      author: string
      key?: string
      body: unknown
      at: number
    }) {
      const data = { ...m, body: jsonValue(m.body), at: new Date(m.at) }
      const [made] = await prisma.webMessage.createManyAndReturn({
        data,
        skipDuplicates: true,
        select: { id: true },
      })
      const id = made?.id ?? (await byKey(m.workspace, m.channel, m.key ?? ''))
      if (id === undefined) throw new Error('the message was not stored')
      return { id, fresh: made !== undefined }
    },
    byKey,
    async update(id: number, body: unknown): Promise<void> {
      await prisma.webMessage.updateMany({ where: { id }, data: { body: jsonValue(body) } })
    },
    async list(workspace: string, channel: string, user: string, limit: number, before?: number) {
      // Each half uses the index, so that private messages of others are not read.
      const last = (whose: string | null) =>
        prisma.webMessage.findMany({
          where: { workspace, channel, user: whose, ...(before !== undefined && { id: { lt: before } }) },
          orderBy: { id: 'desc' },
          take: limit,
        })
      const halves = await Promise.all([last(null), last(user)])
      return halves
        .flat()
        .sort((a, b) => a.id - b.id)
        .slice(-limit)
        .map(toMessage)
    },
    async get(id: number) {
      if (!(id <= MAX_ID)) return undefined
      const row = await prisma.webMessage.findUnique({ where: { id } })
      return row ? toMessage(row) : undefined
    },
    /**
     * Deletes messages that the member wrote or that only they may see; `unnamed` removes their name from the
     * others.
     */
    async forget(
      workspace: string,
      who: { id: string; name: string },
      unnamed: (body: unknown) => unknown,
    ): Promise<void> {
      const where = ofMember(workspace, who.id)
      while ((await prisma.webMessage.deleteMany({ where, limit: PART })).count === PART);
      for (let last = 0; ; ) {
        const page = await messagesNaming(pool, workspace, who, last)
        for (const { id, body } of page) {
          // A message that was redrawn meanwhile no longer names a deleted person.
          const where = { id, body: { equals: jsonValue(body) } }
          await prisma.webMessage.updateMany({ where, data: { body: jsonValue(unnamed(body)) } })
        }
        const end = page.at(-1)
        if (!end) return
        last = end.id
      }
    },
  }
}
