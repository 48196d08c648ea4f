// @module-tag longer
/** What belongs to a channel is for those who may see it: to everybody else it is as if it were not there. */
import { describe, expect, it } from 'vitest'
import { actions } from '../../src/bot/actions/index.js'
import type { Caller, Reply, Request } from '../../src/bot/ports/chat.js'
import { noLimits } from '../../src/bot/request-limits.js'
import { type Card, plainCard } from '../../src/bot/ui/card.js'
import type { Round } from '../../src/core/model.js'
import { type Bot, buttonsOf, startBot } from '../helpers/bot.js'
import { IS_LONG } from '../helpers/long.js'
import { madeUpId } from '../helpers/made-up-id.js'
import { teamById, teamsOf } from '../helpers/rounds.js'

const BACK = 'back-room'
const NO_ROUND = 999
const ann: Caller = {
  platform: 'test',
  workspace: 'w1',
  channel: BACK,
  user: 'ann',
  name: 'Ann',
  isAdmin: async () => false,
}
const eve: Caller = { ...ann, user: 'eve', name: 'Eve' }
const inPrivate = (caller: Caller): Caller => ({ ...caller, channel: '' })
const elsewhere = (caller: Caller): Caller => ({ ...caller, channel: 'study' })

/** A private channel, which Ann and Ada see and Eve does not, with a team called Owls whose round is open. */
async function withPrivateRound(): Promise<{ bot: Bot; round: Round }> {
  const bot = await startBot({ limits: noLimits })
  bot.chat.hidden.set(BACK, ['ann', 'ada'])
  const team = await bot.team({ channel: BACK, name: 'Owls', topics: ['apple'] })
  await bot.at('2026-11-02T08:00:00Z').tick()
  const round = await bot.store.latestRound(team.id)
  if (round?.state !== 'posted') throw new Error('no round is open')
  return { bot, round }
}

/** All that made-up ids can be sent as; in the short form as presses, and one way more each. */
function requests(name: string, round: number, caller: Caller): Request[] {
  const words = [round, 0, 'c14', 'A']
  const ids = [0, 1, 2, 3, 4].map((count) => madeUpId(name, ...words.slice(0, count)))
  return ids.flatMap((id, i) => {
    const others: Request[] = [
      { kind: 'select', caller, id, values: ['A'] },
      { kind: 'select', caller, id, values: ['0'] },
      { kind: 'submit', caller, id, values: { p0: 'A' } },
    ]
    return [{ kind: 'press', caller, id }, ...(IS_LONG ? others : others.slice(i % 3, (i % 3) + 1))]
  })
}

async function replies(bot: Bot, round: number, caller: Caller): Promise<string[]> {
  const all: string[] = []
  for (const { name } of actions) {
    for (const request of requests(name, round, caller)) {
      const { reference: _none, ...reply } = await bot.app.run(request)
      all.push(`${name} ${JSON.stringify(reply)}`)
    }
  }
  return all
}

const cardOf = (reply: Reply): Card =>
  reply.kind === 'card' ? reply.card : { blocks: reply.form.intro ?? [] }
const press = async (bot: Bot, caller: Caller, ...id: Parameters<typeof madeUpId>) =>
  plainCard(cardOf(await bot.app.run({ kind: 'press', caller, id: madeUpId(...id) })))
const says = async (bot: Bot, caller: Caller, line: string) => {
  const [name = '', ...rest] = line.split(' ')
  return plainCard(cardOf(await bot.app.run({ kind: 'command', caller, name, input: rest.join(' ') })))
}

