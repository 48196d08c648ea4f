import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createPerson, labelsOf, readable } from '../../loopback/discord/people.js'
import {
  type Opened,
  PERMISSION,
  type Person,
  type Posted,
  startDiscord,
} from '../../loopback/discord/server.js'
import { until } from '../helpers/until.js'
import {
  ADA,
  ANN,
  AWAY,
  answerTo,
  type DiscordBot,
  HOME,
  SECOND,
  STUDY,
  startDiscordBot,
  twoGuilds,
  ZED,
} from './discord-bot.js'

let here: DiscordBot
beforeEach(async () => {
  here = await startDiscordBot()
})
afterEach(async () => {
  // Nothing that was sent in any test could have pinged anybody, and nothing went wrong unnoticed.
  expect(here.server.pinging).toEqual([])
  await here.stop()
})

const DUE = '2026-11-02T08:00:00Z'
const AFTER = '2026-11-02T08:01:00Z'
const CLOSED = '2026-11-02T20:05:00Z'
const letters = (post: Posted) => labelsOf(post).filter((label) => /^[A-Z]$/.test(label))
const rounds = (id = STUDY) => here.inChannel(id).filter((p) => readable(p).includes('Question of the day'))

async function posted(topics: readonly string[] = ['apple'], more: object = {}): Promise<Posted> {
  await here.team({ topics, ...more })
  await here.bot.at(DUE).tick()
  const [question] = here.inChannel()
  if (!question) throw new Error('nothing was posted')
  return question
}

/** Ticks through the days until the question of the day is of that kind. */
async function postedWith(topics: readonly string[], has: (post: Posted) => boolean): Promise<Posted> {
  await here.team({ topics })
  for (let day = 2; day < 12; day++) {
    await here.bot.at(`2026-11-${String(day).padStart(2, '0')}T08:00:00Z`).tick()
    const found = rounds().find((p) => has(p) && labelsOf(p).length > 0)
    if (found) return found
  }
  throw new Error('no such question came')
}

const componentOf = (modal: Opened, i: number) =>
  (modal.data.components as { component?: { custom_id: string } }[]).filter((c) => c.component)[i]
const namesIn = (modal: Opened) =>
  (modal.data.components as { component?: { custom_id: string } }[]).flatMap((c) =>
    c.component ? [c.component.custom_id] : [],
  )
/** The next form that is opened for a person. */
async function formAfter(person: { modals(): Opened[] }, act: () => unknown): Promise<Opened> {
  const before = person.modals().length
  act()
  return until(() => person.modals()[before])
}

