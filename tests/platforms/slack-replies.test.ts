// @module-tag slow
/** What becomes of a reply that Slack refuses, takes late, or cannot show yet. */
import { beforeEach, describe, expect, it } from 'vitest'
import { createPerson, labelsOf, readable } from '../../loopback/slack/people.js'
import type { Posted } from '../../loopback/slack/server.js'
import { until } from '../helpers/until.js'
import { ANN, answerTo, type SlackBot, startSlackBot } from './slack-bot.js'

let here: SlackBot
beforeEach(async () => {
  here = await startSlackBot()
})

const DUE = '2026-11-02T08:00:00Z'
const CLOSED = '2026-11-02T20:05:00Z'

async function posted(topics: readonly string[] = ['apple']): Promise<Posted> {
  await here.team({ topics })
  await here.bot.at(DUE).tick()
  const [question] = here.inChannel()
  if (!question) throw new Error('nothing was posted')
  return question
}

/** A board with a picture. */
async function closed(): Promise<void> {
  const question = await posted()
  const others = ['U0CAT00001', 'U0DAN00001', 'U0EVE00001'].map((id) =>
    createPerson(here.server, here.deliver, { id, name: id }),
  )
  for (const person of [here.ann, here.ben, ...others])
    await answerTo(person, () => person.presses(question, 'A'))
  await here.bot.at(CLOSED).tick()
}

const hasPicture = (post: { readonly blocks: unknown }) => JSON.stringify(post.blocks).includes('slack_file')

describe.each(['body', 'status'] as const)('a response address that refuses by its %s', (refusesBy) => {
  beforeEach(() => {
    here.server.state.refusesBy = refusesBy
  })

  it.each(['used_url', 'expired_url'])('with %s: the answer comes another way, once', async (error) => {
    const question = await posted()
    here.server.faults.push({ method: 'response_url', error })
    const answer = await answerTo(here.ann, () => here.ann.presses(question, 'A'))
    expect(readable(answer.blocks)).toMatch(/Right|Not this time/)
    await answerTo(here.ben, () => here.ben.presses(question, 'A'))
    expect(here.ann.told()).toHaveLength(1)
  })

  it('with expired_url where Cohort is no member: the answer comes as a direct message', async () => {
    here.server.faults.push({ method: 'response_url', error: 'expired_url' })
    const answer = await answerTo(here.ann, () => here.ann.types('/explain apple', 'C0OUTSIDE1'))
    expect([answer.channel, readable(answer.blocks)]).toEqual([ANN.id, expect.stringContaining('Apple')])
  })

  it('while a picture is scanned: it is tried again until it is ready', async () => {
    await closed()
    here.server.state.notReady = 2
    const board = await answerTo(here.ann, () => here.ann.types('/leaderboard'))
    expect(hasPicture(board)).toBe(true)
    expect(here.server.state.notReady).toBe(0)
  })

  it('while a picture is scanned for long: the words come first, the picture below them when it is ready', {
    tags: ['slow'],
  }, async () => {
    await closed()
    here.server.state.notReady = 4
    const board = await answerTo(here.ann, () => here.ann.types('/leaderboard'))
    expect([hasPicture(board), readable(board.blocks)]).toEqual([false, expect.stringContaining('Ann')])
    const picture = await until(() => here.ann.told().find(hasPicture))
    expect(picture.blocks).toEqual([expect.objectContaining({ type: 'image' })])
  })

  it('with expired_url for a board that everybody is to see, where Cohort may not post: the asker is told', {
    tags: ['slow'],
  }, async () => {
    await closed()
    const board = await answerTo(here.ann, () => here.ann.types('/leaderboard'))
    const study = here.server.place('T0LOOP0001')?.channels.find((c) => c.id === board.channel)
    if (study) study.member = false
    here.server.faults.push({ method: 'response_url', error: 'expired_url' })
    const answer = await answerTo(here.ann, () => here.ann.presses(board, 'Show to channel'))
    expect(readable(answer.blocks)).toContain('Type /invite @Cohort')
  })
})

describe('a picture that uploads slowly', () => {
  it('keeps no answer waiting, and comes when it is there', { tags: ['slow'] }, async () => {
    await closed()
    here.server.state.uploadMs = 4000
    const began = performance.now()
    const board = await answerTo(here.ann, () => here.ann.types('/leaderboard'))
    expect([performance.now() - began < 3500, hasPicture(board)]).toEqual([true, false])
    await until(() => here.ann.told().find(hasPicture))
  })

  it('keeps no reveal waiting, which is changed when the picture is there', { tags: ['slow'] }, async () => {
    here.server.state.uploadMs = 4000
    await closed()
    const reveal = here.inChannel().at(-1) as Posted
    expect([hasPicture(reveal), readable(reveal.blocks)]).toEqual([
      false,
      expect.stringContaining('The answer'),
    ])
    await until(() => hasPicture(reveal))
    expect(readable(reveal.blocks)).toContain('The answer')
  })
})

describe('a form', () => {
  const FORM = /^(Match|Put in order)$/
  let question: Posted
  let label: string
  beforeEach(async () => {
    label = ''
    await here.team({ topics: ['pear'] })
    for (let day = 2; day < 12 && !label; day++) {
      await here.bot.at(`2026-11-${String(day).padStart(2, '0')}T08:00:00Z`).tick()
      question = here
        .inChannel()
        .findLast((post) => labelsOf(post.blocks).some((l) => FORM.test(l))) as Posted
      label = question ? (labelsOf(question.blocks).find((l) => FORM.test(l)) ?? '') : ''
    }
  })

  it.each([
    ['answers 500', { status: 500 }],
    ['answers 500 though it has opened', { status: 500, done: true }],
    ['never answers', { hang: true }],
    ['never answers though it has opened', { hang: true, done: true }],
    ['closes the connection', { close: true }],
    ['says internal_error', { error: 'internal_error' }],
    ['asks to wait a second', { status: 429, retryAfter: 1 }],
  ])('is opened all the same when Slack %s once, and once only', async (_how, fault) => {
    here.server.faults.push({ method: 'views.open', ...fault })
    await here.ann.presses(question, label)
    await until(() => here.ann.modals()[0])
    await until(() => here.server.calls.filter((call) => call === 'views.open').length === 2)
    await answerTo(here.ben, () => here.ben.types('/explain apple'))
    expect([here.ann.modals().length, here.ann.told()]).toEqual([1, []])
  })

  it.each([
    [
      'asks to wait for long',
      { status: 429, retryAfter: 30 },
      /Slack is busy\. Please try again in \d+ seconds/,
    ],
    ['answers 500', { status: 500 }, /did not open it in time/],
    ['never answers', { hang: true }, /did not open it in time/],
    ['refuses it', { error: 'invalid_arguments' }, /did not open it in time/],
  ])('that Slack does not open says so: it %s', async (_how, fault, words) => {
    for (let i = 0; i < 20; i++) here.server.faults.push({ method: 'views.open', ...fault })
    const began = performance.now()
    const answer = await answerTo(here.ann, () => here.ann.presses(question, label))
    expect(readable(answer.blocks)).toMatch(words)
    expect(performance.now() - began).toBeLessThan(4500)
  })

  it('of a command is opened again, too', async () => {
    here.server.faults.push({ method: 'views.open', status: 500 }, { method: 'views.open', hang: true })
    await here.ann.types('/explain')
    await until(() => here.ann.modals()[0])
  })
})