describe('a round of a private channel', () => {
  const likeNone = async (caller: Caller) => {
    const { bot, round } = await withPrivateRound()
    expect(await replies(bot, round.id, caller)).toEqual(await replies(bot, NO_ROUND, caller))
    await bot.at('2026-11-02T20:00:00Z').tick()
    expect((await bot.store.round(round.id))?.state).toBe('closed')
    expect(await replies(bot, round.id, caller)).toEqual(await replies(bot, NO_ROUND, caller))
    expect(await bot.store.memberCount(round.team.id)).toBe(0)
    expect(await bot.store.teamsJoined(caller)).toEqual([])
  }

  it('answers like one that is not there, open and closed: in another channel', { tags: ['slow'] }, () =>
    likeNone(elsewhere(eve)),
  )

  it.each([
    ['in a direct message', inPrivate(eve)],
    ['in another workspace, in a channel of the same name', { ...eve, workspace: 'w2' }],
    ['on another platform, in a channel of the same name', { ...eve, platform: 'other' }],
  ])('answers like one that is not there, open and closed: %s', { tags: ['slow'] }, (_where, caller) =>
    likeNone(caller),
  )

  it('is shown again while it is open, and revealed again once it is closed, to who sees the channel', async () => {
    const { bot, round } = await withPrivateRound()
    expect(await press(bot, ann, 'round', round.id)).toContain('Question of the day')
    expect(await press(bot, ann, 'reveal', round.id)).toContain('no longer works')
    await bot.at('2026-11-02T20:00:00Z').tick()
    expect(await press(bot, ann, 'reveal', round.id)).toBe(plainCard(bot.last(BACK)))
    expect(await press(bot, inPrivate(ann), 'reveal', round.id)).toBe(plainCard(bot.last(BACK)))
  })

  it('is read and answered in a direct message by who sees the channel, once', async () => {
    const { bot, round } = await withPrivateRound()
    const item = await press(bot, inPrivate(ann), 'ask', round.id, 0)
    expect(item).toContain('Question of the day')
    expect(await press(bot, inPrivate(ann), 'pick', round.id, 0, 'c14', 'A')).toMatch(/Right|Not this time/)
    expect(await press(bot, ann, 'pick', round.id, 0, 'c14', 'B')).toContain('answered')
    expect(await bot.store.attempts(ann)).toMatchObject([{ answer: 'A', team: round.team.id }])
  })

  it('is neither told nor answered in another channel, also for who sees both', {
    tags: ['slow'],
  }, async () => {
    const { bot, round } = await withPrivateRound()
    expect(await press(bot, elsewhere(ann), 'pick', round.id, 0, 'c14', 'A')).toContain('in its own channel')
    // Ids of what members write name teams by number, and Ann is told of hers.
    const ofRounds = (all: readonly string[]) => all.filter((one) => !one.startsWith('authoring.'))
    const [told, nothing] = [
      await replies(bot, round.id, elsewhere(ann)),
      await replies(bot, NO_ROUND, elsewhere(ann)),
    ]
    expect(ofRounds(told)).toEqual(ofRounds(nothing))
    expect(await bot.store.attempts(ann)).toEqual([])
  })

  it('is closed to a member who has left the channel, with what they answered', {
    tags: ['slow'],
  }, async () => {
    const { bot, round } = await withPrivateRound()
    await press(bot, ann, 'pick', round.id, 0, 'c14', 'A')
    expect(await press(bot, inPrivate(ann), 'why', round.id, 0)).toContain('A')
    bot.chat.hidden.set(BACK, ['ada'])
    const gone = inPrivate(ann)
    expect(await replies(bot, round.id, gone)).toEqual(await replies(bot, NO_ROUND, gone))
  })

  it('is closed outside its channel while the platform does not say who sees it', {
    tags: ['slow'],
  }, async () => {
    const { bot, round } = await withPrivateRound()
    bot.chat.isSilent = true
    const outside = inPrivate(ann)
    expect(await replies(bot, round.id, outside)).toEqual(await replies(bot, NO_ROUND, outside))
    expect(await press(bot, ann, 'pick', round.id, 0, 'c14', 'A')).toMatch(/Right|Not this time/)
  })

  it('costs no question to the platform in its own channel', { tags: ['slow'] }, async () => {
    const { bot, round } = await withPrivateRound()
    await replies(bot, round.id, ann)
    expect(bot.chat.asked).toEqual([])
    expect(await bot.store.attempts(ann)).toHaveLength(1)
  })
})

describe('a round of a public channel', () => {
  it('is answered in a direct message by every member of the workspace, and in no other channel', async () => {
    const bot = await startBot()
    const team = await bot.team({ topics: ['apple'] })
    await bot.at('2026-11-02T08:00:00Z').tick()
    const id = (await bot.store.latestRound(team.id))?.id ?? 0
    expect(await press(bot, { ...eve, channel: 'other' }, 'pick', id, 0, 'c14', 'A')).toContain(
      'no longer works',
    )
    expect(await press(bot, inPrivate(eve), 'pick', id, 0, 'c14', 'A')).toMatch(/Right|Not this time/)
  })
})

