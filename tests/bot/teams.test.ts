/**
 * A team is its id: it moves with all it has, nobody's channel is taken in silence, and none is out of reach.
 */
import { beforeEach, describe, expect, it } from 'vitest'
import type { Caller, FormValues } from '../../src/bot/ports/chat.js'
import { plainCard } from '../../src/bot/ui/card.js'
import { valuesOf } from '../../src/bot/ui/form.js'
import type { Team } from '../../src/core/model.js'
import { type Bot, labelsOf, type Person, selectsOf, startBot } from '../helpers/bot.js'
import { teamsOf } from '../helpers/rounds.js'

const PLACE = { platform: 'test', workspace: 'w1' }
let bot: Bot
let owls: Team
const ada = (channel = 'study') => bot.person('ada', { channel })
const ann = (channel = 'study') => bot.person('ann', { channel })
const teamIn = (channel: string) => bot.store.teamIn({ ...PLACE, channel })
const teams = () => teamsOf(bot.store, PLACE)

beforeEach(async () => {
  bot = await startBot()
  owls = await bot.team({ name: 'Owls', topics: ['apple'] })
})

/** The form as it is open, sent with other values. */
const sends = (who: Person, values: FormValues) => who.fills({ ...valuesOf(who.form), ...values })

async function answeredRound(): Promise<void> {
  await bot.at('2026-11-02T08:00:00Z').tick()
  await ann().presses('A', bot.last())
}

async function pointsOf(team: number): Promise<number> {
  const query = { team, period: 'all', user: undefined, limit: 9, offset: 0 } as const
  return (await bot.store.board(query)).rows.reduce((sum, row) => sum + row.points, 0)
}

describe('the setup of a team', () => {
  it('moves it when another channel is picked, with its points, streak and season', async () => {
    await answeredRound()
    await bot.at('2026-11-02T20:00:00Z').tick()
    const points = await pointsOf(owls.id)
    expect(points).toBeGreaterThan(0)
    const who = ada()
    await who.says('/team setup')
    expect(plainCard({ blocks: who.form.intro ?? [] })).toContain('The setup of Owls')
    await sends(who, { channel: 'lab' })
    expect(who.sees).toContain('Points, streaks and the season moved with it')
    expect((await teams()).map(({ id, channel }) => [id, channel])).toEqual([[owls.id, 'lab']])
    expect(await pointsOf(owls.id)).toBe(points)
    expect(plainCard(await ann('lab').says('/leaderboard'))).toContain('Ann')
    expect(plainCard(bot.last('lab'))).toContain('Owls studies here now')
    await bot.at('2026-11-03T08:00:00Z').tick()
    expect(bot.last('lab').title).toBe('Question of the day')
    expect(await bot.store.streak({ ...PLACE, user: 'ann' }, owls.id, '2026-11-03')).toMatchObject({
      days: 1,
    })
  })

  it('says in the new channel that it is there, once, however often the platform is busy', async () => {
    const who = ada()
    await who.says('/team setup')
    bot.chat.fail('post', 'busy', 'lost')
    await sends(who, { channel: 'lab' })
    expect(who.sees).not.toContain('Cohort cannot post')
    const now = bot.deps.clock()
    for (const minutes of [1, 10, 20]) await bot.at(new Date(now + minutes * 60_000).toISOString()).tick()
    const there = bot.chat.posted.filter(({ place }) => place.channel === 'lab')
    expect(there.map(({ card }) => card.title)).toEqual(['Owls studies here now'])
  })

  it('leaves the open round where it is: it is answered and revealed there', async () => {
    await bot.at('2026-11-02T08:00:00Z').tick()
    const question = bot.last('study')
    const who = ada()
    await who.says('/team setup')
    await sends(who, { channel: 'lab' })
    expect(who.sees).toContain('The question of Monday 2 November stays in #study')
    expect(plainCard(await ann().presses('A', question))).toMatch(/Right|Not this time/)
    await bot.at('2026-11-02T20:00:00Z').tick()
    expect(bot.last('study').title).toContain('2 November')
    expect(bot.channel('lab')).toHaveLength(1)
  })

  it('takes a round along that is due and not out', async () => {
    bot.chat.fail('post', 'down')
    await bot.at('2026-11-02T08:00:00Z').tick()
    const who = ada()
    await who.says('/team setup')
    await sends(who, { channel: 'lab' })
    await bot.at('2026-11-02T08:05:00Z').tick()
    expect(bot.last('lab').title).toBe('Question of the day')
    expect(bot.channel('study')).toEqual([])
  })

  it('keeps what another admin has changed meanwhile, the channel too', async () => {
    const [first, second] = [ada(), bot.person('ada')]
    await first.says('/team setup')
    await second.says('/team setup')
    await sends(first, { channel: 'lab' })
    await sends(second, { name: 'Night owls' })
    const [team] = await teams()
    // This chat keeps no drafts between the two, so the later form says where the team is.
    expect(team).toMatchObject({ id: owls.id, name: 'Night owls' })
    expect(await teams()).toHaveLength(1)
  })
})

