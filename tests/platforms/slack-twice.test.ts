// @module-tag slow
/** Slack tries again when it hears nothing, and its second try may come to another process. */
import { beforeEach, expect, it } from 'vitest'
import { createPerson, type Deliver, readable, type SlackPerson } from '../../loopback/slack/people.js'
import { until } from '../helpers/until.js'
import { ANN, answerTo, type SlackBot, STUDY, startSlackBot } from './slack-bot.js'

let here: SlackBot
/** Everything that Ann does comes to two processes. */
let ann: SlackPerson
let done: string[]
beforeEach(async () => {
  here = await startSlackBot()
  const other = await startSlackBot({ server: here.server, bot: here.bot })
  const both: Deliver = async (kind, payload) => {
    const [first] = await Promise.all([here.deliver(kind, payload), other.deliver(kind, payload)])
    return first
  }
  ann = createPerson(here.server, both, ANN)
  done = []
  const { app } = here.bot
  Object.assign(here.bot, {
    app: {
      ...app,
      run: async (request: Parameters<typeof app.run>[0]) => {
        done.push(request.kind)
        return app.run(request)
      },
    },
  })
  await here.team()
})

/** What comes after has been done, too. */
async function settled(): Promise<void> {
  await answerTo(here.ben, () => here.ben.types('/cohort'))
}

it('a command is done once', async () => {
  await answerTo(ann, () => ann.types('/explain apple'))
  await settled()
  expect([ann.told().length, done]).toEqual([1, ['command', 'command']])
})

it('a press is done once, also where it shows something to all', async () => {
  const answer = await answerTo(ann, () => ann.types('/explain apple'))
  await ann.presses(answer, 'Show to channel')
  await until(() => here.inChannel()[0])
  await settled()
  expect(here.inChannel()).toHaveLength(1)
})

it('a mention, a direct message and *Explain this* are answered once', async () => {
  await ann.mentions('what is an apple?')
  await until(() => here.inChannel()[0])
  await answerTo(ann, () => ann.writes('pear'))
  await answerTo(ann, () => ann.explains('plum'))
  await settled()
  expect([here.inChannel().length, ann.told().length]).toEqual([1, 2])
})

it('the Home tab is drawn once', async () => {
  await ann.opensHome()
  await until(() => here.server.homes.size > 0)
  await settled()
  expect(here.server.calls.filter((call) => call === 'views.publish')).toHaveLength(1)
})

it('a form is taken once', async () => {
  await ann.types('/explain')
  const form = await until(() => ann.modals()[0])
  const before = done.length
  const [{ block_id: field }] = form.view.blocks as [{ block_id: string }]
  await answerTo(ann, () => ann.submits(form, { [field]: 'apple' }))
  await settled()
  expect(done.length - before).toBe(2)
})

it('is done all the same while nobody can tell', async () => {
  const alone = await startSlackBot({
    ...{ server: here.server, bot: here.bot },
    isFirst: () => Promise.reject(new Error('the database is away')),
  })
  const answer = await answerTo(alone.ann, () => alone.ann.types('/explain apple'))
  expect([answer.channel, readable(answer.blocks)]).toEqual([STUDY, expect.stringContaining('Apple')])
})
