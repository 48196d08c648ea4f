/** Who sees what in Slack: a made-up press or form gets what anybody there may have, and no more. */
import { beforeEach, describe, expect, it } from 'vitest'
import { labelsOf, readable } from '../../loopback/slack/people.js'
import { HOME, type Posted, type View } from '../../loopback/slack/server.js'
import type { Team } from '../../src/core/model.js'
import { until } from '../helpers/until.js'
import { ADA, ANN, answerTo, BEN, GUS, PRIVATE, type SlackBot, STUDY, startSlackBot } from './slack-bot.js'

let here: SlackBot
beforeEach(async () => {
  here = await startSlackBot()
})

/** What version 0.2 asked for. */
const OLD_SCOPES =
  'channels:history,chat:write,commands,files:write,groups:history,im:write,metadata.message:read,users:read'
const SECOND = 'C0SECOND01'
const access = (user: string, channel = PRIVATE) => here.slack.chat.access({ workspace: HOME, channel }, user)
const calls = (method: string) => here.server.calls.filter((call) => call.startsWith(method)).length
const closed = () => here.server.place(HOME)?.channels.find((one) => one.id === PRIVATE)
const stored = (channel: string) => here.bot.store.teamIn({ platform: 'slack', workspace: HOME, channel })

/** A team in the private channel, with an open round. */
async function privateRound(): Promise<{ team: Team; question: Posted }> {
  const team = await here.team({ channel: PRIVATE, name: 'Owls' })
  await here.bot.at('2026-11-02T08:00:00Z').tick()
  return { team, question: here.inChannel(PRIVATE)[0] as Posted }
}

/** Ann opens the form under a question that asks for an order. */
async function orderingForm(): Promise<View> {
  for (let day = 2; day < 12; day++) {
    await here.bot.at(`2026-11-${String(day).padStart(2, '0')}T08:00:00Z`).tick()
    const question = here.inChannel(PRIVATE).find((post) => labelsOf(post.blocks).includes('Put in order'))
    if (!question) continue
    await here.ann.presses(question, 'Put in order')
    return until(() => here.ann.modals()[0])
  }
  throw new Error('no such question came')
}

/**
 * The question as it would stand in another place: a press of it carries an id that this place was never
 * given.
 */
const moved = (question: Posted, channel: string): Posted => ({ ...question, channel })

describe('a question of a private channel', () => {
  it('is answered there, without a call before the answer', async () => {
    const { question } = await privateRound()
    here.server.calls.length = 0
    expect(readable((await answerTo(here.ann, () => here.ann.presses(question, 'A'))).blocks)).toMatch(
      /Right|Not this time/,
    )
    expect(here.server.calls.filter((call) => !call.startsWith('users.info'))).toEqual([])
  })

  it('is not there for a press from another channel or from the direct messages of somebody else', async () => {
    const { team, question } = await privateRound()
    for (const channel of [STUDY, BEN.id]) {
      const answer = await answerTo(here.ben, () => here.ben.presses(moved(question, channel), 'A'))
      expect(readable(answer.blocks)).toContain('no longer works')
    }
    expect(await here.bot.store.memberCount(team.id)).toBe(0)
  })

  it('is answered in the direct messages of who is in the channel, a guest too', async () => {
    const { team, question } = await privateRound()
    for (const person of [here.ann, here.gus]) {
      const answer = await answerTo(person, () => person.presses(moved(question, person.id), 'A'))
      expect(readable(answer.blocks)).toMatch(/Right|Not this time/)
    }
    expect(await here.bot.store.memberCount(team.id)).toBe(2)
  })

  it('is closed, with its board and the Home tab, to a member who has left the channel', async () => {
    const { question } = await privateRound()
    await answerTo(here.ann, () => here.ann.presses(question, 'A'))
    const homeOf = () => here.server.homes.get(`${HOME} ${ANN.id}`)
    await here.ann.opensHome()
    expect(readable((await until(homeOf)).blocks)).toContain('Owls')
    Object.assign(closed() ?? {}, { members: [GUS.id, ADA.id] })
    here.late.ms = 61_000
    here.server.homes.clear()
    await here.ann.opensHome()
    expect(readable((await until(homeOf)).blocks)).not.toContain('Owls')
    expect(
      readable((await answerTo(here.ann, () => here.ann.types('/leaderboard', 'D0ANN00001'))).blocks),
    ).not.toContain('Owls')
    const again = await answerTo(here.ann, () => here.ann.presses(moved(question, ANN.id), 'A'))
    expect(readable(again.blocks)).toContain('no longer works')
  })

  it('does not count by a form that says it was opened there, for who is not in the channel or has left it', {
    tags: ['slow'],
  }, async () => {
    const { id } = await here.team({ channel: PRIVATE, topics: ['pear'] })
    const form = await orderingForm()
    const given = { p0: 'A', p1: 'B', p2: 'C' }
    const private_metadata = JSON.stringify({ channel: PRIVATE })
    const made = await answerTo(here.ben, () =>
      here.ben.submits({ ...form, view: { ...form.view, private_metadata } }, given),
    )
    expect(readable(made.blocks)).toContain('no longer works')
    Object.assign(closed() ?? {}, { members: [GUS.id, ADA.id] })
    here.late.ms = 61_000
    expect(readable((await answerTo(here.ann, () => here.ann.submits(form, given))).blocks)).toContain(
      'no longer works',
    )
    expect(await here.bot.store.memberCount(id)).toBe(0)
    Object.assign(closed() ?? {}, { members: [ANN.id] })
    here.late.ms = 122_000
    expect(readable((await answerTo(here.ann, () => here.ann.submits(form, given))).blocks)).toMatch(
      /Right|Not this time/,
    )
  })

  it('counts by a form where an older install lacks the scope to ask', async () => {
    await here.team({ channel: PRIVATE, topics: ['pear'] })
    const form = await orderingForm()
    Object.assign(here.server.state, { scopes: 'chat:write,commands' })
    const answer = await answerTo(here.ann, () => here.ann.submits(form, { p0: 'A', p1: 'B', p2: 'C' }))
    expect(readable(answer.blocks)).toMatch(/Right|Not this time/)
  })
})