describe('a channel where another team is', () => {
  let larks: Team
  beforeEach(async () => {
    larks = await bot.team({ name: 'Larks', channel: 'lab', minute: 9 * 60 })
  })

  const wants = async (values: FormValues = {}) => {
    const who = ada()
    await who.says('/team setup')
    await sends(who, { channel: 'lab', name: 'Night owls', ...values })
    return who
  }

  it('is asked for before anything is done', async () => {
    const before = await teams()
    const who = await wants()
    expect(who.sees).toContain('Larks studies there')
    expect(labelsOf(who.card)).toEqual(['Choose another channel', 'Take the channel'])
    expect(await teams()).toEqual(before)
    await who.presses('Choose another channel')
    expect(valuesOf(who.form)).toMatchObject({ name: 'Night owls', channel: 'lab' })
    await sends(who, { channel: 'third' })
    expect(await teamIn('third')).toMatchObject({ id: owls.id, name: 'Night owls' })
    expect(await teamIn('lab')).toEqual(larks)
  })

  it('is taken with a yes, and its team waits until it is moved', async () => {
    const who = await wants()
    await who.presses('Take the channel')
    expect(await teamIn('lab')).toMatchObject({ id: owls.id, name: 'Night owls' })
    const waiting = (await teams()).find(({ id }) => id === larks.id)
    expect(waiting).toMatchObject({ name: 'Larks', paused: true, nextPostAt: undefined })
    expect(plainCard(await ada().says('/team list'))).toMatch(/Larks: its channel is gone/)
    await bot.at('2026-11-02T09:00:00Z').tick()
    expect(bot.channel('lab').filter(({ title }) => title === 'Question of the day')).toHaveLength(1)
    const mover = ada('third')
    await mover.says('/team move Larks')
    await mover.presses('Move it here')
    expect(await teamIn('third')).toMatchObject({ id: larks.id, paused: false, minute: 9 * 60 })
    await bot.at('2026-11-03T09:00:00Z').tick()
    expect(bot.last('third').title).toBe('Question of the day')
  })

  it('is asked for by a new team too, and by the form of version 0.2', async () => {
    const who = ada('empty')
    await who.says('/team setup')
    await who.presses('Set up a new team')
    const values = { ...valuesOf(who.form), channel: 'lab' }
    await who.fills(values)
    expect(who.sees).toContain('Larks studies there')
    const old: Caller = { ...PLACE, channel: 'empty', user: 'ada', name: 'Ada', isAdmin: async () => true }
    const reply = await bot.app.run({ kind: 'submit', caller: old, id: 'setup', values })
    expect(reply).toMatchObject({ kind: 'card', card: { title: 'Larks studies there' } })
    expect(await teams()).toHaveLength(2)
  })

  it('is asked for again when yet another team has come since', async () => {
    const who = await wants()
    const question = who.card
    await bot.store.moveTeam({ ...PLACE, id: larks.id, channel: 'third', admin: 'ada', nextPostAt: 1 })
    const bats = await bot.team({ name: 'Bats', channel: 'lab' })
    await who.presses('Take the channel', question)
    expect(who.sees).toContain('Bats studies there')
    expect(await teamIn('lab')).toMatchObject({ id: bats.id })
  })

  it('goes to one of two teams that are moved there at the same moment', async () => {
    const bats = await bot.team({ name: 'Bats', channel: 'third' })
    const to = { ...PLACE, channel: 'fourth', admin: 'ada', nextPostAt: 1 }
    const [one, other] = await Promise.all([
      bot.store.moveTeam({ ...to, id: owls.id }),
      bot.store.moveTeam({ ...to, id: bats.id }),
    ])
    expect([one, other].filter((saved) => saved === 'taken')).toHaveLength(1)
    expect((await teams()).map(({ channel }) => channel).sort()).toHaveLength(3)
  })

  it('cannot be taken by who is no admin', async () => {
    const who = await wants()
    const [, take] = who.card.blocks.flatMap((b) => (b.kind === 'buttons' ? b.buttons : []))
    const reply = await ann().request({ kind: 'press', id: take?.id ?? '' })
    expect(JSON.stringify(reply)).toContain('for admins')
    expect(await teamIn('lab')).toEqual(larks)
  })
})