describe('slash commands', () => {
  it.each([
    ['/explain', { query: 'apple' }, 'Apple'],
    ['/explain', { query: 'apple vs pear' }, 'Apple or Pear'],
    ['/explain', { query: 'quantum cheese' }, 'quantum cheese'],
    ['/quiz', {}, 'Practice: question 1'],
    ['/quiz', { topic: 'Apple', count: 2 }, 'question 1 of 2'],
    ['/stats', {}, 'Your stats'],
    ['/help', {}, 'What Cohort can do'],
    ['/leaderboard', { period: 'week', of: 'teams' }, 'Teams'],
  ])('%s %j is answered to the asker alone', async (line, given, words) => {
    await here.team()
    const options = line === '/leaderboard' ? leaderboardOptions(given) : given
    const answer = await answerTo(here.ann, () =>
      here.ann.types(line, options as Record<string, string | number>),
    )
    expect(readable(answer)).toContain(words)
    expect(answer).toMatchObject({ to: ANN.id, channel: STUDY })
  })

  /** By the order in which the command declares them. */
  function leaderboardOptions(given: object): Record<string, string> {
    const options = (here.server.state.commands.find((c) => c.name === 'leaderboard')?.options ?? []) as {
      name: string
    }[]
    return Object.fromEntries(Object.values(given).map((value, i) => [options[i]?.name ?? '', String(value)]))
  }

  it('for admins are not seen by others, and one’s own are open to all', { tags: ['slow'] }, async () => {
    await posted()
    expect(() => here.ann.types('/team pause')).toThrow('does not see')
    const forget = await answerTo(here.ann, () => here.ann.types('/study forget-me'))
    expect(readable(forget)).toContain('Delete everything about you?')
    const moved = await answerTo(here.ann, () => here.ann.types('/study pause'))
    expect(readable(moved)).toContain('This is /team pause now')
    await answerTo(here.ann, () =>
      here.ann.presses(rounds()[0] as Posted, letters(rounds()[0] as Posted)[0] ?? ''),
    )
    const stats = await answerTo(here.ann, () => here.ann.types('/stats'))
    expect(labelsOf(stats)).toEqual(expect.arrayContaining(['Get my data', 'Delete my data']))
  })

  it('are registered in one call, and only when they changed', async () => {
    const puts = () => here.server.calls.filter((call) => call.startsWith('PUT')).length
    expect(puts()).toBe(1)
    const again = await startDiscordBot({ server: here.server, bot: here.bot })
    expect(puts()).toBe(1)
    Object.assign(here.server.state.commands[0] ?? {}, { description: 'of an earlier version' })
    const third = await startDiscordBot({ server: here.server, bot: here.bot })
    expect(puts()).toBe(2)
    await again.stop()
    await third.stop()
  })

  it('are asked with no more than the intent for servers', () => {
    expect(here.server.gateway.identifies).toEqual([{ intents: 1, shard: [0, 1] }])
  })

  it('that came too late leave no trace', async () => {
    const question = await posted()
    here.ann.presses(question, letters(question)[0] ?? '', 4000)
    await answerTo(here.ben, () => here.ben.types('/help'))
    expect(await here.bot.store.attempts({ platform: 'discord', workspace: HOME, user: ANN.id })).toEqual([])
    expect(here.bot.errors).toEqual([])
  })

  it('show hostile text as it is', async () => {
    const answer = await answerTo(here.ann, () =>
      here.ann.types('/explain', { query: '<@300000000000000002> @everyone **bold** [x](https://y.z)' }),
    )
    // What stands in code is not read as Markdown.
    expect(JSON.stringify(answer.components).replace(/`[^`]*`/g, '')).not.toMatch(/<@|@everyone|https:\/\//)
  })
})

describe('completion', () => {
  const choices = (partial: string) => {
    const asked = here.ann.completes('/explain', 'query', partial)
    return until(() => asked.choices)
  }

  it('works with nothing typed, and ranks as the look-up ranks', async () => {
    expect((await choices('')).length).toBeGreaterThan(0)
    expect((await choices('pea'))[0]).toEqual({ name: 'Pear', value: 'Pear' })
    expect(await choices('zzzzzz')).toEqual([{ name: 'Look up “zzzzzz”', value: 'zzzzzz' }])
  })

  it('asks neither the database nor anything else', async () => {
    const before = here.server.calls.length
    await choices('app')
    expect(here.server.calls.slice(before)).toHaveLength(1)
  })
})

describe('in direct messages', () => {
  const alone = () => createPerson(here.server, ANN, undefined, here.server.privateChannel(ANN.id))

  it('what is for oneself works, of the server where one answered last', { tags: ['slow'] }, async () => {
    const question = await posted()
    await answerTo(here.ann, () => here.ann.presses(question, letters(question)[0] ?? ''))
    const ann = alone()
    expect(readable(await answerTo(ann, () => ann.types('/explain', { query: 'apple' })))).toContain('Apple')
    expect(readable(await answerTo(ann, () => ann.types('/stats')))).toContain('1 answer')
    const quiz = await answerTo(ann, () => ann.types('/quiz'))
    expect(readable(quiz)).toContain('Practice: question 1')
    expect(readable(await answerTo(ann, () => ann.types('/study status')))).toContain('Your study')
    expect(readable(await answerTo(ann, () => ann.types('/leaderboard')))).toContain('Orchard')
    expect(() => ann.types('/team status')).toThrow('cannot be used here')
  })

  it('a database that fails is told, with a reference to quote', async () => {
    const gone = () => Promise.reject(new Error('gone'))
    Object.assign(here.bot.deps.store, { lastWorkspace: gone, attempts: gone })
    const ann = alone()
    expect(readable(await answerTo(ann, () => ann.types('/stats')))).toMatch(/[0-9a-z]{6}/)
    expect(here.bot.errors).toHaveLength(1)
  })

  it('one who is on no team can look up and practise', async () => {
    const ann = alone()
    const topic = await answerTo(ann, () => ann.types('/explain', { query: 'apple' }))
    ann.presses(topic, 'Quiz me on this')
    await until(() => readable(topic).includes('Practice: question 1') || undefined)
  })
})

describe('a look-up', () => {
  it('is shown to the channel when the asker says so, with the asker’s name', async () => {
    const answer = await answerTo(here.ann, () => here.ann.types('/explain', { query: 'apple' }))
    here.ann.presses(answer, 'Show to channel')
    const shown = await until(() => here.inChannel()[0])
    expect(readable(shown)).toContain('Shown by Ann')
  })

  it('is not shown twice when nobody knows whether it was', async () => {
    const answer = await answerTo(here.ann, () => here.ann.types('/explain', { query: 'apple' }))
    here.server.faults.push({ call: /^POST \/webhooks/, status: 500, done: true })
    const word = await answerTo(here.ann, () => here.ann.presses(answer, 'Show to channel'))
    expect(readable(word)).toContain('may not be in the channel')
    expect(here.inChannel()).toHaveLength(1)
  })

  it('leads on to practice, which draws over itself', async () => {
    const answer = await answerTo(here.ann, () => here.ann.types('/explain', { query: 'apple' }))
    here.ann.presses(answer, 'Quiz me on this')
    await until(() => readable(answer).includes('Practice: question 1 of 3') || undefined)
    expect(here.ann.told()).toHaveLength(1)
  })

  it('that fails halfway is drawn once', async () => {
    here.server.faults.push({ call: /^PATCH \/webhooks/, status: 500, done: true })
    await answerTo(here.ann, () => here.ann.types('/explain', { query: 'apple' }))
    await answerTo(here.ann, () => here.ann.types('/help'))
    expect(here.ann.told()).toHaveLength(2)
  })
})

describe('a network that breaks', () => {
  const ACK = /^POST \/interactions\/\d+\/[^/]+\/callback/
  const EDIT = /^PATCH \/webhooks/
  const attempts = () => here.bot.store.attempts({ platform: 'discord', workspace: HOME, user: ANN.id })

  it.each([
    ['arrived, but its answer was lost', [{ close: true, done: true }]],
    ['arrived, but was answered with 503', [{ status: 503, done: true }]],
    ['never arrived, twice', [{ close: true }, { close: true }]],
    ['hangs', [{ hang: true }]],
    ['hangs, though it arrived', [{ hang: true, done: true }]],
  ])('an acknowledgement that %s loses no answer, and the member is told', async (_how, broken) => {
    const question = await posted()
    for (const one of broken) here.server.faults.push({ call: ACK, ...one })
    const answer = await answerTo(here.ann, () => here.ann.presses(question, letters(question)[0] ?? ''))
    expect(readable(answer)).toMatch(/Right|Not this time/)
    expect(await attempts()).toHaveLength(1)
  })

  it('an acknowledgement that arrived, while each answer comes too late, is known in the end', {
    tags: ['slow'],
  }, async () => {
    const question = await posted()
    for (const late of [{ hang: true, done: true }, { hang: true }, { late: 950 }])
      here.server.faults.push({ call: ACK, ...late })
    const answer = await answerTo(here.ann, () => here.ann.presses(question, letters(question)[0] ?? ''))
    expect(readable(answer)).toMatch(/Right|Not this time/)
    expect(await attempts()).toHaveLength(1)
  })

  it('an acknowledgement that another has given is not taken for one of ours', async () => {
    const question = await posted()
    here.server.faults.push({ call: ACK, status: 400, code: 40060 })
    here.ann.presses(question, letters(question)[0] ?? '')
    await until(
      async () =>
        here.bot.log.some((line) => line.message === 'discord interaction came too late') || undefined,
    )
    expect(await attempts()).toEqual([])
  })

  it('a reply that is refused with 503 three times, or lost, comes all the same, once', {
    tags: ['slow'],
  }, async () => {
    const question = await posted()
    for (const one of [{ status: 503 }, { status: 503 }, { status: 503 }, { close: true }])
      here.server.faults.push({ call: EDIT, ...one })
    const answer = await answerTo(here.ann, () => here.ann.presses(question, letters(question)[0] ?? ''))
    await until(() => /Right|Not this time/.test(readable(answer)) || undefined)
    expect(here.ann.told()).toHaveLength(1)
    expect(await attempts()).toHaveLength(1)
  })
})

describe('the daily question', () => {
  it('of one choice is answered by a letter, privately, and counted on the message', async () => {
    const question = await posted()
    const answer = await answerTo(here.ann, () => here.ann.presses(question, letters(question)[0] ?? ''))
    expect(readable(answer)).toMatch(/Right|Not this time/)
    expect(answer.to).toBe(ANN.id)
    await here.bot.at(AFTER).tick()
    expect(readable(question)).toContain('1 member answered')
  })

  it('of "Choose TWO" is answered by a menu of exactly two', async () => {
    const question = await postedWith(['apple'], (p) =>
      JSON.stringify(p.components).includes('"min_values":2'),
    )
    expect(readable(question)).toContain('Choose TWO')
    expect(() => here.ann.picks(question, ['A'])).toThrow('not as many')
    expect(readable(await answerTo(here.ann, () => here.ann.picks(question, ['A', 'B'])))).toMatch(
      /Right|Not this time/,
    )
  })

  it.each(['Put in order', 'Match'])('of the kind "%s" is answered in a form', async (label) => {
    const question = await postedWith(['pear'], (p) => labelsOf(p).includes(label))
    const form = await formAfter(here.ann, () => here.ann.presses(question, label))
    const given = Object.fromEntries(
      namesIn(form).map((name, i) => [name, [label === 'Match' ? 'A' : String.fromCharCode(65 + i)]]),
    )
    let answer = await answerTo(here.ann, () => here.ann.submits(form, given))
    if (labelsOf(answer).includes('Go on')) answer = await secondStep(answer)
    expect(readable(answer)).toMatch(/Right|Not this time/)
    expect(answer.to).toBe(ANN.id)
  })

  /** More than five prompts do not fit into one form. */
  async function secondStep(between: Posted): Promise<Posted> {
    const form = await formAfter(here.ann, () => here.ann.presses(between, 'Go on'))
    here.ann.submits(form, Object.fromEntries(namesIn(form).map((name) => [name, ['A']])))
    await until(() => /Right|Not this time/.test(readable(between)) || undefined)
    return between
  }

  it('says what is wrong with an order, and changes nothing', async () => {
    const question = await postedWith(['pear'], (p) => labelsOf(p).includes('Put in order'))
    const form = await formAfter(here.ann, () => here.ann.presses(question, 'Put in order'))
    expect(componentOf(form, 0)).toBeDefined()
    const twice = Object.fromEntries(namesIn(form).map((name) => [name, ['A']]))
    expect(readable(await answerTo(here.ann, () => here.ann.submits(form, twice)))).toContain('two places')
    expect(await here.bot.store.attempts({ platform: 'discord', workspace: HOME, user: ANN.id })).toEqual([])
  })

  it('of several parts is answered part by part', async () => {
    const question = await posted(['plum'], { count: 2 })
    const part = await answerTo(here.ann, () => here.ann.presses(question, 'Answer 1'))
    expect(readable(part)).toMatch(/(Question 1 of 2|part 1 of 2)/i)
    const act = () =>
      letters(part).length > 0 ? here.ann.presses(part, 'A') : here.ann.picks(part, ['A', 'B'])
    act()
    await until(() => /Right|Not this time/.test(readable(part)) || undefined)
    expect(letters(part)).toEqual([])
    here.ann.presses(part, labelsOf(part).find((label) => /^Next (part|question)$/.test(label)) ?? '')
    await until(() => readable(part).includes('Question 2 of ') || undefined)
    expect(here.ann.told()).toEqual([part])
  })

  it('closes on the message, and is revealed with a picture that has words', async () => {
    const question = await posted()
    const others = ['300000000000000701', '300000000000000702'].map((id) => {
      const one: Person = { id, username: `other${id}` }
      const people = here.server.place(HOME)?.people as Person[]
      people.push(one)
      return createPerson(here.server, one, HOME, STUDY)
    })
    for (const person of [here.ann, here.ben, here.ada, ...others])
      await answerTo(person, () => person.presses(question, letters(question)[0] ?? ''))
    await here.bot.at(CLOSED).tick()
    expect(readable(question)).toContain('Closed')
    expect(labelsOf(question).filter((label) => /^[A-Z]$/.test(label))).toEqual([])
    const reveal = here.inChannel()[1] as Posted
    expect(readable(reveal)).toContain('The answer of the day, ')
    expect(reveal.repliesTo).toBe(question.id)
    expect(reveal.attachments).toMatchObject([{ filename: 'bars-1.png' }])
    expect(readable(reveal)).toContain('How you chose')
  })

  it('takes one answer of two quick presses', async () => {
    const question = await posted()
    here.ann.presses(question, 'A')
    here.ann.presses(question, 'B')
    await until(() => here.ann.told()[1])
    expect(
      await here.bot.store.attempts({ platform: 'discord', workspace: HOME, user: ANN.id }),
    ).toHaveLength(1)
    expect(here.ann.told().filter((p) => readable(p).includes('You have answered this one'))).toHaveLength(1)
  })

  it('is answered on a message that is older than the process', async () => {
    const question = await posted()
    await here.discord.stop()
    const again = await startDiscordBot({ server: here.server, bot: here.bot })
    expect(readable(await answerTo(here.ann, () => here.ann.presses(question, 'A')))).toMatch(
      /Right|Not this time/,
    )
    await again.stop()
  })

  it('may be reported', async () => {
    const question = await posted()
    const form = await formAfter(here.ann, () => here.ann.presses(question, 'Report a problem'))
    await answerTo(here.ann, () =>
      here.ann.submits(form, { reason: ['The key is wrong'], detail: '@everyone it is B' }),
    )
    expect(await here.bot.store.reports()).toMatchObject([
      { reason: 'The key is wrong', detail: '@everyone it is B' },
    ])
  })

  it('names members on boards as the server does, never by a number', { tags: ['slow'] }, async () => {
    const question = await posted()
    for (const person of [here.ann, here.ben])
      await answerTo(person, () => person.presses(question, letters(question)[0] ?? ''))
    await here.bot.at(CLOSED).tick()
    const words = readable(await answerTo(here.ann, () => here.ann.types('/leaderboard')))
    for (const name of ['Ann', 'Benny']) expect(words).toContain(name)
    expect(words).not.toMatch(/\d{17}/)
    const ben = here.server.place(HOME)?.people.find((p) => p.username === 'ben_jones')
    if (ben) ben.nick = 'Big Ben'
    const renamed = createPerson(here.server, ben ?? ANN, HOME, STUDY)
    await here.bot.at('2026-11-03T08:00:00Z').tick()
    const next = rounds()[1] as Posted
    await answerTo(renamed, () =>
      letters(next).length > 0 ? renamed.presses(next, 'A') : renamed.picks(next, ['A', 'B']),
    )
    await here.bot.at('2026-11-03T20:05:00Z').tick()
    expect(readable(await answerTo(here.ann, () => here.ann.types('/leaderboard')))).toContain('Big Ben')
  })
})

describe('the setup', () => {
  const stored = (channel = STUDY) => here.bot.store.teamIn({ platform: 'discord', workspace: HOME, channel })

  it('goes in steps, from the command to the saved team', async () => {
    const first = await formAfter(here.ada, () => here.ada.types('/team setup'))
    expect(namesIn(first)).toEqual(['name', 'channel', 'time', 'zone', 'days'])
    const between = await answerTo(here.ada, () =>
      here.ada.submits(first, { time: '07:30', zone: 'Berlin', channel: [SECOND] }),
    )
    expect(readable(between)).toContain('07:30')
    const second = await formAfter(here.ada, () => here.ada.presses(between, 'Go on'))
    expect(namesIn(second)).toContain('topics')
    here.ada.submits(second, { topics: ['apple'], count: ['2'] })
    await until(() => readable(between).includes('is set up') || undefined)
    expect(await stored(SECOND)).toMatchObject({
      minute: 450,
      zone: 'Europe/Berlin',
      topics: ['apple'],
      count: 2,
    })
    expect(readable(here.inChannel(SECOND)[0] as Posted)).toContain('Welcome to Cohort')
  })

  it('may be saved after the first step', async () => {
    const first = await formAfter(here.ada, () => here.ada.types('/team setup'))
    const between = await answerTo(here.ada, () => here.ada.submits(first, { time: '9am' }))
    here.ada.presses(between, 'Save')
    await until(() => readable(between).includes('is set up') || undefined)
    expect(await stored()).toMatchObject({ minute: 540, count: 1, topics: [] })
  })

  it('says what is wrong, keeps what was given, and lets one change it', async () => {
    const first = await formAfter(here.ada, () => here.ada.types('/team setup'))
    const between = await answerTo(here.ada, () =>
      here.ada.submits(first, { time: '25 past', name: 'Night owls' }),
    )
    expect(readable(between)).toContain('should look like 09:00')
    expect(await stored()).toBeUndefined()
    const again = await formAfter(here.ada, () => here.ada.presses(between, 'Fix it'))
    expect(JSON.stringify(again.data)).toContain('Night owls')
    here.ada.submits(again, { time: '10:00' })
    await until(() => readable(between).includes('Step 1 of') || undefined)
    here.ada.presses(between, 'Save')
    await until(async () => ((await stored())?.minute === 600 ? true : undefined))
    expect(await stored()).toMatchObject({ name: 'Night owls' })
  })

  it('goes on after a restart between two steps', async () => {
    const first = await formAfter(here.ada, () => here.ada.types('/team setup'))
    const between = await answerTo(here.ada, () => here.ada.submits(first, { name: 'Night owls' }))
    await here.discord.stop()
    const again = await startDiscordBot({ server: here.server, bot: here.bot })
    const second = await formAfter(here.ada, () => here.ada.presses(between, 'Go on'))
    here.ada.submits(second, {})
    await until(async () => (await stored())?.name === 'Night owls' || undefined)
    await again.stop()
  })

  it('is for those who manage the server: when it is opened, between the steps, and when it is sent', async () => {
    const first = await formAfter(here.ada, () => here.ada.types('/team setup'))
    const between = await answerTo(here.ada, () => here.ada.submits(first, {}))
    const ada = here.server.place(HOME)?.people.find((p) => p.id === ADA.id)
    if (ada) ada.manages = false
    const former = createPerson(here.server, ada ?? ADA, HOME, STUDY)
    former.presses(between, 'Save')
    await until(() => here.server.posts.some((p) => readable(p).includes('needs Manage Server')) || undefined)
    expect(await stored()).toBeUndefined()
  })

  it('names the permission that is missing, before the first question', async () => {
    here.server.deny(STUDY, PERMISSION.send | PERMISSION.attach)
    const first = await formAfter(here.ada, () => here.ada.types('/team setup'))
    const between = await answerTo(here.ada, () => here.ada.submits(first, {}))
    here.ada.presses(between, 'Save')
    await until(() => readable(between).includes('is set up') || undefined)
    expect(readable(between)).toContain('lacks "Send Messages" and "Attach Files" in #study')
  })
})

describe('a channel that Cohort cannot post in', () => {
  it.each([
    [PERMISSION.view, '"View Channel"'],
    [PERMISSION.send, '"Send Messages"'],
    [PERMISSION.attach, '"Attach Files"'],
  ])('is told to the admin once, by the name of the permission', { tags: ['slow'] }, async (bits, words) => {
    await here.team()
    here.server.deny(STUDY, bits)
    await answerTo(here.ann, () => here.ann.types('/help'))
    for (const time of [DUE, '2026-11-02T08:05:00Z', '2026-11-02T09:00:00Z', '2026-11-03T08:00:00Z'])
      await here.bot.at(time).tick()
    expect(here.ada.told()).toHaveLength(1)
    expect(readable(here.ada.told()[0] as Posted)).toContain(words)
    here.server.deny(STUDY, 0n)
    await answerTo(here.ann, () => here.ann.types('/help'))
    await here.bot.at('2026-11-03T09:00:00Z').tick()
    expect(rounds()).toHaveLength(1)
  })

  it('is told when only Discord knows of it', async () => {
    await here.team()
    here.server.deny(STUDY, PERMISSION.view, false)
    await here.bot.at(DUE).tick()
    expect(readable(here.ada.told()[0] as Posted)).toContain('View Channel')
  })

  it('that was deleted pauses its team, and the admin is told once', async () => {
    await here.team()
    here.server.channelDeleted(STUDY)
    await until(
      async () =>
        (await here.bot.store.teamIn({ platform: 'discord', workspace: HOME, channel: STUDY }))?.paused ||
        undefined,
    )
    await here.bot.at(DUE).tick()
    await until(() => here.ada.told()[0])
    expect(readable(here.ada.told()[0] as Posted)).toContain('Its channel was deleted or archived')
    expect(here.ada.told()).toHaveLength(1)
  })

  it('that was deleted while the bot was away pauses its team with the next question', async () => {
    await here.team()
    here.server.guildOf(STUDY)?.channels.splice(0, 1)
    for (const time of [DUE, '2026-11-02T08:05:00Z', '2026-11-03T08:00:00Z']) await here.bot.at(time).tick()
    expect(
      await here.bot.store.teamIn({ platform: 'discord', workspace: HOME, channel: STUDY }),
    ).toMatchObject({ paused: true })
    expect(here.ada.told()).toHaveLength(1)
  })
})

describe('when the database hangs', () => {
  it('a form that cannot be drawn in time is told, and the next try works', { tags: ['slow'] }, async () => {
    const store = here.bot.deps.store as { teamIn: (place: never) => Promise<unknown> }
    const { teamIn } = store
    store.teamIn = () => new Promise(() => {})
    const word = await answerTo(here.ada, () => here.ada.types('/team setup'))
    expect(readable(word)).toContain('longer than Discord waits')
    store.teamIn = teamIn
    await formAfter(here.ada, () => here.ada.types('/team setup'))
  })

  it('everything else is acknowledged at once', async () => {
    const store = here.bot.deps.store as { attempts: (who: never) => Promise<unknown> }
    store.attempts = () => new Promise(() => {})
    const asked = here.ann.types('/stats')
    await until(() => asked.state === 'deferred' || undefined)
  })
})

describe('when Discord has trouble', () => {
  const POST = /^POST \/channels\/200000000000000001\/messages/

  it.each([
    ['answers 500 though it did post', { status: 500, done: true }],
    ['answers 500', { status: 500 }],
    ['never answers', { hang: true }],
    ['never answers though it did post', { hang: true, done: true }],
  ])('the question is posted once when it %s', async (_how, fault) => {
    await here.team()
    here.server.faults.push({ call: POST, ...fault })
    await here.bot.at(DUE).tick()
    await here.bot.at('2026-11-02T08:05:00Z').tick()
    expect(rounds()).toHaveLength(1)
    expect(here.ada.told()).toEqual([])
  })

  it('the question is found when the answer was lost longer ago than a nonce is kept', async () => {
    await here.team()
    for (let i = 0; i < 3; i++) here.server.faults.push({ call: POST, status: 500, done: true })
    await here.bot.at(DUE).tick()
    here.server.state.late = 10 * 60_000
    await here.bot.at('2026-11-02T08:10:00Z').tick()
    expect(rounds()).toHaveLength(1)
  })

  it('a long wait is kept, and holds up no other channel', async () => {
    await here.team()
    await here.team({ channel: SECOND, name: 'Second' })
    here.server.faults.push({ call: POST, retryAfter: 30 })
    await here.bot.at(DUE).tick()
    expect([rounds().length, rounds(SECOND).length]).toEqual([0, 1])
    expect(here.server.calls.filter((call) => POST.test(call))).toHaveLength(1)
    expect(here.ada.told()).toEqual([])
  })

  it('a short wait is waited out', async () => {
    await here.team()
    here.server.faults.push({ call: POST, retryAfter: 0.3 })
    await here.bot.at(DUE).tick()
    expect(rounds()).toHaveLength(1)
  })

  it('a connection that drops is resumed, and what was missed is answered once', {
    tags: ['slow'],
  }, async () => {
    await answerTo(here.ann, () => here.ann.types('/help'))
    here.server.gateway.drop()
    const missed = here.ann.told().length
    here.ann.types('/explain', { query: 'apple' })
    await until(() => here.server.gateway.state.resumed || undefined)
    await until(() => here.ann.told()[missed])
    await answerTo(here.ann, () => here.ann.types('/help'))
    expect(here.ann.told()).toHaveLength(3)
  })

  it('a connection that cannot be resumed begins anew, and posts nothing twice', {
    tags: ['slow'],
  }, async () => {
    await posted()
    here.server.gateway.state.refuseResume = true
    here.server.gateway.drop()
    await until(
      () =>
        (here.server.gateway.sessions.length > 1 &&
          here.server.gateway.isConnected() &&
          here.discord.works()) ||
        undefined,
    )
    await answerTo(here.ann, () => here.ann.types('/help'))
    await here.bot.at(AFTER).tick()
    expect(rounds()).toHaveLength(1)
  })
})

describe('when many press at once', () => {
  it('answers all of them without waiting for the fifty requests a second of a bot, which answers do not count against', {
    tags: ['slow'],
  }, async () => {
    const waits: string[] = []
    Object.assign(here.bot.deps.log, { info: (_fields: object, message: string) => void waits.push(message) })
    const question = await posted()
    const many: Person[] = Array.from({ length: 70 }, (_, i) => ({
      id: String(310000000000000000n + BigInt(i)),
      username: `p${i}`,
    }))
    const members = (here.server.place(HOME)?.people ?? []) as Person[]
    members.push(...many)
    const people = many.map((one) => createPerson(here.server, one, HOME, STUDY))
    // In two waves: on a slow machine all of them at once take longer than the three seconds of an
    // acknowledgement.
    for (const wave of [people.slice(0, 35), people.slice(35)]) {
      for (const person of wave) person.presses(question, 'A')
      await until(() => wave.every((person) => person.told().length === 1) || undefined)
    }
    expect(waits).not.toContain('discord asks to wait')
  })
})

describe('many servers', () => {
  it('are spread over as many connections as Discord recommends, and each is answered once', async () => {
    const server = await startDiscord(twoGuilds(), { shards: 2 })
    const two = await startDiscordBot({ server })
    expect(server.gateway.identifies.map((one) => one.shard)).toEqual([
      [0, 2],
      [1, 2],
    ])
    const people = [
      createPerson(server, ANN, HOME, STUDY),
      createPerson(server, ZED, AWAY, '200000000000000009'),
    ]
    for (const person of people)
      expect(readable(await answerTo(person, () => person.types('/explain', { query: 'apple' })))).toContain(
        'Apple',
      )
    await two.team()
    await two.bot.at(DUE).tick()
    expect(two.inChannel().filter((p) => readable(p).includes('Question of the day'))).toHaveLength(1)
    await two.stop()
    server.stop()
  })
})
