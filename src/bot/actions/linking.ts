/** Agreement of both sides to a link, and its end. */
import { agree, askToUnlink, confirm, refuse, unlink } from '../member/linking.js'
import { action } from '../ui/action.js'
import { linkIds } from '../ui/ids.js'
import { instead, privately } from '../ui/reply.js'

export const linkingActions = [
  action(linkIds.agree, {
    replaces: true,
    run: async ({ first }, caller, deps) => instead(await agree(first, caller, deps)),
  }),
  action(linkIds.confirm, {
    replaces: true,
    run: async ({ first, other }, caller, deps) => instead(await confirm(first, other, caller, deps)),
  }),
  action(linkIds.refuse, {
    replaces: true,
    run: async ({ first }, caller, deps) => instead(await refuse(first, caller, deps)),
  }),
  action(linkIds.askToUnlink, {
    run: async (_params, caller, deps) => privately(await askToUnlink(caller, deps)),
  }),
  action(linkIds.unlink, {
    replaces: true,
    run: async ({ sure }, caller, deps) => instead(await unlink(sure, caller, deps)),
  }),
]
