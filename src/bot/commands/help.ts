import { helpCard } from '../cards/help.js'
import type { Caller } from '../ports/chat.js'
import { type Command, command } from '../ui/command.js'

/** Takes the list of commands, because help is made from it. */
export function helpCommand(commands: () => readonly Command[]): Command {
  return command({
    name: 'help',
    summary: 'What Cohort can do',
    inDirectMessages: true,
    forAnybody: true,
    options: {},
    async run(_args, caller) {
      const isAdmin = await seemsAdmin(caller)
      return helpCard(commands().filter((one) => !one.isMoved && (isAdmin || !one.admin)))
    },
  })
}

/**
 * False outside a channel, since commands for admins are about the team of a channel. Help is shown even if
 * the platform does not answer.
 */
async function seemsAdmin({ channel, seemsAdmin: seems, isAdmin }: Caller): Promise<boolean> {
  if (channel === '') return false
  return seems ?? (await isAdmin().catch(() => false))
}
