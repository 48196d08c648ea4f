/** A member's own data: the name on boards, the export, and the deletion. */
import { directlyCard, forgottenCard, hiddenCard, keptCard, mentionCard } from '../cards/own-data.js'
import { exportCard, forget, forgetAll, forgetCard } from '../member/own-data.js'
import { shareProgress } from '../member/sharing.js'
import { action } from '../ui/action.js'
import { memberIds } from '../ui/ids.js'
import { inPassing, instead, privately } from '../ui/reply.js'

export const memberActions = [
  action(memberIds.hide, {
    run: async ({ hidden }, caller, deps) =>
      instead(hiddenCard(hidden, await deps.store.hide(caller, hidden))),
  }),
  action(memberIds.mention, {
    run: async ({ mentioned }, caller, deps) =>
      instead(mentionCard(mentioned, await deps.store.allowMention(caller, mentioned))),
  }),
  action(memberIds.directly, {
    run: async ({ directly }, caller, deps) =>
      privately(directlyCard(directly, await deps.store.askDirectly(caller, directly))),
  }),
  action(memberIds.share, {
    run: async ({ shares }, caller, deps) => privately(await shareProgress(shares, caller, deps)),
  }),
  action(memberIds.exportData, {
    limit: 'export',
    run: async (_params, caller, deps) => privately(await exportCard(caller, deps)),
  }),
  action(memberIds.askToForget, {
    run: async (_params, caller, deps) => privately(await forgetCard(caller, deps)),
  }),
  action(memberIds.forget, {
    limit: 'deletion',
    run: async ({ sure }, caller, deps) =>
      sure ? inPassing(forgottenCard((await forget(caller, deps)) ? 1 : 0)) : instead(keptCard()),
  }),
  action(memberIds.forgetAll, {
    limit: 'deletion',
    run: async ({ sure }, caller, deps) =>
      sure ? inPassing(forgottenCard(await forgetAll(caller, deps))) : instead(keptCard()),
  }),
]
