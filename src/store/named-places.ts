/** Which workspace something belongs to that the id of a button names. */
import type { Named, NamedPlaceStore } from '../bot/ports/named-places.js'
import type { Client } from './client.js'

const OF = { workspace: { select: { external: true } } } as const

export function namedPlaceVerbs({ team, teamQuestion, formDraft, messageAsk }: Client): NamedPlaceStore {
  function find({ kind, id }: Named, user: string, workspace: { readonly platform: string }) {
    switch (kind) {
      case 'team':
        return team.findFirst({ where: { id, workspace }, select: OF })
      case 'question': {
        const select = { team: { select: OF } } as const
        return teamQuestion.findFirst({ where: { id, team: { workspace } }, select }).then((one) => one?.team)
      }
      case 'draft':
        return formDraft.findFirst({ where: { id, user, workspace }, select: OF })
      case 'ask':
        return messageAsk.findFirst({ where: { id, author: user, workspace }, select: OF })
    }
  }
  return {
    workspaceOf: async (platform, user, named) => (await find(named, user, { platform }))?.workspace.external,
  }
}
