import { movedCard } from '../cards/wording.js'
import { type Command, command } from '../ui/command.js'

/** The old name of a command, which only says what the command is called now: no list offers it. */
export function movedTo(to: string, name: string, group: string): Command {
  return command({
    name,
    group,
    summary: `Moved: this is /${to} now`,
    isMoved: true,
    inDirectMessages: true,
    options: {},
    run: async () => movedCard(name, to),
  })
}