describe('what Slack is asked', () => {
  it('public channels are open to members, and to the guests who are in them', async () => {
    expect(await access(BEN.id, SECOND)).toBe('yes')
    expect(await access(GUS.id, SECOND)).toBe('no')
    expect(await access(GUS.id, STUDY)).toBe('yes')
  })

  it('all pages of members are read', async () => {
    const crowd = Array.from({ length: 2500 }, (_, i) => `U0CROWD${i}`)
    Object.assign(closed() ?? {}, { members: [...crowd, BEN.id] })
    expect(await access(BEN.id)).toBe('yes')
    expect(calls('conversations.members')).toBe(3)
  })

  it('is asked once a minute at most, however many press at the same time', async () => {
    const all = await Promise.all(Array.from({ length: 50 }, (_, i) => access(i % 2 ? ANN.id : BEN.id)))
    expect(new Set(all)).toEqual(new Set(['yes', 'no']))
    expect([calls('conversations.info'), calls('conversations.members')]).toEqual([1, 1])
    here.late.ms = 61_000
    await access(ANN.id)
    expect([calls('conversations.info'), calls('conversations.members')]).toEqual([2, 2])
  })

  it.each([
    ['a scope that is missing', () => Object.assign(here.server.state, { scopes: 'chat:write' })],
    [
      'a failure',
      () =>
        void here.server.faults.push(
          { method: 'conversations.info', status: 500 },
          { method: 'conversations.info', status: 500 },
        ),
    ],
    [
      'a wait',
      () => void here.server.faults.push({ method: 'conversations.info', status: 429, retryAfter: 30 }),
    ],
  ])('%s tells nothing, so the channel counts as private', async (_what, breaks) => {
    breaks()
    expect(await access(ANN.id)).toBe('unknown')
    expect(await here.slack.chat.isPrivate({ workspace: HOME, channel: PRIVATE })).toBe(true)
    expect(calls('conversations.info')).toBe(1)
  })
})

describe('/leaderboard teams', () => {
  it('names no team of a private channel to others', { tags: ['slow'] }, async () => {
    await here.team({ channel: PRIVATE, name: 'Owls' })
    await here.team({ channel: SECOND, name: 'Larks' })
    await here.team({ name: 'Orchard' })
    const seen = async (person: SlackBot['ann']) =>
      readable((await answerTo(person, () => person.types('/leaderboard season teams'))).blocks)
    expect(await seen(here.ben)).not.toContain('Owls')
    expect(await seen(here.ben)).toContain('Larks')
    expect(await seen(here.ann)).toContain('Owls')
    expect(await seen(here.gus)).not.toContain('Larks')
    const board = await answerTo(here.ann, () => here.ann.types('/leaderboard season teams'))
    const before = here.inChannel().length
    await here.ann.presses(board, 'Show to channel')
    const shown = readable((await until(() => here.inChannel()[before])).blocks)
    expect([shown.includes('Owls'), shown.includes('Larks')]).toEqual([false, true])
  })
})

describe('the setup', () => {
  async function chosen(channel: string): Promise<unknown> {
    await here.ada.types('/team setup')
    const form = await until(() => here.ada.modals().at(-1))
    return (await here.ada.submits(form, { channel })).body
  }

  it.each([
    ['that Cohort is not in', () => Object.assign(closed() ?? {}, { member: false })],
    ['that the admin is not in', () => Object.assign(closed() ?? {}, { members: [ANN.id] })],
  ])(
    'says in the form that a private channel %s cannot be seen, and saves nothing',
    async (_which, change) => {
      change()
      const words = {
        errors: {
          channel: expect.stringMatching(
            /no such channel that both you and Cohort can see.*\/invite @Cohort/,
          ),
        },
      }
      expect(await chosen(PRIVATE)).toMatchObject(words)
      expect(await chosen('C0NOWHERE1')).toMatchObject(words)
      expect([await stored(PRIVATE), await stored('C0NOWHERE1')]).toEqual([undefined, undefined])
      Object.assign(closed() ?? {}, { member: true, members: [ADA.id] })
      await chosen(PRIVATE)
      await until(async () => (await stored(PRIVATE)) !== undefined || undefined)
    },
  )

  it('takes no direct messages for a channel', async () => {
    here.server.state.scopes += ',im:read'
    expect(await chosen('D0ANN00001')).toMatchObject({
      errors: { channel: expect.stringContaining('not in direct messages') },
    })
  })

  it('saves nothing while Slack cannot be asked, and says so', async () => {
    here.server.faults.push(
      { method: 'conversations.info', status: 500 },
      { method: 'conversations.info', status: 500 },
    )
    expect(await chosen(SECOND)).toMatchObject({
      errors: { channel: expect.stringContaining('nothing was saved') },
    })
    expect(await stored(SECOND)).toBeUndefined()
  })

  it('goes on in its own channel where an older install lacks the scope, and says for others what is missing', async () => {
    here.server.state.scopes = OLD_SCOPES
    expect(await chosen(SECOND)).toMatchObject({
      errors: { channel: expect.stringContaining('lacks a permission') },
    })
    await chosen(STUDY)
    await until(async () => (await stored(STUDY)) !== undefined || undefined)
  })
})
