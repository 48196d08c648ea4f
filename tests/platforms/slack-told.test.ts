// @module-tag slow
/** Whom Slack notifies, and the threads under reveals. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readable } from '../../loopback/slack/people.js'
import { HOME } from '../../loopback/slack/server.js'
import { until } from '../helpers/until.js'
import { ANN, answerTo, type SlackBot, STUDY, startSlackBot } from './slack-bot.js'

const GROUP = 'S012ABCDEFG'
const DUE = '2026-11-02T08:00:00Z'
const CLOSED = '2026-11-02T20:05:00Z'

let here: SlackBot
beforeEach(async () => {
  here = await startSlackBot()
})
afterEach(() => here.slack.stop())

const team = () => here.bot.store.teamIn({ platform: 'slack', workspace: HOME, channel: STUDY })
const raw = () => here.inChannel().map((post) => JSON.stringify(post.blocks))

describe('a user group that is mentioned with the question', () => {
  it('stands in the question, and in nothing else', async () => {
    await here.team({ mention: GROUP })
    await here.bot.at(DUE).tick()
    expect(raw()[0]).toContain(`<!subteam^${GROUP}>`)
    await here.bot.at(CLOSED).tick()
    expect(raw().join()).not.toContain('subteam')
  })

  it.each([
    ['its ID', GROUP],
    ['a mention that was copied', `<!subteam^${GROUP}|@studiers>`],
    ['a link to it', `https://loopback.slack.com/admin/user_groups/${GROUP}`],
  ])('is set by %s', async (_what, mention) => {
    await here.team()
    await here.ada.types('/team setup')
    const form = await until(() => here.ada.modals()[0])
    await answerTo(here.ada, () => here.ada.submits(form, { mention, thread: 'yes' }))
    expect(await team()).toMatchObject({ mention: GROUP, thread: true })
  })

  it('is refused in its field when it is none, and taken back by an empty one', async () => {
    await here.team({ mention: GROUP })
    await here.ada.types('/team setup')
    const form = await until(() => here.ada.modals()[0])
    const answer = await here.ada.submits(form, { mention: '@channel' })
    expect(JSON.stringify(answer)).toContain('That cannot be mentioned')
    await answerTo(here.ada, () => here.ada.submits(form, { mention: '' }))
    expect(await team()).toMatchObject({ mention: '' })
  })
})

describe('a thread under the reveal', () => {
  const said = () => here.inChannel().filter((post) => readable(post.blocks).includes('the place to talk'))

  it('begins in the thread of the question, where the reveal stands', async () => {
    await here.team({ thread: true })
    await here.bot.at(DUE).tick()
    const [question] = here.inChannel()
    await here.bot.at(CLOSED).tick()
    await here.bot.at('2026-11-02T20:06:00Z').tick()
    expect(said()).toMatchObject([{ thread: question?.ts, broadcast: false }])
  })

  it('begins once when the answer to the first try was lost', async () => {
    await here.team({ thread: true })
    await here.bot.at(DUE).tick()
    // The one of the reveal, and the one of the thread.
    for (let i = 0; i < 2; i++)
      here.server.faults.push({ method: 'chat.postMessage', done: true, close: true })
    await here.bot.at(CLOSED).tick()
    for (const minute of ['06', '10', '20']) await here.bot.at(`2026-11-02T20:${minute}:00Z`).tick()
    expect(said()).toHaveLength(1)
  })
})

it('winners who said yes are notified by the podium, and nobody else is', async () => {
  await here.team()
  await here.bot.at('2026-11-30T08:00:00Z').tick()
  const [question] = here.inChannel()
  if (!question) throw new Error('nothing was posted')
  for (const person of [here.ann, here.ben])
    await answerTo(person, () =>
      readable(question.blocks).includes('Choose TWO')
        ? person.picks(question, ['A', 'B'])
        : person.presses(question, 'A'),
    )
  const stats = await answerTo(here.ann, () => here.ann.types('/stats'))
  await here.ann.presses(stats, 'Mention me on podiums')
  await until(() => readable(stats.blocks).includes('You are mentioned') || undefined)
  await here.bot.at('2026-11-30T20:00:00Z').tick()
  await here.bot.at('2026-12-01T00:00:00Z').tick()
  const podium = JSON.stringify(here.inChannel().at(-1)?.blocks)
  expect(podium).toContain(`<@${ANN.id}>`)
  expect(podium.match(/<@/g)).toHaveLength(1)
})
