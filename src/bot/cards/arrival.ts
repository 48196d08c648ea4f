/** The welcome where the bot was added, and the form behind *Look something up*. */
import type { Bank } from '../../content/bank.js'
import { button, buttons, type Card, type Form, note, text } from '../ui/card.js'
import { controlIds, practiceIds, topicIds } from '../ui/ids.js'
import { exampleQuery } from './topic.js'

export function arrivalCard(): Card {
  return {
    title: 'Hello, this is Cohort',
    blocks: [
      text(
        'A study bot for teams that prepare for a certification together: a question a day, answered privately, revealed to all when it closes.',
      ),
      ...buttons(
        button(controlIds.openSetup.id({}), 'Set up', 'primary'),
        button(practiceIds.more.id({ topic: '-' }), 'Try a question'),
        button(topicIds.ask.id({}), 'Look something up'),
      ),
      note('Setting a team up is for admins; the rest is for everybody, and seen only by whoever presses.'),
    ],
  }
}

/** `max`: the most characters of a look-up. */
export function lookUpForm(bank: Bank, max: number): Form {
  const example = exampleQuery(bank)
  return {
    id: topicIds.find.id({}),
    title: 'Look something up',
    submit: 'Look up',
    fields: [
      {
        kind: 'text',
        name: 'query',
        label: 'A topic, an acronym, a question, or A vs B',
        ...(example !== undefined && { hint: `Such as ${example}` }),
        max,
      },
    ],
  }
}
