import { beforeEach, describe, expect, it } from 'vitest'
import { createPerson, labelsOf, readable, signed } from '../../loopback/slack/people.js'
import { HOME, type Posted, SECRET } from '../../loopback/slack/server.js'
import { until } from '../helpers/until.js'
import { ADA, ANN, answerTo, type SlackBot, STUDY, startSlackBot } from './slack-bot.js'

let here: SlackBot
beforeEach(async () => {
  here = await startSlackBot()
})

const DUE = '2026-11-02T08:00:00Z'
const AFTER = '2026-11-02T08:01:00Z'
const CLOSED = '2026-11-02T20:05:00Z'
const letters = (post: Posted) => labelsOf(post.blocks).filter((label) => /^[A-Z]$/.test(label))

/** The question of the day, posted. */
async function posted(topics: readonly string[] = ['apple'], more: object = {}): Promise<Posted> {
  await here.team({ topics, ...more })
  await here.bot.at(DUE).tick()
  const [question] = here.inChannel()
  if (!question) throw new Error('nothing was posted')
  return question
}

/** So many that the reveal may tell how they chose. */
async function answeredByFive(question: Posted): Promise<void> {
  const others = ['U0CAT00001', 'U0DAN00001'].map((id) =>
    createPerson(here.server, here.deliver, { id, name: id }),
  )
  for (const person of [here.ann, here.ben, here.ada, ...others])
    await answerTo(person, () => person.presses(question, letters(question)[0] ?? ''))
}

/** Ticks through the days until the question of the day is of that kind. */
async function postedWith(topics: readonly string[], has: (post: Posted) => boolean): Promise<Posted> {
  await here.team({ topics })
  for (let day = 2; day < 12; day++) {
    await here.bot.at(`2026-11-${String(day).padStart(2, '0')}T08:00:00Z`).tick()
    const found = here.inChannel().find(has)
    if (found) return found
  }
  throw new Error('no such question came')
}

async function postgone(): Promise<void> {
  // The first answer to something else comes when the one before is done.
  await answerTo(here.ben, () => here.ben.types('/cohort'))
}

