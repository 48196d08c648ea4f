/** Questions that members write, as people fill the form, and teams whose members can. */
import type { TeamQuestion } from '../../src/bot/ports/authoring.js'
import type { FormValues } from '../../src/bot/ports/chat.js'
import { noLimits } from '../../src/bot/request-limits.js'
import { questionOf } from '../../src/content/written.js'
import type { Team } from '../../src/core/model.js'
import { type Bot, labelsOf, type Person, startBot } from './bot.js'
import { askedOn } from './team-weeks.js'

/** Nothing to advise about it. */
export const FORM = {
  topic: 'Apple',
  stem: 'When is the bark of an old tree scraped clean?',
  options: [
    '* In the frost of late winter',
    'In the heat of high summer',
    'In the first days of May',
    'In the week of the harvest',
  ].join('\n'),
  reasons: [
    'Pests sleep in it then.',
    'The tree needs it then.',
    'Birds nest in it then.',
    'There is other work then.',
  ].join('\n'),
  source: 'The orchard book',
} satisfies FormValues

export const KEY = 'In the frost of late winter'

/** A team that these people have joined, by an answer on 3 November; nothing more is asked by itself. */
export async function teamOf(people: readonly string[]): Promise<{ bot: Bot; team: Team }> {
  const bot = await startBot({ limits: noLimits })
  const team = await bot.team({ nextPostAt: Date.parse('2100-01-01T08:00Z') })
  await askedOn(bot, team, '2026-11-03', { question: 'apple-store', right: people })
  return { bot, team }
}

export async function writes(bot: Bot, user: string, form: FormValues = FORM): Promise<Person> {
  const person = bot.person(user)
  await person.says('/study write')
  await person.fills(form)
  return person
}

/** Each approves what waits longest. */
export async function approves(bot: Bot, ...users: readonly string[]): Promise<void> {
  for (const user of users) {
    const person = bot.person(user)
    await person.says('/study review')
    if (!labelsOf(person.card).includes('Approve')) throw new Error(`${user} sees: ${person.sees}`)
    await person.presses('Approve')
  }
}

/** The ids of what the team is asked of its own. */
export const askedOf = (bot: Bot, { id, pack }: Team): string[] =>
  bot.deps.questions
    .about({ pack, id }, [])
    .filter(({ origin }) => origin.kind === 'team')
    .map((question) => question.id)

/** Questions of these words, without the form; `approvers` say yes to each. */
export async function stores(
  bot: Bot,
  { id: team, pack }: Team,
  author: string,
  stems: readonly string[],
  approvers: readonly string[] = [],
): Promise<void> {
  const actor = (user: string) => ({ platform: 'test', workspace: 'w1', user, name: user, isLead: false })
  const choices = ['Yes', 'No'].map((text) => ({ text, right: text === 'Yes', why: '' }))
  const asked = (id: string, { content }: TeamQuestion) =>
    questionOf(content, {
      ...{ id, pack },
      origin: { kind: 'team', team, writers: [], checkers: [], isFromNotes: false, source: '' },
    })
  for (const stem of stems) {
    const content = { topics: ['apple'], item: { kind: 'choice', stem, choices }, source: '' } as const
    const made = await bot.store.writeQuestion(actor(author), { team, pack, content, now: bot.deps.clock() })
    if (!made || 'refused' in made) throw new Error(`not written: ${made?.refused}`)
    for (const user of approvers)
      await bot.store.actOnQuestion(
        actor(user),
        made.id,
        { kind: 'approve', version: 1, asked },
        bot.deps.clock(),
      )
  }
  await bot.deps.questions.catchUp()
}
