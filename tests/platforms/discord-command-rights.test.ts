/**
 * Who may run the team on Discord: who manages the server, and whom it lets use `/team` under Integrations,
 * for presses and forms as for the command itself.
 */
import { PermissionFlagsBits } from 'discord.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CommandPermission } from '../../loopback/discord/command-permissions.js'
import { createPerson, labelsOf, readable } from '../../loopback/discord/people.js'
import type { Channel, Posted } from '../../loopback/discord/server.js'
import { until } from '../helpers/until.js'
import { ADA, ANN, answerTo, BEN, type DiscordBot, HOME, STUDY, startDiscordBot } from './discord-bot.js'

let here: DiscordBot
let status: Posted
const LEADS = '400000000000000001'
const GUESTS = '400000000000000002'
const EVERYBODY = HOME
const ALL_CHANNELS = String(BigInt(HOME) - 1n)
const asked = () => here.server.calls.filter((call) => call.endsWith('/commands/permissions')).length

beforeEach(async () => {
  here = await startDiscordBot()
  Object.assign(here.server.place(HOME)?.roles ?? {}, { [LEADS]: 0n, [GUESTS]: 0n })
  here.server.changed(HOME)
  await here.team()
  status = await answerTo(here.ada, () => here.ada.types('/team status'))
  here.late.ms += 5 * 60_000 + 1
})
afterEach(() => here.stop())

const role = (id: string, permission = true): CommandPermission => ({ id, type: 1, permission })
const user = (id: string, permission = true): CommandPermission => ({ id, type: 2, permission })
const channel = (id: string, permission = true): CommandPermission => ({ id, type: 3, permission })

/** Presses *Pause* on a card of their own; what they read then. */
async function pauses(of: typeof ANN, roles: readonly string[] = []): Promise<string> {
  const person = createPerson(here.server, { ...of, roles }, HOME, STUDY)
  const card = { ...status, to: of.id }
  const before = person.told().length
  person.pressesId(card, buttonId('Pause'))
  const isDone = () => readable(card) !== readable(status)
  return readable(await until(() => person.told()[before] ?? (isDone() ? card : undefined)))
}

function buttonId(label: string): string {
  const found = JSON.stringify(status.components).match(
    new RegExp(`"custom_id":"([^"]+)"[^{}]*"label":"${label}"|"label":"${label}"[^{}]*"custom_id":"([^"]+)"`),
  )
  const id = found?.[1] ?? found?.[2]
  if (!id) throw new Error(`no button ${label} in ${labelsOf(status).join(', ')}`)
  return id
}

const YES = 'Nothing is posted until'
const NO = '/team needs Manage Server'