describe('slash commands', () => {
  it.each([
    ['/explain apple', 'Apple'],
    ['/explain   APPLE ', 'Apple'],
    ['/quiz', 'Practice: question 1'],
    ['/quiz apple 2', 'question 1 of 2'],
    ['/stats', 'Your stats'],
    ['/cohort', 'What Cohort can do'],
    [
      '/study',
      'Say which: /study status, /study exam, /study remind, /study away, /study repair, /study share, /study write, /study review, /study questions, /study link, /study unlink, /study leave, /study forget-me, /study export.',
    ],
    ['/team', 'Say which: /team setup'],
    ['/study pause', 'This is /team pause now'],
    ['/team nonsense', 'Say which: /team setup'],
    ['/study STATUS', 'Your study'],
    ['/study export', 'Nothing is stored about you yet'],
    ['/study forget-me', 'Delete everything about you?'],
    ['/leaderboard', 'Orchard'],
    ['/leaderboard week teams', 'Teams'],
    ['/leaderboard the moon', 'I do not understand "the moon"'],
  ])('%s is acknowledged at once and answered', async (line, words) => {
    await here.team()
    const acknowledged = await here.ann.types(line)
    expect(acknowledged.body).toBeUndefined()
    const answer = await until(() => here.server.posts.at(-1))
    expect(readable(answer.blocks)).toContain(words)
  })

  it('are answered to the asker alone; a board is shown to all when the asker says so', async () => {
    await posted()
    await answerTo(here.ann, () => here.ann.presses(here.inChannel()[0] as Posted, 'A'))
    await here.bot.at(CLOSED).tick()
    const board = await answerTo(here.ann, () => here.ann.types('/leaderboard'))
    expect(board).toMatchObject({ to: ANN.id, channel: STUDY })
    await here.ann.presses(board, 'Show to channel')
    expect(readable((await until(() => here.inChannel()[2])).blocks)).toContain('Ann')
  })

  it('are answered where Cohort is no member', async () => {
    const answer = await answerTo(here.ann, () => here.ann.types('/explain apple', 'C0OUTSIDE1'))
    expect(answer).toMatchObject({ channel: 'C0OUTSIDE1', to: ANN.id })
  })

  it('with a wrong signature, or an old one, are refused and change nothing', async () => {
    const body = new URLSearchParams({
      command: '/explain',
      text: 'apple',
      team_id: HOME,
      channel_id: STUDY,
      user_id: ANN.id,
    }).toString()
    const to = `${here.address()}/slack/events`
    const old = Math.floor(Date.now() / 1000) - 600
    for (const headers of [
      signed(body, 'another secret'),
      signed(body, undefined, old),
      signed(`${body}&x=1`),
    ])
      expect((await fetch(to, { method: 'POST', body, headers })).status).toBe(401)
    expect(here.server.calls).toEqual(['auth.test', 'bots.info'])
  })

  it('that are huge, or do not say how long they are, are refused before they are read', async () => {
    const to = `${here.address()}/slack/events`
    const huge = 'x'.repeat(2_000_000)
    const status = (body: string | ReadableStream) =>
      fetch(to, { method: 'POST', body, duplex: 'half' } as RequestInit).then(
        (answer) => answer.status,
        () => 'closed',
      )
    expect([413, 'closed']).toContain(await status(huge))
    expect([413, 'closed']).toContain(await status(new Blob(['x']).stream()))
    expect(here.server.calls).toEqual(['auth.test', 'bots.info'])
  })

  it('delivered twice are answered once', async () => {
    const { fixture } = await import('../../loopback/slack/server.js')
    const payload = { ...fixture('slash_command'), text: 'apple', ...here.server.ticket(HOME, ANN.id, STUDY) }
    await Promise.all([here.deliver('command', payload), here.deliver('command', payload)])
    await until(() => here.ann.told()[0])
    await postgone()
    expect(here.ann.told()).toHaveLength(1)
  })

  it('show hostile text as it is', async () => {
    const answer = await answerTo(here.ann, () =>
      here.ann.types('/explain <!channel> <@U0BEN00001> *bold* & <https://x.y|z>'),
    )
    const raw = JSON.stringify(answer)
    expect(raw).not.toMatch(/<[!@#]|<https/)
    expect(raw).toContain('&lt;!channel&gt;')
  })
})

describe('completion', () => {
  it('helps in the form that /explain without words opens, and the topic is shown', async () => {
    await here.ann.types('/explain')
    const form = await until(() => here.ann.modals()[0])
    expect(await here.ann.completes(form, 'query', '')).toContain('Apple')
    expect((await here.ann.completes(form, 'query', 'pea'))[0]).toBe('Pear')
    expect(await here.ann.completes(form, 'query', 'which fruit keeps')).toContain('which fruit keeps')
    const answer = await answerTo(here.ann, () => here.ann.submits(form, { query: 'Pear' }))
    expect(answer).toMatchObject({ to: ANN.id, channel: STUDY })
    expect(readable(answer.blocks)).toContain('Pear')
  })

  it('is not needed: what was typed is looked up', async () => {
    await here.ann.types('/explain')
    const form = await until(() => here.ann.modals()[0])
    const answer = await answerTo(here.ann, () => here.ann.submits(form, { query: 'apple vs pear' }))
    expect(readable(answer.blocks)).toContain('Apple or Pear')
  })
})

describe('a look-up', () => {
  it('is shown to the channel when the asker says so, with the asker’s name', async () => {
    const answer = await answerTo(here.ann, () => here.ann.types('/explain apple'))
    await here.ann.presses(answer, 'Show to channel')
    const shown = await until(() => here.inChannel()[0])
    expect(readable(shown.blocks)).toContain('Shown by Ann')
    expect(JSON.stringify(shown)).not.toContain('<@')
  })

  it('leads on to related topics and to practice, which draws over itself', async () => {
    const answer = await answerTo(here.ann, () => here.ann.types('/explain apple'))
    await here.ann.presses(answer, 'Quiz me on this')
    await until(() => readable(answer.blocks).includes('Practice: question 1 of 3'))
    expect(here.ann.told()).toHaveLength(1)
  })

  it('whose picture Slack does not have ready comes with it a moment later', async () => {
    here.server.state.notReady = 2
    const answer = await answerTo(here.ann, () => here.ann.types('/explain apple'))
    expect(JSON.stringify(answer.blocks).includes('slack_file')).toBe(here.server.uploads.size > 0)
  })
})

describe('the daily question', () => {
  it('of one choice is answered by a letter, privately, and counted on the message', async () => {
    const question = await posted()
    expect(letters(question).length).toBeGreaterThanOrEqual(2)
    const answer = await answerTo(here.ann, () => here.ann.presses(question, letters(question)[0] ?? ''))
    expect(readable(answer.blocks)).toMatch(/Right|Not this time/)
    expect(answer.to).toBe(ANN.id)
    await here.bot.at(AFTER).tick()
    expect(readable(question.blocks)).toContain('1 member answered')
  })

  it('of "Choose TWO" has checkboxes and Submit: until it is pressed, wrong clicks can be undone', {
    tags: ['slow'],
  }, async () => {
    const question = await postedWith(['apple'], (p) => JSON.stringify(p.blocks).includes('checkboxes'))
    expect(readable(question.blocks)).toContain('Choose TWO')
    for (const ticks of [['C'], ['C', 'D'], ['C'], []]) await here.ann.ticks(question, ticks)
    for (const few of [[], ['A']])
      expect(readable((await answerTo(here.ann, () => here.ann.picks(question, few))).blocks)).toContain(
        'Choose exactly two options',
      )
    // The count changes the message, and what Ben has ticked stays.
    await here.ben.ticks(question, ['A', 'B'])
    const answer = await answerTo(here.ann, () => here.ann.picks(question, ['A', 'B']))
    expect(readable(answer.blocks)).toMatch(/Right|Not this time/)
    await here.bot.tick()
    await until(() => readable(question.blocks).includes('1 member answered'))
    expect(readable((await answerTo(here.ben, () => here.ben.presses(question, 'Submit'))).blocks)).toBe(
      readable(answer.blocks),
    )
    const attempts = await here.bot.store.attempts({ platform: 'slack', workspace: HOME, user: ANN.id })
    expect(attempts.map(({ answer }) => answer)).toEqual(['AB'])
  })

  it('of an order is answered in a form, which says in itself what is wrong', async () => {
    const question = await postedWith(['pear'], (p) => labelsOf(p.blocks).includes('Put in order'))
    await here.ann.presses(question, 'Put in order')
    const form = await until(() => here.ann.modals()[0])
    const names = (form.view.blocks as { block_id?: string }[]).flatMap((b) =>
      b.block_id?.startsWith('p') ? [b.block_id] : [],
    )
    const twice = Object.fromEntries(names.map((name) => [name, 'A']))
    expect((await here.ann.submits(form, twice)).body).toMatchObject({
      response_action: 'errors',
      errors: { p1: expect.stringContaining('two places') },
    })
    const given = Object.fromEntries(names.map((name, i) => [name, String.fromCharCode(65 + i)]))
    const answer = await answerTo(here.ann, () => here.ann.submits(form, given))
    expect(readable(answer.blocks)).toMatch(/Right|Not this time/)
    expect(answer).toMatchObject({ to: ANN.id, channel: STUDY })
  })

  it('of pairs is answered in a form', async () => {
    const question = await postedWith(['pear'], (p) => labelsOf(p.blocks).includes('Match'))
    await here.ann.presses(question, 'Match')
    const form = await until(() => here.ann.modals()[0])
    const names = (form.view.blocks as { block_id?: string }[]).flatMap((b) =>
      b.block_id?.startsWith('p') ? [b.block_id] : [],
    )
    const answer = await answerTo(here.ann, () =>
      here.ann.submits(form, Object.fromEntries(names.map((name) => [name, 'A']))),
    )
    expect(readable(answer.blocks)).toMatch(/Right|Not this time/)
  })

  it('of several parts is answered part by part', async () => {
    const question = await posted(['plum'], { count: 2 })
    const answer = await answerTo(here.ann, () => here.ann.presses(question, 'Answer 1'))
    expect(readable(answer.blocks)).toMatch(/(Question 1 of 2|part 1 of 2)/i)
    await (letters(answer).length > 0 ? here.ann.presses(answer, 'A') : here.ann.picks(answer, ['A', 'B']))
    await until(() => /Right|Not this time/.test(readable(answer.blocks)) || undefined)
    expect(letters(answer)).toEqual([])
    expect(labelsOf(answer.blocks).some((label) => /^Next (part|question)$/.test(label))).toBe(true)
    expect(here.ann.told()).toEqual([answer])
  })

  it('closes on the message, and is revealed with a picture that has words', async () => {
    const question = await posted()
    await answeredByFive(question)
    await here.bot.at(CLOSED).tick()
    expect(readable(question.blocks)).toContain('Closed')
    expect(letters(question)).toEqual([])
    const reveal = here.inChannel().at(-1)
    expect(readable(reveal?.blocks)).toContain('The answer of the day, ')
    expect(reveal).toMatchObject({ thread: question.ts, broadcast: true })
    const picture = (reveal?.blocks ?? []).find((b) => b.type === 'image')
    expect(picture).toMatchObject({
      slack_file: { id: expect.stringMatching(/^F/) },
      alt_text: expect.stringContaining('How you chose'),
    })
    expect([...here.server.uploads.values()].every((u) => u.done && u.alt !== '')).toBe(true)
    const why = await answerTo(here.ben, () => here.ben.presses(reveal as Posted, 'Every option explained'))
    expect(readable(why.blocks)).toContain('✓')
  })

  it('closed is answered no more', async () => {
    const question = await posted()
    const before = structuredClone({ ...question })
    await here.bot.at(CLOSED).tick()
    const answer = await answerTo(here.ann, () => here.ann.presses(before, letters(before)[0] ?? ''))
    expect(readable(answer.blocks)).toContain('This round is closed')
  })

  it('pressed twice at the same moment counts once', async () => {
    const question = await posted()
    const [first = '', second = ''] = letters(question)
    await Promise.all([here.ann.presses(question, first), here.ann.presses(question, second)])
    await until(() => here.ann.told()[1])
    expect(
      here.ann.told().filter((p) => readable(p.blocks).includes('You have answered this one')),
    ).toHaveLength(1)
    const attempts = await here.bot.store.attempts({ platform: 'slack', workspace: HOME, user: ANN.id })
    expect(attempts).toHaveLength(1)
  })

  it('posted before a restart takes answers after it', async () => {
    const question = await posted()
    const again = await startSlackBot({ server: here.server, bot: here.bot })
    const answer = await answerTo(again.ann, () => again.ann.presses(question, letters(question)[0] ?? ''))
    expect(readable(answer.blocks)).toMatch(/Right|Not this time/)
    await here.bot.at(CLOSED).tick()
    expect(readable(question.blocks)).toContain('Closed')
  })

  it('may be reported', async () => {
    const question = await posted()
    await here.ann.presses(question, 'Report a problem')
    const form = await until(() => here.ann.modals()[0])
    await answerTo(here.ann, () =>
      here.ann.submits(form, { reason: 'The key is wrong', detail: '<!here> it is B' }),
    )
    expect(await here.bot.store.reports()).toMatchObject([
      { reason: 'The key is wrong', detail: '<!here> it is B' },
    ])
  })
})

describe('when Slack has trouble', () => {
  const rounds = () => here.inChannel().filter((p) => readable(p.blocks).includes('Question of the day'))

  it.each([
    ['answers 500 though it did post', { status: 500, done: true }],
    ['answers 500', { status: 500 }],
    ['never answers', { hang: true }],
    ['never answers though it did post', { hang: true, done: true }],
    ['says internal_error', { error: 'internal_error' }],
  ])('the question is posted once when Slack %s', async (_how, fault) => {
    await here.team()
    here.server.faults.push({ method: 'chat.postMessage', ...fault })
    await here.bot.at(DUE).tick()
    await here.bot.at('2026-11-02T08:05:00Z').tick()
    expect(rounds()).toHaveLength(1)
    expect(here.ada.told()).toEqual([])
    const answer = await answerTo(here.ann, () => here.ann.presses(rounds()[0] as Posted, 'A'))
    expect(readable(answer.blocks)).toMatch(/Right|Not this time/)
  })

  it('the reveal is posted once', async () => {
    await posted()
    here.server.faults.push(
      { method: 'chat.postMessage', status: 503, done: true },
      { method: 'chat.update', status: 500 },
    )
    for (const time of [CLOSED, '2026-11-02T20:10:00Z', '2026-11-02T20:20:00Z'])
      await here.bot.at(time).tick()
    expect(here.inChannel().filter((p) => readable(p.blocks).includes('The answer of the day'))).toHaveLength(
      1,
    )
  })

  it('a channel that has to wait is waited for, another one is not', async () => {
    await here.team()
    await here.team({ channel: 'C0SECOND01', name: 'Second' })
    here.server.faults.push({ method: 'chat.postMessage', channel: STUDY, status: 429, retryAfter: 30 })
    await here.bot.at(DUE).tick()
    expect([here.inChannel().length, here.inChannel('C0SECOND01').length]).toEqual([0, 1])
    here.late.ms = 20_000
    await here.bot.at('2026-11-02T08:00:20Z').tick()
    expect(here.server.calls.filter((c) => c === `chat.postMessage ${STUDY}`)).toHaveLength(1)
    here.late.ms = 31_000
    await here.bot.at('2026-11-02T08:00:31Z').tick()
    expect(here.inChannel()).toHaveLength(1)
    expect(here.ada.told()).toEqual([])
  })

  it('the count on the message is not drawn more often than Slack takes it', { tags: ['slow'] }, async () => {
    const question = await posted()
    await answerTo(here.ann, () => here.ann.presses(question, 'A'))
    for (let i = 0; i < 60; i++) {
      here.bot.deps.countsToRedraw.add(1)
      await here.bot.at(AFTER).tick()
    }
    expect(here.server.calls.filter((c) => c.startsWith('chat.update')).length).toBeLessThan(50)
    here.late.ms = 61_000
    await answerTo(here.ben, () => here.ben.presses(question, 'A'))
    await here.bot.at('2026-11-02T08:03:00Z').tick()
    expect(readable(question.blocks)).toContain('2 members answered')
  })

  it('pictures that do not upload are told in words', async () => {
    const question = await posted()
    await answeredByFive(question)
    here.server.faults.push({ method: 'files.getUploadURLExternal', error: 'unknown_error' })
    await here.bot.at(CLOSED).tick()
    const reveal = here.inChannel().at(-1)
    expect(JSON.stringify(reveal?.blocks)).not.toContain('slack_file')
    expect(readable(reveal?.blocks)).toContain('How you chose')
  })

  it('a name that does not come keeps nobody waiting', async () => {
    here.server.faults.push({ method: 'users.info', hang: true })
    const began = performance.now()
    await answerTo(here.ann, () => here.ann.types('/explain apple'))
    expect(performance.now() - began).toBeLessThan(3000)
  })

  it('a response address that is used up is gone around', async () => {
    const question = await posted()
    for (const [, place] of here.server.responses) place.left = 0
    const first = await answerTo(here.ann, () => here.ann.presses(question, 'A'))
    expect(first.to).toBe(ANN.id)
  })

  it('a form that comes too late is told, and the next press works', async () => {
    const question = await postedWith(['pear'], (p) =>
      labelsOf(p.blocks).some((l) => l === 'Match' || l === 'Put in order'),
    )
    const label = labelsOf(question.blocks).find((l) => l === 'Match' || l === 'Put in order') ?? ''
    here.server.faults.push({ method: 'views.open', error: 'expired_trigger_id' })
    const word = await answerTo(here.ann, () => here.ann.presses(question, label))
    expect(readable(word.blocks)).toContain('took too long')
    await here.ann.presses(question, label)
    expect(await until(() => here.ann.modals()[0])).toBeDefined()
  })
})

describe('a channel that Cohort cannot post in', () => {
  it.each([
    ['C0OUTSIDE1', 'Type /invite @Cohort'],
    ['C0RIGHTS01', 'does not let apps post'],
  ])('%s is told to the admin once', async (channel, words) => {
    await here.team({ channel })
    for (const time of [DUE, '2026-11-02T08:05:00Z', '2026-11-02T09:00:00Z', '2026-11-03T08:00:00Z'])
      await here.bot.at(time).tick()
    const told = here.ada.told().filter((p) => p.channel === ADA.id)
    expect(told).toHaveLength(1)
    expect(readable(told[0]?.blocks)).toContain(words)
  })

  it.each([
    ['was archived', 'C0ARCHIVED'],
    ['is not there', 'C0NOWHERE1'],
  ])('that %s pauses its team with the next question, and the admin is told once', async (_what, channel) => {
    await here.team({ channel })
    for (const time of [DUE, '2026-11-02T08:05:00Z', '2026-11-03T08:00:00Z']) await here.bot.at(time).tick()
    const place = { platform: 'slack', workspace: HOME, channel }
    expect(await here.bot.store.teamIn(place)).toMatchObject({ paused: true })
    const told = here.ada.told().filter((p) => p.channel === ADA.id)
    expect(told.map((p) => readable(p.blocks).includes('was deleted or archived'))).toEqual([true])
  })

  it('is no reason to pause when Slack still knows the channel', async () => {
    await here.team()
    here.server.faults.push({ method: 'chat.postMessage', error: 'channel_not_found' })
    await here.bot.at(DUE).tick()
    await here.bot.at('2026-11-02T08:05:00Z').tick()
    expect(here.inChannel().map((p) => readable(p.blocks).includes('Question of the day'))).toEqual([true])
  })

  it('is posted in when it has been mended', async () => {
    await here.team({ channel: 'C0OUTSIDE1' })
    await here.bot.at(DUE).tick()
    const outside = here.server.place(HOME)?.channels.find((c) => c.id === 'C0OUTSIDE1')
    if (outside) outside.member = true
    await here.bot.at('2026-11-02T08:30:00Z').tick()
    expect(here.inChannel('C0OUTSIDE1')).toHaveLength(1)
  })

  it('is told at once when it is chosen in the setup', async () => {
    await here.ada.types('/team setup')
    const form = await until(() => here.ada.modals()[0])
    const answer = await answerTo(here.ada, () => here.ada.submits(form, { channel: 'C0OUTSIDE1' }))
    expect(readable(answer.blocks)).toContain('cannot post there yet')
    expect(readable(answer.blocks)).toContain('/invite @Cohort')
  })
})

describe('the setup', () => {
  it('opens with the channel and the time zone of the admin, and is saved', async () => {
    await here.ada.types('/team setup')
    const form = await until(() => here.ada.modals()[0])
    const answer = await answerTo(here.ada, () =>
      here.ada.submits(form, { time: '07:30', topics: ['apple'] }),
    )
    expect(readable(answer.blocks)).toContain('is set up')
    expect(JSON.stringify(answer.blocks)).toContain(`<#${STUDY}>`)
    expect(await here.bot.store.teamIn({ platform: 'slack', workspace: HOME, channel: STUDY })).toMatchObject(
      {
        minute: 450,
        zone: 'Europe/Berlin',
        topics: ['apple'],
        channel: STUDY,
      },
    )
    expect(readable(here.inChannel()[0]?.blocks)).toContain('Welcome to Cohort')
  })

  it.each([
    ['answers 500', { status: 500 }],
    ['answers 500 though it did post', { status: 500, done: true }],
    ['lets nobody post', { error: 'not_in_channel' }],
  ])('has its welcome posted once, also when Slack %s at first', async (_how, fault) => {
    await here.ada.types('/team setup')
    const form = await until(() => here.ada.modals()[0])
    here.server.faults.push({ method: 'chat.postMessage', channel: STUDY, ...fault })
    const answer = await answerTo(here.ada, () => here.ada.submits(form, {}))
    expect(readable(answer.blocks)).toContain('is set up')
    expect(readable(answer.blocks).includes('cannot post there yet')).toBe('error' in fault)
    for (const ms of [60_000, 120_000]) {
      here.late.ms = ms
      await here.bot.at(new Date(here.bot.deps.clock() + 60_000).toISOString()).tick()
    }
    const welcomes = here.inChannel().filter((p) => readable(p.blocks).includes('Welcome to Cohort'))
    expect(welcomes).toHaveLength(1)
    // The card has said it: nobody is told a second time.
    expect(here.ada.told().filter((p) => p.channel === ADA.id)).toEqual([])
  })

  it('says in the form what is wrong, and saves nothing', async () => {
    await here.ada.types('/team setup')
    const form = await until(() => here.ada.modals()[0])
    expect((await here.ada.submits(form, { time: '25 past' })).body).toMatchObject({
      response_action: 'errors',
      errors: { time: expect.stringContaining('09:00') },
    })
    expect(
      await here.bot.store.teamIn({ platform: 'slack', workspace: HOME, channel: STUDY }),
    ).toBeUndefined()
    await answerTo(here.ada, () => here.ada.submits(form, { time: '9am' }))
    expect(await here.bot.store.teamIn({ platform: 'slack', workspace: HOME, channel: STUDY })).toMatchObject(
      { minute: 540 },
    )
  })

  it('is for admins: when it is opened, and when it is sent', async () => {
    expect(readable((await answerTo(here.ann, () => here.ann.types('/team setup'))).blocks)).toContain(
      'for admins',
    )
    await here.ada.types('/team setup')
    const form = await until(() => here.ada.modals()[0])
    const ada = here.server.place(HOME)?.people.find((p) => p.id === ADA.id)
    if (ada) ada.admin = false
    const answer = await answerTo(here.ada, () => here.ada.submits(form, {}))
    expect(readable(answer.blocks)).toContain('for admins')
    expect(
      await here.bot.store.teamIn({ platform: 'slack', workspace: HOME, channel: STUDY }),
    ).toBeUndefined()
  })

  it('can be paused, resumed, and the question posted at once, by the buttons of its status', async () => {
    await here.team()
    let card = await answerTo(here.ada, () => here.ada.types('/team status'))
    await here.ada.presses(card, 'Pause')
    await until(() => readable(card.blocks).includes('Paused'))
    card = await answerTo(here.ada, () => here.ada.types('/team resume'))
    expect(readable(card.blocks)).toContain('Resumed')
    await answerTo(here.ada, () => here.ada.types('/team post-now'))
    expect(readable(here.inChannel()[0]?.blocks)).toContain('Question of the day')
  })

  it('shows no buttons of admins to others, and refuses them when pressed all the same', async () => {
    await here.team()
    const card = await answerTo(here.ada, () => here.ada.types('/team status'))
    const answer = await answerTo(here.ann, () => here.ann.presses({ ...card, to: ANN.id }, 'Pause'))
    expect(readable(answer.blocks)).toContain('for admins')
    expect(readable((await answerTo(here.ann, () => here.ann.types('/team status'))).blocks)).toContain(
      'for admins',
    )
  })
})

describe('when the database hangs', () => {
  it('everything is acknowledged in time all the same', { tags: ['slow'] }, async () => {
    const form = { id: 'V0LOST0001', workspace: HOME, user: ANN.id, root: 'V0LOST0001', hash: 'h' }
    const slow = await startSlackBot({
      mode: {
        kind: 'oauth',
        signingSecret: SECRET,
        oauth: { clientId: '1.2', clientSecret: 'c', stateSecret: 's' },
      },
      installs: {
        find: () => new Promise(() => {}),
        save: async () => {},
        learn: async () => {},
        join: async () => {},
        lacking: async () => [],
      },
    })
    // `startSlackBot` holds each acknowledgement to three seconds.
    await slow.ann.types('/explain apple')
    await slow.ann.opensHome()
    const view = { type: 'modal', callback_id: 'setup', private_metadata: '', blocks: [] }
    await slow.ann.submits({ ...form, view }, {})
    expect(slow.server.posts).toEqual([])
  })
})

describe('the Home tab', () => {
  it('shows the streak, the week, what was missed, the next question and the choices about one’s data', async () => {
    const question = await posted()
    for (const label of letters(question).slice(0, 1))
      await answerTo(here.ann, () => here.ann.presses(question, label))
    await here.ann.opensHome()
    const home = await until(() => here.server.homes.get(`${HOME} ${ANN.id}`))
    const words = readable(home.blocks)
    for (const expected of ['Orchard', 'Streak', '1 day', 'This week', 'Next question'])
      expect(words).toContain(expected)
    expect(labelsOf(here.ann.home())).toEqual(
      expect.arrayContaining(['Start', 'Hide my name on boards', 'Get my data', 'Delete my data']),
    )
  })

  it('lets one practise in a form that draws over itself', async () => {
    await here.ann.opensHome()
    await until(() => here.server.homes.get(`${HOME} ${ANN.id}`))
    await here.ann.pressesAtHome('Start')
    const view = await until(() => here.ann.modals()[0])
    for (let i = 0; i < 40 && !readable(view.view).includes('Practice done'); i++) await step(view)
    expect(readable(view.view)).toContain('Practice done')
  })

  /** One step of practice, whatever it asks. */
  async function step(view: ReturnType<typeof here.ann.modals>[number]): Promise<void> {
    const labels = labelsOf(view.view.blocks as unknown[])
    const { hash } = view
    const form = labels.find((l) => l === 'Put in order' || l === 'Match')
    const next = labels.find((l) => /^(Next|See how)/.test(l))
    if (next) await here.ann.pressesInView(view, next)
    else if (labels.includes('A')) await here.ann.pressesInView(view, 'A')
    else if (form) {
      const before = here.ann.modals().length
      await here.ann.pressesInView(view, form)
      const opened = await until(() => here.ann.modals()[before])
      const names = (opened.view.blocks as { block_id?: string }[]).flatMap((b) =>
        b.block_id?.startsWith('p') ? [b.block_id] : [],
      )
      await here.ann.submits(
        opened,
        // A matching may have more to match than there is to match it with.
        Object.fromEntries(
          names.map((name, i) => [name, form === 'Match' ? 'A' : String.fromCharCode(65 + i)]),
        ),
      )
    } else {
      await here.ann.picksInView(view, ['A', 'B'])
    }
    await until(() => view.hash !== hash)
  }

  it('hides and shows the name, and says so', async () => {
    const question = await posted()
    await answerTo(here.ann, () => here.ann.presses(question, letters(question)[0] ?? ''))
    await here.ann.opensHome()
    await until(() => here.server.homes.get(`${HOME} ${ANN.id}`))
    await here.ann.pressesAtHome('Hide my name on boards')
    expect(readable((await until(() => here.ann.modals()[0])).view)).toContain('Your name is hidden')
    await until(() => labelsOf(here.ann.home()).includes('Show my name on boards'))
  })

  it('gives the data as a file in a direct message, and deletes it when asked twice', {
    tags: ['slow'],
  }, async () => {
    const question = await posted()
    await answerTo(here.ann, () => here.ann.presses(question, letters(question)[0] ?? ''))
    await here.ann.opensHome()
    await until(() => here.server.homes.get(`${HOME} ${ANN.id}`))
    await here.ann.pressesAtHome('Get my data')
    await until(() =>
      [...here.server.uploads.values()].find(
        (u) => u.name === 'cohort-export.json' && u.done && u.channel === ANN.id,
      ),
    )
    await here.ann.pressesAtHome('Delete my data')
    const view = await until(() =>
      here.ann.modals().find((v) => readable(v.view).includes('Delete everything')),
    )
    await here.ann.pressesInView(view, 'Delete it all')
    await until(() => readable(view.view).includes('Deleted'))
    expect(await here.bot.store.attempts({ platform: 'slack', workspace: HOME, user: ANN.id })).toEqual([])
  })

  it('of somebody new is friendly', async () => {
    await here.ben.opensHome()
    const home = await until(() => here.server.homes.get(`${HOME} ${here.ben.id}`))
    expect(readable(home.blocks)).toContain('Nothing is stored about you yet')
  })
})

describe('people', () => {
  it('are shown on boards by the name that Slack shows at the time', { tags: ['slow'] }, async () => {
    const question = await posted()
    await answerTo(here.ann, () => here.ann.presses(question, letters(question)[0] ?? ''))
    await here.bot.at(CLOSED).tick()
    const board = await answerTo(here.ann, () => here.ann.types('/leaderboard'))
    expect(readable(board.blocks)).toContain('Ann')
    expect(readable(board.blocks)).not.toMatch(/U0ANN/)
  })

  it('whom Slack does not know are shown by the name of the request', async () => {
    const zoe = createPerson(here.server, here.deliver, { id: 'U0ZOE00001', name: 'Zoe' })
    const question = await posted()
    await zoe.presses(question, letters(question)[0] ?? '')
    await until(
      async () =>
        (await here.bot.store.member({ platform: 'slack', workspace: HOME, user: zoe.id }))?.name === 'zoe',
    )
  })
})
