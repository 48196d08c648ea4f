/**
 * What happens in Slack beside commands and presses: mentions, direct messages, *Explain this*, channels and
 * workspaces that go.
 */
import { beforeEach, describe, expect, it } from 'vitest'
import { createPerson, happens, labelsOf, readable } from '../../loopback/slack/people.js'
import { directOf, HOME } from '../../loopback/slack/server.js'
import { until } from '../helpers/until.js'
import { ANN, answerTo, BEN, type SlackBot, STUDY, startSlackBot } from './slack-bot.js'

let here: SlackBot
beforeEach(async () => {
  here = await startSlackBot()
})

/** Nothing more comes: the answer to something else, which was sent after it, is there. */
async function nothingElse(): Promise<void> {
  await answerTo(here.ben, () => here.ben.types('/cohort'))
}
/** What was tried to be said otherwise than in answer to a command. */
const said = () => here.server.calls.filter((call) => call.startsWith('chat.post'))
const inThread = (ts: string) => here.server.posts.filter((post) => post.thread === ts)

describe('a mention', () => {
  it('is answered in its thread, where everybody sees it', async () => {
    const ts = await here.ann.mentions('what is an apple?')
    const [answer] = await until(() => (inThread(ts).length > 0 ? inThread(ts) : undefined))
    expect(answer).toMatchObject({ channel: STUDY, thread: ts })
    expect(answer?.to).toBeUndefined()
    expect(readable(answer?.blocks)).toContain('Apple')
  })

  it('beside a file is answered to its words, when whoever sends it may hand in no questions', async () => {
    const answer = await answerTo(here.ann, () => here.ann.writes('apple', { subtype: 'file_share' }))
    expect(readable(answer.blocks)).toContain('Apple')
  })

  it('in a thread is answered in that thread', async () => {
    await here.ann.mentions('explain pear', { thread_ts: '1763967000.000100' })
    const [answer] = await until(() =>
      inThread('1763967000.000100').length > 0 ? inThread('1763967000.000100') : undefined,
    )
    expect(readable(answer?.blocks)).toContain('Pear')
  })

  it('never pings, whatever it says', async () => {
    const ts = await here.ann.mentions(
      '<!channel> <@U0BEN00001> &lt;!here&gt; &amp;lt;!channel&amp;gt; *frobnicate*',
    )
    const [answer] = await until(() => (inThread(ts).length > 0 ? inThread(ts) : undefined))
    expect(JSON.stringify(answer)).not.toMatch(/<[!@#]/)
  })

  it('without words, and what broke, is answered to the asker alone', async () => {
    const help = await answerTo(here.ann, () => here.ann.mentions(''))
    expect(readable(help.blocks)).toContain('What Cohort can do')
    expect(help).toMatchObject({ to: ANN.id, channel: STUDY })
    expect(here.inChannel()).toEqual([])
  })

  it.each([
    ['a bot', { bot_id: 'B0OTHER001' }],
    ['Cohort itself', { bot_id: 'B0BOT00001', user: 'U0BOT00001' }],
    ['a message that was changed', { edited: { user: ANN.id, ts: '1763967000.000100' } }],
    ['a notice of Slack', { subtype: 'channel_topic' }],
    ['nobody', { user: undefined }],
  ])('by %s is not answered', async (_who, more) => {
    await here.ann.mentions('what is an apple?', more)
    await nothingElse()
    expect(said()).toEqual([])
  })

  it('delivered twice is answered once', async () => {
    const again = { event_id: 'Ev0TWICE01' }
    for (let i = 0; i < 2; i++) await happens(here.deliver, 'app_mention', {}, HOME, again)
    await nothingElse()
    await until(() => here.inChannel()[0])
    expect(here.inChannel()).toHaveLength(1)
  })
})

describe('a direct message', () => {
  it('with Cohort hides nothing, also when Slack no longer takes answers to the command', {
    tags: ['slow'],
  }, async () => {
    const own = directOf(ANN.id)
    const told = await answerTo(here.ann, () => here.ann.types('/explain apple', own))
    expect([told.channel, told.to]).toEqual([own, undefined])
    const late = await answerTo(here.ann, () => {
      const sent = here.ann.types('/explain apple', own)
      for (const place of here.server.responses.values()) place.left = 0
      return sent
    })
    expect([late.channel, late.to]).toEqual([ANN.id, undefined])
    expect(said()).toEqual([`chat.postMessage ${ANN.id}`])
  })

  it('between two people shows the answer to the asker alone', async () => {
    const told = await answerTo(here.ann, () => here.ann.types('/explain apple', 'D0ANNANDBEN'))
    expect(told).toMatchObject({ to: ANN.id, channel: 'D0ANNANDBEN' })
  })

  it.each([
    ['/explain apple', 'Apple'],
    ['explain apple', 'Apple'],
    ['what is a pear?', 'Pear'],
    ['Stats', 'Your stats'],
    ['/help', 'What Cohort can do'],
    ['cohort', 'What Cohort can do'],
    ['', 'What Cohort can do'],
    ['help me with the apple', 'Apple'],
    ['quiz', 'Practice: question 1'],
    ['quiz apple 2', 'question 1 of 2'],
    ['leaderboard the moon', 'covered'],
    ['/leaderboard the moon', 'I do not understand'],
    ['team setup', 'Type /team setup in the channel'],
    ['study forget-me', 'Delete everything about you?'],
    ['Cohort', 'What Cohort can do'],
    ['study help', '/study forget-me: Delete what is stored'],
    ['/study help', '/study forget-me: Delete what is stored'],
    ['team setup help', 'Set this team up'],
    ['leaderboard help', 'Who stands where'],
    ['leaderboard all time', 'This is for the channel where a team studies'],
    ['/frobnicate', 'Type /cohort to see what there is'],
    ['apple &amp; pear', 'Apple'],
  ])('%j is answered by one', async (line, words) => {
    await here.team()
    const answer = await answerTo(here.ann, () => here.ann.writes(line))
    expect(readable(answer.blocks).replace(/[*]/g, '')).toContain(words)
    // It stays there, as what is shown for the moment only would not.
    expect([answer.channel, answer.to]).toEqual([ANN.id, undefined])
  })

  it('in a thread is answered in that thread', async () => {
    const thread_ts = '1763967000.000100'
    await here.ann.writes('what is a pear?', { thread_ts })
    const [answer] = await until(() => (inThread(thread_ts).length > 0 ? inThread(thread_ts) : undefined))
    expect(readable(answer?.blocks)).toContain('Pear')
  })

  it.each([
    ['Cohort itself', { bot_id: 'B0BOT00001', user: 'U0BOT00001' }],
    ['Slack itself', { user: 'USLACKBOT' }],
    ['a bot', { subtype: 'bot_message', bot_id: 'B0OTHER001' }],
    ['nobody, when one was changed', { subtype: 'message_changed', hidden: true }],
    ['nobody, when one was deleted', { subtype: 'message_deleted', hidden: true }],
  ])('by %s is not answered', async (_who, more) => {
    await here.ann.writes('apple', more)
    await nothingElse()
    expect(said()).toEqual([])
  })

  it('leads on to practice, which draws over itself', { tags: ['slow'] }, async () => {
    const answer = await answerTo(here.ann, () => here.ann.writes('apple'))
    await here.ann.presses(answer, 'Quiz me on this')
    await until(() => readable(answer.blocks).includes('Practice: question 1 of 3'))
    expect(here.ann.told()).toHaveLength(1)
  })
})

describe('/help, which Slack keeps for itself,', () => {
  it('is called /cohort in every card', async () => {
    await here.team()
    for (const line of ['/cohort', '/frobnicate', '/cohort help', '/quiz help', '/cohort quiz']) {
      const answer = await answerTo(here.ann, () => here.ann.types(line))
      expect(JSON.stringify(answer)).not.toContain('/help')
      if (line === '/cohort') expect(readable(answer.blocks)).toContain('/cohort')
    }
  })

  it('stays as it is in addresses and in words of the content', async () => {
    const answer = await answerTo(here.ann, () => here.ann.types('/explain x/help example.org/help /helper'))
    expect(readable(answer.blocks)).toContain('x/help example.org/help /helper')
  })
})

describe('Explain this', () => {
  it('looks up what a message says, for the asker alone', async () => {
    const answer = await answerTo(here.ann, () =>
      here.ann.explains('<@U0BEN00001> an &lt;<https://example.org|apple>&gt;'),
    )
    expect(answer).toMatchObject({ channel: STUDY, to: ANN.id })
    expect(readable(answer.blocks)).toContain('Apple')
    expect(labelsOf(answer.blocks)).toContain('Show to channel')
  })

  it.each([
    ['a message without words', ''],
    ['a long one', `apple ${'and so on '.repeat(3000)}`],
    ['one of signs', '<'.repeat(4000)],
  ])('answers on %s', async (_what, text) => {
    const answer = await answerTo(here.ann, () => here.ann.explains(text))
    expect(readable(answer.blocks)).not.toContain('Something broke')
  })
})

describe('a channel', () => {
  const team = () => here.bot.store.teamIn({ platform: 'slack', workspace: HOME, channel: STUDY })

  it.each(['channel_deleted', 'channel_archive', 'group_deleted', 'group_archive'])(
    'that is gone by %s pauses its team, and whoever set it up is told once',
    async (type) => {
      await here.team()
      for (let i = 0; i < 2; i++) await happens(here.deliver, type, { channel: STUDY })
      const told = await until(() => here.ada.told()[0])
      expect(readable(told.blocks)).toContain('was deleted or archived')
      await nothingElse()
      expect(here.ada.told()).toHaveLength(1)
      expect((await team())?.paused).toBe(true)
      await here.bot.at('2026-11-02T08:00:00Z').tick()
      expect(here.inChannel()).toEqual([])
    },
  )

  it('without a team, or of another workspace, changes nothing', async () => {
    await here.team()
    await happens(here.deliver, 'channel_deleted', { channel: 'C0SECOND01' })
    await happens(here.deliver, 'channel_deleted', { channel: STUDY }, 'T0OTHER001')
    await nothingElse()
    expect((await team())?.paused).toBe(false)
    expect(here.ada.told()).toEqual([])
  })

  it('that somebody leaves has them asked about anew', async () => {
    await here.team()
    expect(readable((await answerTo(here.ann, () => here.ann.types('/team pause'))).blocks)).toContain(
      'for admins',
    )
    Object.assign(here.server.place(HOME)?.people.find((p) => p.id === ANN.id) ?? {}, { admin: true })
    await happens(here.deliver, 'member_left_channel', { user: ANN.id, channel: 'C0SECOND01' })
    await nothingElse()
    expect(readable((await answerTo(here.ann, () => here.ann.types('/team pause'))).blocks)).toContain(
      'Nothing is posted until',
    )
  })
})

describe('in a channel that is shared with another company', () => {
  it('a form counts where the app is installed, whosever workspace it comes back from', async () => {
    const zed = createPerson(here.server, here.deliver, { id: 'U0ZED00001', name: 'Zed' }, HOME, {
      from: 'T0OTHER001',
    })
    await here.team({ topics: ['apple'] })
    await here.bot.at('2026-11-02T08:00:00Z').tick()
    const [question] = here.inChannel()
    if (!question) throw new Error('nothing was posted')
    await zed.presses(question, 'Report a problem')
    const form = await until(() => zed.modals()[0])
    await zed.submits(form, { reason: 'The key is wrong', detail: 'it is B' })
    await until(async () => (await here.bot.store.reports()).length > 0 || undefined)
    expect(await here.bot.store.reports()).toMatchObject([{ workspace: HOME, detail: 'it is B' }])
  })

  it('a form counts there also where the other company has the app, too', async () => {
    const zed = createPerson(here.server, here.deliver, BEN, HOME, { from: 'T0OTHER001' })
    await here.bot.store.openWorkspaces('slack', ['T0OTHER001'])
    await here.team({ topics: ['apple'] })
    await zed.types('/explain')
    const form = await until(() => zed.modals()[0])
    const [{ block_id: field }] = form.view.blocks as [{ block_id: string }]
    const answer = await answerTo(zed, () => zed.submits(form, { [field]: 'pear' }))
    expect([answer.workspace, readable(answer.blocks)]).toEqual([HOME, expect.stringContaining('Pear')])
    const ts = await zed.mentions('what is an apple?')
    await until(() => here.server.posts.find((post) => post.thread === ts && post.workspace === HOME))
  })
})
