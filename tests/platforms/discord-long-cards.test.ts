/** Cards that are too long for one message of Discord: *More* shows the rest, or it follows at once. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { labelsOf, readable } from '../../loopback/discord/people.js'
import { guild, startDiscord } from '../../loopback/discord/server.js'
import type { Team } from '../../src/core/model.js'
import { until } from '../helpers/until.js'
import { ADA, answerTo, type DiscordBot, HOME, STUDY, startDiscordBot } from './discord-bot.js'

const CHANNELS = Array.from({ length: 24 }, (_, i) => `2000000000000001${String(i).padStart(2, '0')}`)

let here: DiscordBot
let team: Team
beforeAll(async () => {
  const server = await startDiscord([guild(HOME, 'Orchard', [{ ...ADA }], [STUDY, ...CHANNELS])])
  here = await startDiscordBot({ server })
  await here.discord.start()
  team = await here.team({ topics: [] })
})
afterAll(async () => {
  await here.stop()
  here.server.stop()
})

const long = (word: string, length: number) =>
  `${word} `.repeat(Math.floor(length / (word.length + 1))).trim()

async function writesLong(): Promise<void> {
  const { store, clock } = here.bot.deps
  const who = { platform: 'discord', workspace: HOME, user: ADA.id, name: 'Ada', isLead: true }
  const choices = [...'ABCDEFGH'].map((letter) => ({
    ...{ text: long(`option${letter}`, 240), right: letter === 'A' },
    why: long(`reason${letter}`, 320),
  }))
  const content = {
    topics: ['apple'],
    item: { kind: 'choice', stem: long('stem', 900), choices },
    source: '',
  } as const
  const made = await store.writeQuestion(who, { team: team.id, pack: team.pack, content, now: clock() })
  if (!made || 'refused' in made) throw new Error(`not written: ${made?.refused}`)
}

it.each(['/study questions', '/team questions'])(
  'a question that was picked from the menu of %s shows its last reason behind More',
  async (command) => {
    if ((await here.bot.store.waitingQuestions(team.id)) === 0) await writesLong()
    const { ada } = here
    const shown = await answerTo(ada, () => ada.types(command))
    ada.picks(shown, ['1'])
    await until(() => labelsOf(shown).includes('More'))
    expect(readable(shown)).not.toContain('reasonH')
    for (let page = 2; labelsOf(shown).includes('More'); page++) {
      ada.presses(shown, 'More')
      await until(() => readable(shown).includes(`(${page})`))
    }
    expect(readable(shown)).toContain('reasonH')
    expect(labelsOf(shown)).toContain('Back')
  },
)

it('a list of many teams follows in as many messages as it takes', async () => {
  for (const [i, channel] of CHANNELS.entries())
    await here.team({
      channel,
      zone: 'America/Argentina/ComodRivadavia',
      name: `Team ${i} ${'*'.repeat(50)}`,
    })
  const { ada } = here
  const before = ada.told().length
  ada.types('/team move')
  await until(() => ada.told().length >= before + 2)
  const shown = ada.told().slice(before).map(readable).join('\n')
  expect(shown).not.toContain('The rest does not fit')
  for (const i of CHANNELS.keys()) expect(shown).toContain(`Team ${i} `)
})
