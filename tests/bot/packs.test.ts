/**
 * Two packs with topics, questions and other names of the same spelling, side by side: the shipped one and
 * `content/example/`.
 */
import { cpSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createApp } from '../../src/bot/app.js'
import type { Caller } from '../../src/bot/ports/chat.js'
import type { Store } from '../../src/bot/ports/store.js'
import { planOutOfTurn } from '../../src/bot/rounds/plan.js'
import { plainCard } from '../../src/bot/ui/card.js'
import { instantiate } from '../../src/core/instantiate.js'
import type { Question, Team } from '../../src/core/model.js'
import { type Bot, labelsOf, type Person, startBot } from '../helpers/bot.js'

/** The id of a question of both packs; the title and slug of a topic of both; an alias of a topic in each. */
const [ID, TITLE, SLUG, ALIAS] = ['fairness-when-which', 'Fairness', 'fairness', 'shapley values']
const FAIR = 'Fair Division'
/** What the topic of the shipped pack says, and that of the example. */
const [EXAM, SHARES] = ['SageMaker Clarify', 'Envy-free']

const CALLER: Caller = {
  platform: 'test',
  workspace: 'w1',
  channel: 'study',
  user: 'cy',
  name: 'Cy',
  isAdmin: async () => false,
}

let bot: Bot
let [ann, ben]: Person[] = []
let team: Team
/** Ann studies for the exam of the shipped pack, and Ben, in another channel, the example. */
beforeAll(async () => {
  bot = await startBot({ content: 'content' })
  await bot.team()
  team = await bot.team({ channel: 'fair', name: 'Sharers', pack: 'example' })
})
beforeEach(() => {
  ;[ann, ben] = [bot.person('ann'), bot.person('ben', { channel: 'fair' })]
})

function here<T>(one: T | undefined): T {
  if (one === undefined) throw new Error('is not there')
  return one
}

const questionOf = (pack: string) =>
  here(bot.deps.packs.get(pack)?.bank.questions.find((q) => q.id.replace(`${pack}/`, '') === ID))

/** Just this question in a round of the team, out and open. */
async function asks(question: Question, whom: Team) {
  const questions = { ...bot.deps.questions, about: () => [question] }
  await bot.store.planNow(whom.id, (due) => planOutOfTurn(due, bot.deps.clock(), { ...bot.deps, questions }))
  await bot.tick()
}

it('they share a title, a slug, an alias and an id; the shipped one comes first, and its ids stay as they are', () => {
  const [first, second] = bot.deps.packs.all.map((pack) => pack.bank)
  expect([first?.pack.id, second?.pack.id]).toEqual(['mla-c01', 'example'])
  for (const bank of [first, second]) {
    expect(bank?.topic(SLUG)?.title).toBe(TITLE)
    expect(bank?.topics.filter((topic) => topic.aliases.includes(ALIAS))).toHaveLength(1)
  }
  expect([questionOf('mla-c01').id, questionOf('example').id]).toEqual([ID, `example/${ID}`])
  expect(first?.questions.filter((q) => q.id.includes('/'))).toEqual([])
})