describe('outside the channel of a team', () => {
  /** Ann has joined Owls, in the private channel. */
  async function joined(): Promise<Bot> {
    const { bot, round } = await withPrivateRound()
    await press(bot, ann, 'pick', round.id, 0, 'c14', 'A')
    return bot
  }
  const speaks: readonly (readonly [string, (bot: Bot, caller: Caller) => Promise<string>])[] = [
    ['the Home page', async (bot, caller) => plainCard((await bot.app.home(caller)).card)],
    ['/leaderboard', (bot, caller) => says(bot, caller, 'leaderboard')],
    ['/leaderboard teams', (bot, caller) => says(bot, caller, 'leaderboard teams')],
    ['a button of a board', (bot, caller) => press(bot, caller, 'board', 'season', 'members', 0)],
    ['a button of a board of teams', (bot, caller) => press(bot, caller, 'board', 'season', 'teams', 0)],
  ]

  it.each(speaks)(
    '%s shows the team to a member, until they may no longer see the channel',
    async (_what, act) => {
      const bot = await joined()
      expect(await act(bot, inPrivate(ann))).toContain('Owls')
      bot.chat.hidden.set(BACK, ['ada'])
      expect(await act(bot, inPrivate(ann))).not.toMatch(/Owls|Ann/)
      bot.chat.hidden.set(BACK, ['ann'])
      bot.chat.isSilent = true
      expect(await act(bot, inPrivate(ann))).not.toMatch(/Owls|Ann/)
    },
  )

  it('the team that a member no longer sees gives way to the next one', async () => {
    const bot = await joined()
    const other = await bot.team({ channel: 'study', name: 'Larks', topics: ['apple'], minute: 9 * 60 })
    await bot.at('2026-11-02T09:00:00Z').tick()
    await press(bot, elsewhere(ann), 'pick', (await bot.store.latestRound(other.id))?.id ?? 0, 0, 'c14', 'A')
    expect(await says(bot, inPrivate(ann), 'leaderboard')).toContain('Owls')
    bot.chat.hidden.set(BACK, [])
    expect(await says(bot, inPrivate(ann), 'leaderboard')).toContain('Larks')
    expect(await says(bot, inPrivate(ann), 'stats')).toContain('Streak')
  })

  it('status is told in the channel alone', async () => {
    const bot = await joined()
    const lead = { ...ann, isAdmin: async () => true }
    expect(await says(bot, lead, 'team status')).toContain('Members')
    for (const caller of [inPrivate(lead), elsewhere(lead)])
      expect(await says(bot, caller, 'team status')).not.toContain('Members')
    // Where they study is named to those who see that channel.
    expect(await says(bot, elsewhere(lead), 'team status')).toContain('Owls studies in')
    bot.chat.hidden.set(BACK, ['ada'])
    expect(await says(bot, elsewhere(lead), 'team status')).not.toContain('Owls')
  })

  it('no channel is shown the board of a team of a private one', async () => {
    const bot = await joined()
    for (const caller of [inPrivate(ann), elsewhere(ann)]) {
      const reply = await bot.app.run({
        kind: 'press',
        caller,
        id: madeUpId('showboard', 'season', 'members'),
      })
      expect(reply).toMatchObject({ kind: 'card', to: 'caller' })
      expect(plainCard(cardOf(reply))).toContain('private channel')
    }
    const own = await bot.app.run({
      kind: 'press',
      caller: ann,
      id: madeUpId('showboard', 'season', 'members'),
    })
    expect(own).toMatchObject({ kind: 'card', to: 'channel' })
    expect(plainCard(cardOf(own))).toContain('Owls')
  })
})