describe('/team setup in a channel without a team', () => {
  it('opens at once where there is none at all', async () => {
    await bot.store.removeTeam(PLACE, owls.id)
    const who = ada('new')
    await who.says('/team setup')
    expect(plainCard({ blocks: who.form.intro ?? [] })).toContain('A new team')
  })

  it('asks first whether one moves or a new one starts', async () => {
    const who = ada('new')
    await who.says('/team setup')
    expect(who.sees).toContain('A new team, or one that moves here?')
    expect(who.sees).toContain('Owls: #study, 08:00')
    await who.picks([String(owls.id)])
    expect(who.sees).toContain('Move Owls to this channel?')
    expect(await teamIn('study')).toBeDefined()
    await who.presses('Move it here')
    expect(await teamIn('new')).toMatchObject({ id: owls.id })
    expect(await teams()).toHaveLength(1)
  })

  it('starts a new one beside the others', async () => {
    const who = ada('new')
    await who.says('/team setup')
    await who.presses('Set up a new team')
    await sends(who, { name: 'Larks' })
    expect(who.sees).toContain('Larks is set up')
    expect((await teams()).map(({ name }) => name)).toEqual(['Owls', 'Larks'])
  })
})

describe('a deleted channel', () => {
  const PLACED = { ...PLACE, channel: 'study' }

  it('leaves a team that goes on where it is moved, as the bot advises', async () => {
    await answeredRound()
    await bot.at('2026-11-02T20:00:00Z').tick()
    const points = await pointsOf(owls.id)
    await bot.app.channelGone(PLACED)
    expect(plainCard(bot.chat.told.at(-1)?.card ?? { blocks: [] })).toContain('/team move')
    expect(plainCard(await ada('new').says('/team list'))).toMatch(/Owls: its channel is gone.*1 member/)
    const who = ada('new')
    await who.says('/team setup')
    await who.picks([String(owls.id)])
    await who.presses('Move it here')
    expect(await teamIn('new')).toMatchObject({ id: owls.id, paused: false })
    expect(await pointsOf(owls.id)).toBe(points)
    await bot.at('2026-11-03T08:00:00Z').tick()
    expect(bot.last('new').title).toBe('Question of the day')
  })

  it('does not wake a team that an admin paused before', async () => {
    await ada().says('/team pause')
    await bot.app.channelGone(PLACED)
    const who = ada('new')
    await who.says('/team move Owls')
    await who.presses('Move it here')
    expect(await teamIn('new')).toMatchObject({ id: owls.id, paused: true, nextPostAt: undefined })
  })
})

describe('/team list', () => {
  it('names every team that the admin may see, and of the others only how many', async () => {
    await bot.team({ name: 'Larks', channel: 'lab', minute: 9 * 60 + 30, days: [1, 2, 3, 4, 5] })
    await bot.team({ name: 'Hidden folk', channel: 'back' })
    bot.chat.hidden.set('back', ['ann'])
    await answeredRound()
    await bot.person('cem').presses('A', bot.last())
    await bot.store.leaveTeam({ ...PLACE, user: 'cem' }, owls.id)
    await ada('lab').says('/team pause')
    const list = plainCard(await ada('study').says('/team list'))
    expect(list).toContain('Owls: #study, 08:00, every day (UTC), 1 member')
    expect(list).toContain('Larks: #lab, 09:30, Monday to Friday (UTC), 0 members, paused')
    expect(list).toContain('1 more team in channels that you do not see.')
    expect(list).not.toMatch(/Hidden|back/)
  })

  it.each(['move', 'remove'])('gives nobody a hidden team to %s', async (what) => {
    const hidden = await bot.team({ name: 'Hidden folk', channel: 'back' })
    bot.chat.hidden.set('back', ['ann'])
    const who = ada('new')
    expect(plainCard(await who.says(`/team ${what} Hidden folk`))).toContain('There is no team "Hidden folk"')
    for (const id of [`team.move~${hidden.id.toString(36)}~0`, `team.remove~${hidden.id.toString(36)}`])
      expect(JSON.stringify(await who.request({ kind: 'press', id }))).toContain('no longer there')
    expect(await teamIn('back')).toEqual(hidden)
  })

  it('and /team status say where a round is open that stayed behind, with a link to it', async () => {
    await answeredRound()
    const who = ada('lab')
    await who.says('/team move Owls')
    await who.presses('Move it here')
    const message = bot.chat.posted.find(({ place }) => place.channel === 'study')?.id
    const links = () => JSON.stringify(who.card).match(/"link":"[^"]*"/g)
    for (const line of ['/team list', '/team status']) {
      await who.says(line)
      expect(who.sees).toMatch(
        /question of Monday 2 November is open in #study \(go there\) until Mon 2 Nov, 20:00/,
      )
      expect(links()).toEqual([`"link":"https://chat.test/study/${message}"`])
    }
    bot.chat.hidden.set('study', ['ann'])
    for (const line of ['/team list', '/team status']) {
      await who.says(line)
      expect(who.sees).toContain('is open in a channel that you do not see until Mon 2 Nov, 20:00')
      expect([who.sees.includes('#study'), links()]).toEqual([false, null])
    }
    await bot.at('2026-11-02T20:00:00Z').tick()
    for (const line of ['/team list', '/team status'])
      expect(plainCard(await who.says(line))).not.toContain('is open')
  })

  it('is of one workspace', async () => {
    await bot.team({ name: 'Strangers', workspace: 'w2' })
    expect(plainCard(await ada().says('/team list'))).not.toContain('Strangers')
  })

  it('and its siblings are for admins, every press too', async () => {
    for (const line of ['/team list', '/team move', '/team remove'])
      expect(plainCard(await ann('new').says(line))).toContain('for admins')
    const id = owls.id.toString(36)
    for (const press of [`team.move~${id}~0`, `team.remove~${id}`, 'team.list', `team.open~#${id}`])
      expect(JSON.stringify(await ann('new').request({ kind: 'press', id: press }))).toContain('for admins')
    expect(await teams()).toEqual([owls])
  })
})