describe('a press', () => {
  it.each<
    [
      string,
      typeof ANN,
      readonly string[],
      readonly CommandPermission[],
      readonly CommandPermission[],
      string,
    ]
  >([
    ['of whoever manages the server', ADA, [], [], [], YES],
    ['of a member', ANN, [], [], [], NO],
    ['of a role that may use /team', ANN, [LEADS], [role(LEADS)], [], YES],
    ['of somebody without that role', ANN, [GUESTS], [role(LEADS)], [], NO],
    ['of a person who may use /team', ANN, [], [user(ANN.id)], [], YES],
    ['where everybody may', ANN, [], [role(EVERYBODY)], [], YES],
    ['of a person who may not, though a role may', ANN, [LEADS], [role(LEADS), user(ANN.id, false)], [], NO],
    ['of two roles, of which one may', ANN, [LEADS, GUESTS], [role(LEADS), role(GUESTS, false)], [], YES],
    [
      'of a role that may, where everybody may not',
      ANN,
      [LEADS],
      [role(LEADS), role(EVERYBODY, false)],
      [],
      YES,
    ],
    ['of whoever manages the server, where everybody may not', ADA, [], [role(EVERYBODY, false)], [], NO],
    ['in a channel where it is off', ADA, [], [channel(STUDY, false)], [], NO],
    ['where it is off in all channels', ADA, [], [channel(ALL_CHANNELS, false)], [], NO],
    ['where it is on in this channel only', ADA, [], [channel(ALL_CHANNELS, false), channel(STUDY)], [], YES],
    ['of a role that may use the app, which grants no command', ANN, [LEADS], [], [role(LEADS)], NO],
    ['of whoever manages the server, but may not use the app', ADA, [], [], [user(ADA.id, false)], NO],
    ['of a role that may use /team, but not the app', ANN, [LEADS], [role(LEADS)], [role(LEADS, false)], YES],
    [
      'where the app is off in this channel, and /team is not',
      ADA,
      [],
      [channel(STUDY)],
      [channel(STUDY, false)],
      YES,
    ],
    ['where the app is off in this channel', ADA, [], [], [channel(STUDY, false)], NO],
  ])('%s', async (_who, who, roles, ofCommand, ofApp, words) => {
    if (ofCommand.length > 0) here.server.override(HOME, 'team', ofCommand)
    if (ofApp.length > 0) here.server.override(HOME, '', ofApp)
    expect(await pauses(who, roles)).toContain(words)
  })

  it('of an administrator counts, whatever is set', async () => {
    const guild = here.server.place(HOME)
    if (guild) guild.roles[LEADS] = PermissionFlagsBits.Administrator
    here.server.override(HOME, 'team', [role(EVERYBODY, false), channel(ALL_CHANNELS, false)])
    expect(await pauses(ANN, [LEADS])).toContain(YES)
  })

  it('in a thread is held to what is set for the channel that it hangs on', async () => {
    const thread: Channel = {
      ...{ id: '200000000000000077', name: 'talk', denied: 0n, only: undefined },
      thread: { parent: STUDY, added: undefined },
    }
    here.server.place(HOME)?.channels.push(thread)
    here.server.override(HOME, 'team', [channel(STUDY, false)])
    status = { ...status, channel: thread.id }
    expect(await pauses(ADA)).toContain(NO)
  })

  it('asks Discord once in five minutes', async () => {
    const before = asked()
    await pauses(ANN)
    await pauses(BEN)
    expect(asked()).toBe(before + 1)
    here.server.override(HOME, 'team', [user(BEN.id)])
    expect(await pauses(BEN)).toContain(NO)
    here.late.ms += 5 * 60_000 + 1
    expect(await pauses(BEN)).toContain(YES)
  })

  it.each([{ status: 500 }, { status: 403, code: 50001 }])(
    'is held to the default where Discord does not say: %j',
    async (fault) => {
      const call = /commands\/permissions$/
      here.server.faults.push({ call, ...fault }, { call, ...fault }, { call, ...fault }, { call, ...fault })
      expect(await pauses(ANN)).toContain(NO)
      expect(await pauses(ADA)).toContain(YES)
    },
  )
})

describe('whoever may use /team by an override', () => {
  it('sets the team up from the command to the last press', async () => {
    here.server.override(HOME, 'team', [role(LEADS)])
    const lead = createPerson(here.server, { ...BEN, roles: [LEADS] }, HOME, STUDY)
    lead.types('/team setup')
    const form = await until(() => lead.modals()[0])
    const between = await answerTo(lead, () => lead.submits(form, {}))
    lead.presses(between, 'Save')
    await until(() => readable(between).includes('is set up') || undefined)
  })

  it('finds the buttons of the team in its status', async () => {
    here.server.override(HOME, 'team', [user(BEN.id)])
    expect(labelsOf(await answerTo(here.ben, () => here.ben.types('/team status')))).toContain('Pause')
    expect(() => here.ann.types('/team status')).toThrow('does not see /team')
  })

  it('is not who Discord does not let use it', () => {
    here.server.override(HOME, 'team', [user(ADA.id, false)])
    expect(() => here.ada.types('/team pause')).toThrow('does not see /team')
  })
})
