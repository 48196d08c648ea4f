/** Whether a message may become a question: its writer is asked, and the request is kept for a day. */
import { type Asked, type AuthoringStore, MOST_ASKS } from '../bot/ports/authoring.js'
import { DAY_MS } from '../core/time.js'
import { type Client, here } from './client.js'

type Verbs = Pick<AuthoringStore, 'askOfMessage' | 'dropMessageAsk' | 'answerMessageAsk'>

export function messageAskVerbs({ workspace: workspaces, messageAsk: asks }: Client): Verbs {
  return {
    async askOfMessage({ now, hash: given, author, user, ...place }): Promise<Asked | undefined> {
      const workspace = await workspaces.findFirst({ where: here(place), select: { id: true } })
      if (!workspace) return undefined
      const hash = new Uint8Array(given)
      const key = { workspaceId: workspace.id, user, author, hash }
      await asks.deleteMany({ where: { ...key, expiresAt: { lte: new Date(now) } } })
      if ((await asks.count({ where: key })) === 0) {
        const own = { workspaceId: workspace.id, user, expiresAt: { gt: new Date(now) } }
        const others = { ...own, OR: [{ isAllowed: null }, { isAllowed: false }] }
        if ((await asks.count({ where: others })) >= MOST_ASKS) return { id: 0, state: 'many' }
      }
      const data = { ...key, expiresAt: new Date(now + DAY_MS) }
      const isNew = (await asks.createMany({ data, skipDuplicates: true })).count > 0
      const found = await asks.findFirst({ where: key })
      if (!found) return undefined
      const decided = found.isAllowed ? 'yes' : 'no'
      const before = found.isAllowed === null ? 'waits' : decided
      return { id: found.id, state: isNew ? 'new' : before }
    },
    async dropMessageAsk(id) {
      await asks.deleteMany({ where: { id, isAllowed: null } })
    },
    async answerMessageAsk({ user: author, ...place }, id, isAllowed, now) {
      const where = { id, author, isAllowed: null, expiresAt: { gt: new Date(now) }, workspace: here(place) }
      const data = { isAllowed, expiresAt: new Date(now + DAY_MS) }
      if ((await asks.updateMany({ where, data })).count === 0) return undefined
      return (await asks.findUnique({ where: { id } }))?.user
    },
  }
}