describe('a board of teams', () => {
  /** Owls and Bats are in private channels, Larks in a public one. */
  async function threeTeams(): Promise<Bot> {
    const bot = await startBot()
    bot.chat.hidden.set(BACK, ['ann'])
    bot.chat.hidden.set('attic', ['eve'])
    await bot.team({ channel: BACK, name: 'Owls' })
    await bot.team({ channel: 'attic', name: 'Bats' })
    await bot.team({ channel: 'study', name: 'Larks' })
    return bot
  }
  const named = (text: string) => ['Owls', 'Bats', 'Larks'].filter((name) => text.includes(name))

  it('names the teams whose channel the asker sees', async () => {
    const bot = await threeTeams()
    expect(named(await says(bot, ann, 'leaderboard teams'))).toEqual(['Owls', 'Larks'])
    expect(named(await says(bot, elsewhere(ann), 'leaderboard teams'))).toEqual(['Owls', 'Larks'])
    expect(named(await says(bot, elsewhere(eve), 'leaderboard teams'))).toEqual(['Bats', 'Larks'])
    const ben = { ...elsewhere(ann), user: 'ben', name: 'Ben' }
    expect(named(await says(bot, ben, 'leaderboard teams'))).toEqual(['Larks'])
  })

  it('that a channel is shown names its own team and those of public channels, whoever shows it', async () => {
    const bot = await threeTeams()
    const shown = async (caller: Caller) => named(await press(bot, caller, 'showboard', 'season', 'teams'))
    expect(await shown(ann)).toEqual(['Owls', 'Larks'])
    expect(await shown(elsewhere(ann))).toEqual(['Larks'])
  })

  it('counts ranks among the teams that it names', async () => {
    const bot = await threeTeams()
    expect(await says(bot, elsewhere(eve), 'leaderboard teams')).toMatch(/1\. Bats[\s\S]*1\. Larks/)
  })

  it('names the own team alone while the platform says nothing', async () => {
    const bot = await threeTeams()
    bot.chat.isSilent = true
    expect(named(await says(bot, ann, 'leaderboard teams'))).toEqual(['Owls'])
    expect(named(await press(bot, ann, 'showboard', 'season', 'teams'))).toEqual(['Owls'])
  })
})

describe('the channel of a setup', () => {
  const form = {
    name: 'X',
    time: '09:00',
    zone: 'UTC',
    days: ['1'],
    count: '1',
    open: '24',
    pack: 'orchard',
    topics: [],
  }
  const ada: Caller = { ...elsewhere(ann), user: 'ada', name: 'Ada', isAdmin: async () => true }
  const set = async (bot: Bot, caller: Caller, channel: string) =>
    bot.app.run({ kind: 'submit', caller, id: 'setup', values: { ...form, channel } })
  const teams = (bot: Bot) => teamsOf(bot.store, ada)

  it('has to be one that the admin sees, and is looked at before anything is saved or posted', async () => {
    const bot = await startBot()
    bot.chat.hidden.set(BACK, ['ann'])
    const refused = await set(bot, ada, BACK)
    expect(refused).toMatchObject({
      wrong: { field: 'channel', message: expect.stringContaining('no such channel') },
    })
    expect([await teams(bot), bot.chat.posted]).toEqual([[], []])
    bot.chat.hidden.set(BACK, ['ada'])
    expect(plainCard(cardOf(await set(bot, ada, BACK)))).toContain('is set up')
  })

  it('cannot change the team of a private channel that the admin does not see', async () => {
    const { bot, round } = await withPrivateRound()
    bot.chat.hidden.set(BACK, ['ann'])
    await set(bot, ada, BACK)
    expect((await teamById(bot.store, round.team.id))?.name).toBe('Owls')
  })

  it('is not taken on trust while the platform says nothing: that is told, and nothing is saved', async () => {
    const bot = await startBot()
    bot.chat.isSilent = true
    for (const channel of [BACK, ada.channel]) {
      const told = await set(bot, ada, channel)
      expect(told).toMatchObject({
        wrong: { field: 'channel', message: expect.stringContaining('nothing was saved') },
      })
    }
    expect([await teams(bot), bot.chat.posted]).toEqual([[], []])
  })

  it('is needed, where the admin is in none', async () => {
    const bot = await startBot()
    expect(await set(bot, inPrivate(ada), '')).toMatchObject({ wrong: { field: 'channel' } })
    expect(await teams(bot)).toEqual([])
  })
})

describe('buttons under a question', () => {
  it('work in the channel where it was posted', async () => {
    const { bot } = await withPrivateRound()
    const id = buttonsOf(bot.last(BACK)).find((b) => b.label === 'A')?.id ?? ''
    const reply = await bot.app.run({ kind: 'press', caller: ann, id })
    expect(plainCard(cardOf(reply))).toMatch(/Right|Not this time/)
  })
})
