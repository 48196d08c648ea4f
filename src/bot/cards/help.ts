/** The commands that a person can use here, as they are typed on their platform. */
import { type Block, bold, bullets, button, buttons, type Card, heading, note, text } from '../ui/card.js'
import type { Command } from '../ui/command.js'
import { memberIds } from '../ui/ids.js'

/** `commands`: those that this person can use here. */
export function helpCard(commands: readonly Command[]): Card {
  const forAdmins = commands.filter((command) => command.admin)
  return {
    title: 'What Cohort can do',
    blocks: [
      text(
        'A question a day in the channel: answer with its buttons, privately. The first answer joins the team.',
      ),
      list(commands.filter((command) => !command.admin)),
      ...(forAdmins.length > 0 ? [heading('For admins'), list(forAdmins)] : []),
      note(
        'Right 10 points, tried 3, hard and right 15, five days in a row +5. A freeze saves one missed day.',
      ),
      ...buttons(button(memberIds.study.id({}), 'Your study')),
    ],
  }
}

function list(commands: readonly Command[]): Block {
  return bullets(
    ...commands.map(({ name, usage, summary }) => [
      bold({ command: name }, usage ? ` ${usage}` : ''),
      `: ${summary}`,
    ]),
  )
}