describe('a look-up', () => {
  it('asks the database which pack it is about once a minute, and for nothing else', async () => {
    const asked: string[] = []
    const store = new Proxy<Store>(bot.store, {
      get(target, verb) {
        asked.push(String(verb))
        return Reflect.get(target, verb)
      },
    })
    let now = bot.deps.clock()
    const app = createApp({ ...bot.deps, store, clock: () => now })
    const caller: Caller = { ...CALLER, channel: 'fair' }
    const request = (name: string, input: string) => app.run({ kind: 'command', caller, name, input })
    await request('explain', TITLE)
    expect(asked).toEqual(['teamIn'])
    for (let i = 0; i < 20; i++) await request('explain', ALIAS)
    await app.complete(caller, '/explain fa')
    expect(asked).toEqual(['teamIn'])
    now += 60_000
    await request('explain', TITLE)
    expect(asked).toEqual(['teamIn', 'teamIn'])
    // Whatever else they do may bring them to another pack.
    await request('study', 'status')
    asked.length = 0
    await request('explain', TITLE)
    expect(asked).toEqual(['teamIn'])
  })

  it('speaks of the team’s pack, and says where else there is something of that name', async () => {
    await here(ann).says(`/explain ${TITLE}`)
    expect(here(ann).sees).toContain(EXAM)
    expect(here(ann).sees).toContain(`Also in ${FAIR}: Fairness.`)
    await here(ben).says(`/explain ${TITLE}`)
    expect(here(ben).sees).toContain(SHARES)
    expect(here(ben).sees).toContain('Also in AWS Certified')
    await here(ann).says(`/explain ${ALIAS}`)
    expect([here(ann).card.title, here(ann).sees]).toEqual([
      'Explainability',
      expect.stringContaining('Also in Fair Division: Shapley value.'),
    ])
    await here(ben).says(`/explain ${ALIAS}`)
    expect(here(ben).card.title).toBe('Shapley value')
  })

  it('says nothing of other packs for what they merely touch', async () => {
    await here(ann).says('/explain canary')
    expect(here(ann).sees).not.toContain(FAIR)
    await here(ben).says('/explain how do two people share a cake')
    expect(here(ben).card.title).toBe('Divide and choose')
    expect(here(ben).sees).not.toContain('AWS Certified')
  })

  it('of what only another pack has leads there, and on from there', async () => {
    await here(ann).says('/explain moving knife')
    expect(here(ann).card.title).toBe('Not covered')
    expect(here(ann).sees).toContain('It is in Fair Division: Moving knife.')
    await here(ann).presses('Moving knife')
    expect(here(ann).sees).toContain('calls stop')
    await here(ann).presses('Proportionality')
    expect(here(ann).sees).toContain('1/n of the whole')
    await here(ann).presses('Quiz me on this')
    expect(here(ann).card.title).toBe('Practice: question 1 of 3')
  })

  it('is completed by the team’s pack alone', async () => {
    const of = (channel: string, line: string) =>
      bot.app.complete(
        { platform: 'test', workspace: 'w1', channel, user: 'ann', name: 'Ann', isAdmin: async () => false },
        line,
      )
    expect(await of('study', '/explain moving')).toEqual([])
    expect(await of('fair', '/explain moving')).toEqual([
      { value: '/explain Moving knife', label: 'Moving knife' },
    ])
    expect(await of('fair', '/quiz canary')).toEqual([])
    expect(await of('study', '/quiz canary')).toMatchObject([{ value: '/quiz Canary traffic shifting' }])
  })

  it('in a direct message speaks of the pack of the team that the person has joined', async () => {
    await bot.at('2026-11-02T07:59:00Z')
    await asks(here(bot.deps.packs.get('example')?.bank.question('choose-cutter-gets')), team)
    await here(ben).answers(['Exactly half'], bot.last('fair'))
    const alone = bot.person('ben', { channel: '' })
    expect(plainCard(await alone.says(`/explain ${TITLE}`))).toContain(SHARES)
    expect(plainCard(await bot.person('cleo', { channel: '' }).says(`/explain ${TITLE}`))).toContain(EXAM)
  })

  it.each(['topic', 'show'])(
    'by a button of version 0.2 (%s), which names no pack, means the one of the team',
    async (name) => {
      const press = async (who: Person | undefined) =>
        JSON.stringify(await here(who).request({ kind: 'press', id: `${name}~${SLUG}` }))
      expect(await press(ann)).toContain(EXAM)
      expect(await press(ben)).toContain(SHARES)
      const other = JSON.stringify(await here(ben).request({ kind: 'press', id: `${name}~canary` }))
      expect(other).toContain('Canary traffic shifting')
    },
  )
})

describe('practice', () => {
  const isOf = (card: string, pack: string) =>
    here(bot.deps.packs.get(pack)).bank.questions.some((q) =>
      card.includes('stem' in q ? q.stem : 'scenario' in q ? q.scenario : '?'),
    )

  it('is about the team’s pack, by a topic of the same name too', async () => {
    for (const line of ['/quiz', `/quiz ${TITLE}`, `/quiz ${TITLE} 2`]) {
      await here(ben).says(line)
      expect(isOf(here(ben).sees, 'example'), here(ben).sees).toBe(true)
      expect(here(ben).sees).not.toContain('Exam domain')
    }
    await here(ann).says(`/quiz ${TITLE}`)
    expect(isOf(here(ann).sees, 'mla-c01')).toBe(true)
    await here(ann).says('/quiz moving knife')
    expect(here(ann).sees).toContain(
      'There is no topic like "moving knife". "Fair Division" has one, and /explain leads there.',
    )
  })

  it('goes on with the topic of the card that began it', async () => {
    await here(ann).says('/explain adjusted winner')
    await here(ann).presses('Adjusted winner')
    await here(ann).presses('Quiz me on this')
    for (let i = 0; i < 2; i++) {
      expect(isOf(here(ann).sees, 'example')).toBe(true)
      await here(ann).presses('A')
      await here(ann).presses('Next question')
    }
  })

  it('remembers answers to two questions of one id apart', async () => {
    for (const [pack, right] of [
      ['mla-c01', true],
      ['example', false],
    ] as const) {
      const { id, version } = questionOf(pack)
      const given = {
        platform: 'test',
        workspace: 'w1',
        user: 'dana',
        name: 'Dana',
        question: id,
        version,
        seed: 1,
        item: 0,
        answer: 'ABCD',
      }
      expect(await bot.store.practise({ ...given, right, now: bot.deps.clock() })).toBe('recorded')
    }
    const dana = bot.person('dana')
    await dana.says('/stats')
    expect(dana.sees).toContain('Fairness (Fair Division) | 0 of 1')
    expect(dana.sees).toMatch(/Fairness \(AWS Certified[^|]*\) \| 1 of 1/)
  })
})

