/** The web chat's memory, without a database. */
import type { MessageLog, MessageRow } from '../../src/platforms/web/messages.js'

export function memoryLog(): MessageLog {
  let rows: MessageRow[] = []
  let last = 0
  const keyed = (workspace: string, channel: string, key: string) =>
    rows.find((r) => r.workspace === workspace && r.channel === channel && r.key === key)
  return {
    async add(message) {
      const before =
        message.key === undefined ? undefined : keyed(message.workspace, message.channel, message.key)
      if (before) return { id: before.id, fresh: false }
      last += 1
      rows.push({ ...structuredClone(message), id: last })
      return { id: last, fresh: true }
    },
    byKey: async (workspace, channel, key) => keyed(workspace, channel, key)?.id,
    async update(id, body) {
      rows = rows.map((r) => (r.id === id ? { ...r, body: structuredClone(body) } : r))
    },
    list: async (workspace, channel, user, limit, before = Number.POSITIVE_INFINITY) =>
      rows
        .filter(
          (r) =>
            r.id < before &&
            r.workspace === workspace &&
            r.channel === channel &&
            (r.user === undefined || r.user === user),
        )
        .slice(-limit),
    get: async (id) => rows.find((r) => r.id === id),
    async forget(workspace, { id }, unnamed) {
      const left = rows.filter((r) => r.workspace !== workspace || (r.user !== id && r.author !== id))
      rows = left.map((r) => (r.workspace === workspace ? { ...r, body: unnamed(r.body) } : r))
    },
  }
}
