// @module-tag slow
/** Who left a Discord server, and commands that can be pressed. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { labelsOf, readable } from '../../loopback/discord/people.js'
import type { Posted } from '../../loopback/discord/server.js'
import { until } from '../helpers/until.js'
import { ADA, ANN, answerTo, BEN, type DiscordBot, HOME, STUDY, startDiscordBot } from './discord-bot.js'

let here: DiscordBot
beforeEach(async () => {
  here = await startDiscordBot()
})
afterEach(() => here.stop())

const asked = (user: string) =>
  here.server.calls.filter((call) => call === `GET /guilds/${HOME}/members/${user}`).length

/** A question that Ann and Ben have answered, and that is closed. */
async function answered(): Promise<void> {
  await here.team()
  await here.bot.at('2026-11-02T08:00:00Z').tick()
  const question = here.inChannel()[0] as Posted
  for (const person of [here.ann, here.ben])
    await answerTo(person, () => person.presses(question, labelsOf(question)[0] ?? ''))
  await here.bot.at('2026-11-02T20:30:00Z').tick()
}

function leaves(user: string): void {
  const guild = here.server.place(HOME)
  if (guild) Object.assign(guild, { people: guild.people.filter(({ id }) => id !== user) })
}

const board = async () => readable(await answerTo(here.ben, () => here.ben.types('/leaderboard')))

describe('whoever left the server', () => {
  it('is asked for by REST before a board shows them, once a day, with no further intent', async () => {
    await answered()
    leaves(ANN.id)
    expect(await board()).not.toContain('Ann')
    expect(await board()).toContain('Benny')
    expect([asked(ANN.id), asked(BEN.id)]).toEqual([1, 1])
    await here.bot.at('2026-11-03T21:00:00Z').tick()
    await board()
    expect(asked(BEN.id)).toBe(2)
    expect(here.server.gateway.identifies[0]).toMatchObject({ intents: 1 })
  })

  it('stays while Discord does not say', async () => {
    await answered()
    leaves(ANN.id)
    here.server.faults.push(...Array.from({ length: 20 }, () => ({ call: /members/, status: 500 })))
    expect(await board()).toContain('Ann')
  })

  it('is on the list of an admin as such, and taken out by its menu', async () => {
    await answered()
    leaves(ANN.id)
    const list = await answerTo(here.ada, () => here.ada.types('/team members'))
    expect(readable(list)).toContain('rests, not here any more')
    here.ada.picks(list, [await memberOf(ANN.id)])
    await until(() => readable(list).includes('Take Ann out?') || undefined)
    here.ada.presses(list, 'Take out')
    await until(() => readable(list).includes('Orchard: 1 member') || undefined)
    expect(readable(list)).not.toContain('Ann')
  })
})

describe('whoever can no longer see a private channel', () => {
  it('is not on its board from the next look on, by roles and overwrites as REST has them', async () => {
    await answered()
    const before = asked(ANN.id)
    here.server.hide(STUDY, [BEN.id, ADA.id])
    await until(async () =>
      (await here.discord.chat.isPrivate({ workspace: HOME, channel: STUDY })) ? true : undefined,
    )
    expect(await board()).not.toContain('Ann')
    expect(await board()).toContain('Benny')
    expect(asked(ANN.id) - before).toBe(1)
  })
})

/** As the menu has it. */
async function memberOf(user: string): Promise<string> {
  const found = await here.bot.store.member({ platform: 'discord', workspace: HOME, user })
  return (found?.id ?? 0).toString(36)
}

describe('/help', () => {
  const idOf = (name: string) => here.server.state.commands.find((one) => one.name === name)?.id

  it('has commands to press, by the ids that Discord gave them, and those of admins for admins alone', async () => {
    const help = readable(await answerTo(here.ann, () => here.ann.types('/help')))
    expect(help).toContain(`</study status:${idOf('study')}>`)
    expect(help).toContain(`</quiz:${idOf('quiz')}>`)
    expect(help).not.toContain('</team')
    expect(here.ada.id).toBe(ADA.id)
    const all = readable(await answerTo(here.ada, () => here.ada.types('/help')))
    expect(all).toContain(`</team members:${idOf('team')}>`)
  })

  it('has them also where an earlier process registered them', async () => {
    const again = await startDiscordBot({ server: here.server, bot: here.bot })
    const help = readable(await answerTo(again.ann, () => again.ann.types('/help')))
    expect(help).toContain(`</quiz:${idOf('quiz')}>`)
    await again.stop()
  })
})