describe('a round', () => {
  it('asks each team of its own pack, and a question that is open in one team is none of another pack', async () => {
    await bot.at('2026-11-03T08:00:00Z').tick()
    const texts = (channel: string) => plainCard(bot.last(channel))
    expect(texts('fair')).not.toContain('Exam domain')
    expect(texts('study')).toContain('Exam domain')
    await bot.at('2026-11-04T07:59:00Z').tick()
    await asks(questionOf('example'), team)
    expect(texts('fair')).toContain('Three heirs')
    const open = await bot.store.openItems({ platform: 'test', workspace: 'w1', user: 'ann' })
    expect(open.map((item) => item.question)).toContain(`example/${ID}`)
    // What only the other one of this id tells is told.
    const { number } = questionOf('mla-c01')
    const press = `try~#${number.toString(36)}~1~0~3~1~0~0~-~A`
    expect(JSON.stringify(await here(ann).request({ kind: 'press', id: press }))).not.toContain(
      'question of the day',
    )
  })

  it('is answered, revealed and reported by the question of its own pack', async () => {
    await bot.at('2026-11-05T07:59:00Z').tick()
    await asks(questionOf('example'), team)
    await here(ben).presses('Match', bot.last('fair'))
    const { key } = here(
      instantiate(questionOf('example'), here((await bot.store.latestRound(team.id))?.questions[0]).seed)
        .items[0],
    )
    await here(ben).fills(Object.fromEntries([...key].map((letter, i) => [`p${i}`, letter])))
    expect(here(ben).card.title).toBe('Right')
    expect(labelsOf(here(ben).card)).toContain('Read: Fairness')
    const card = here(ben).card
    await here(ben).presses('Read: Fairness', card)
    expect(here(ben).sees).toContain(SHARES)
    await here(ben).presses('Report a problem', card)
    await here(ben).fills({ reason: 'Something else', detail: '' })
    expect(await bot.store.reports()).toMatchObject([{ question: `example/${ID}` }])
    await bot.at('2026-11-05T20:00:00Z').tick()
    expect(plainCard(bot.last('fair'))).toContain('Many take "fair" for one single wish')
  })
})

describe('the setup', () => {
  it('offers the packs, and with another one its own topics', async () => {
    const ada = bot.person('ada', { channel: 'new' })
    await ada.says('/team setup')
    await ada.presses('Set up a new team')
    const field = (name: string) => here(ada.form.fields.find((one) => one.name === name))
    expect(field('pack')).toMatchObject({
      value: 'mla-c01:c02',
      options: [
        { value: 'mla-c01:c02', label: expect.stringContaining('MLA-C02') },
        { value: 'mla-c01:c01', label: expect.stringContaining('MLA-C01') },
        { value: 'example', label: FAIR },
        { value: 'containers', label: 'Container orchestration basics' },
      ],
    })
    const sent = {
      name: 'New',
      channel: 'new',
      time: '09:00',
      zone: 'UTC',
      days: ['1'],
      count: '1',
      open: '24',
    }
    // The topics of the form are those of the first pack, also where the other has one of that slug.
    await ada.fills({ ...sent, pack: 'example', topics: ['canary', SLUG] })
    expect(ada.sees).toContain(`Exam: ${FAIR}`)
    expect(ada.sees).toContain('Topics: all')
    expect(plainCard(bot.last('new'))).toContain('/explain last diminisher vs moving knife')
    await ada.says('/team setup')
    expect(field('topics')).toMatchObject({
      options: expect.arrayContaining([expect.objectContaining({ value: SLUG, label: TITLE })]),
    })
    expect(JSON.stringify(field('topics'))).not.toContain('canary')
    await ada.fills({ ...sent, pack: 'example', topics: ['canary'] })
    expect(ada.sees).toContain('no questions in this exam')
    await ada.fills({ ...sent, pack: 'example', topics: [SLUG] })
    expect(ada.sees).toContain('Topics: 1 topic')
    expect(plainCard(await ada.says('/team status'))).toContain(`Exam: ${FAIR}`)
    await ada.says('/team setup')
    await ada.fills({ ...sent, pack: 'containers', topics: [] })
    for (const line of ['/team status', '/study status'])
      expect(plainCard(await ada.says(line))).toContain(
        'Container orchestration basics: CC BY 4.0, The Kubernetes Authors',
      )
  })
  it('tells packs of one title apart', async () => {
    const content = mkdtempSync(join(tmpdir(), 'cohort-packs-'))
    for (const id of ['meadow', 'orchard'])
      cpSync('tests/fixtures/content/orchard', join(content, id), { recursive: true })
    const ada = (await startBot({ content })).person('ada')
    await ada.says('/team setup')
    expect(ada.form.fields.find(({ name }) => name === 'pack')).toMatchObject({
      options: [
        { value: 'meadow', label: 'OK-1: Orchard Keeper (meadow)' },
        { value: 'orchard', label: 'OK-1: Orchard Keeper (orchard)' },
      ],
    })
  })
})