describe('/team move', () => {
  it('asks which team, and once more before it moves', async () => {
    await bot.team({ name: 'Larks', channel: 'lab' })
    const who = ada('new')
    await who.says('/team move')
    expect(selectsOf(who.card)[0]?.options.map(({ label }) => label)).toEqual([
      'Owls (08:00, 0 members)',
      'Larks (08:00, 0 members)',
    ])
    await who.picks([String(owls.id)])
    await who.presses('Leave it as it is')
    expect(await teamIn('study')).toEqual(owls)
  })

  it('says that it takes the channel of another', async () => {
    const larks = await bot.team({ name: 'Larks', channel: 'lab' })
    const who = ada('lab')
    await who.says('/team move owls')
    expect(who.sees).toContain('Larks studies here.')
    await who.presses('Move it and take the channel')
    expect(await teamIn('lab')).toMatchObject({ id: owls.id })
    expect((await teams()).find(({ id }) => id === larks.id)).toMatchObject({ paused: true })
  })
})

describe('/team remove', () => {
  it('says what goes, and deletes it with a yes', async () => {
    await answeredRound()
    const who = ada()
    await who.says('/team remove')
    expect(who.sees).toContain('1 round with all answers, and the points, streaks and boards of 1 member')
    await who.presses('Leave it as it is')
    expect(await teams()).toHaveLength(1)
    await who.says('/team remove')
    await who.presses('Remove it for good')
    expect(who.sees).toContain('Owls is removed')
    expect(await teams()).toEqual([])
    expect(await bot.store.attempts({ ...PLACE, user: 'ann' })).toEqual([])
    await bot.at('2026-11-03T08:00:00Z').tick()
    expect(bot.errors).toEqual([])
  })

  it('happens once, whoever presses again', async () => {
    const who = ada()
    await who.says('/team remove')
    const question = who.card
    await who.presses('Remove it for good')
    await who.presses('Remove it for good', question)
    expect(who.sees).toContain('That team is no longer there')
  })
})

describe('outside a channel', () => {
  it('what needs a channel says so, and nothing offers to move a team there', async () => {
    const who = ada('')
    await who.says('/team status')
    expect(who.sees).toContain('This is for the channel where a team studies: do it there.')
    expect(who.sees).toContain('Owls studies in')
    await who.says('/team setup')
    expect(who.card.title).toBe('A new team?')
    expect(who.sees).toContain('Owls')
    expect(labelsOf(who.card)).toEqual(['Set up a new team'])
    expect(selectsOf(who.card)).toEqual([])
  })

  it('a button of a team that was removed says that it is gone', async () => {
    await bot.store.removeTeam({ ...PLACE }, owls.id)
    const reply = await ann('').request({ kind: 'press', id: `authoring.next~${owls.id}~0` })
    expect(reply.kind === 'card' && plainCard(reply.card)).toContain('That team is gone')
  })
})
