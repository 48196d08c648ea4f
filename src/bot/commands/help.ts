import { bold, type Card, note, text } from '../ui/card.js'
import { type Command, command } from '../ui/command.js'

/** Made from the list of commands itself, which is why it takes the list. */
export function helpCommand(commands: () => readonly Command[]): Command {
  return command({
    name: 'help',
    summary: 'What Cohort can do',
    inDirectMessages: true,
    forAnybody: true,
    options: {},
    run: async () => helpCard(commands()),
  })
}

function helpCard(commands: readonly Command[]): Card {
  return {
    title: 'What Cohort can do',
    blocks: [
      text(
        'A question a day in the channel: answer with its buttons, privately. The first answer joins the team.',
      ),
      {
        kind: 'list',
        style: 'bullets',
        items: commands
          .filter((c) => !c.isMoved)
          .map((c) => [
            bold(`/${c.name}${c.usage ? ` ${c.usage}` : ''}`),
            `: ${c.summary}${c.admin ? ' (admins)' : ''}`,
          ]),
      },
      note(
        'Right 10 points, tried 3, hard and right 15, five days in a row +5. A freeze saves one missed day.',
      ),
    ],
  }
}
