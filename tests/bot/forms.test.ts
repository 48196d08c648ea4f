/** Forms that wait in the store: for whom, for how long, how many; and what they cost. */
import { beforeEach, describe, expect, it } from 'vitest'
import {
  type Answered,
  type Caller,
  ChatBusy,
  type FormReply,
  type FormValues,
} from '../../src/bot/ports/chat.js'
import { FORM_DRAFT_CHARACTERS, FORM_DRAFTS } from '../../src/bot/ports/form-drafts.js'
import { plainCard } from '../../src/bot/ui/card.js'
import { valuesOf } from '../../src/bot/ui/form.js'
import { formIds } from '../../src/bot/ui/ids.js'
import { sweep } from '../../src/server/sweep.js'
import { type Bot, buttonsOf, labelsOf, startBot } from '../helpers/bot.js'
import { testDatabase } from '../helpers/database.js'

const SECRET = 'Zebulon wrote this'
const caller = (user: string, more: Partial<Caller> = {}): Caller => ({
  ...{
    platform: 'test',
    workspace: 'w1',
    channel: 'study',
    user,
    name: user,
    isAdmin: async () => ['ada', 'bob'].includes(user),
  },
  ...more,
})
const [ada, bob, ann] = [caller('ada'), caller('bob'), caller('ann')]

let bot: Bot
beforeEach(async () => {
  bot = await startBot()
})

const opens = async (who: Caller) =>
  (await bot.app.run({ kind: 'command', caller: who, name: 'team setup', input: '' })) as Answered<FormReply>
const sends = (who: Caller, { form, draft }: FormReply, change: FormValues, more: { isStep?: true } = {}) =>
  bot.app.run({
    kind: 'submit',
    caller: who,
    id: form.id,
    values: { ...valuesOf(form), ...change },
    draft,
    ...more,
  })
const reopens = (who: Caller, draft: string, field = '-') =>
  bot.app.run({ kind: 'press', caller: who, id: formIds.reopen.id({ draft, field }) })
const words = (reply: Answered) => (reply.kind === 'card' ? plainCard(reply.card) : valuesOf(reply.form))
const rows = async () =>
  Number((await (await testDatabase()).pool.query('select count(*) as n from form_draft')).rows[0].n)
const team = () => bot.store.teamIn(ada)
const PLACE = { workspace: 'w1', platform: 'test', channel: 'study' }

describe('a form with a mistake', () => {
  it('opens again as it was sent, beginning with the field, for who sent it alone', async () => {
    const form = await opens(ada)
    const told = await sends(ada, form, { time: '25:99', name: SECRET })
    expect(told).toMatchObject({ wrong: { field: 'time', draft: form.draft }, isTrouble: true })
    expect(words(told)).toContain('Time of day: The time of day should look like 09:00')
    expect(told.kind === 'card' && labelsOf(told.card)).toEqual(['Fix it'])
    const draft = form.draft ?? ''
    expect(await reopens(ada, draft, 'time')).toMatchObject({ kind: 'form', draft, field: 'time' })
    expect(words(await reopens(ada, draft))).toMatchObject({ name: SECRET, time: '25:99' })
    for (const other of [bob, ann, caller('ada', { workspace: 'w2' }), caller('ada', { platform: 'other' })])
      expect(JSON.stringify(words(await reopens(other, draft)))).toContain('no longer kept')
    expect(await team()).toBeUndefined()
  })

  it('is kept no more once it is sent without one', async () => {
    const form = await opens(ada)
    await sends(ada, form, { time: '25:99' })
    await sends(ada, form, { time: '10:00' })
    expect(await team()).toMatchObject({ minute: 600 })
    expect(await rows()).toBe(0)
    expect(words(await reopens(ada, form.draft ?? ''))).toContain('no longer kept')
  })

  it('opens for nobody who may not any more', async () => {
    const { draft = '' } = await opens(ada)
    expect(words(await reopens({ ...ada, isAdmin: async () => false }, draft))).toContain('for admins')
  })

  it('holds only what is still offered', async () => {
    const form = await opens(ada)
    await bot.app.formDrafts.keep(ada, form.draft ?? '', {
      topics: ['apple', 'nope'],
      pack: 'none',
      name: 'x'.repeat(80),
      strange: SECRET,
    })
    const again = words(await reopens(ada, form.draft ?? ''))
    expect(again).toMatchObject({ topics: ['apple'], pack: 'orchard', name: 'x'.repeat(60) })
    expect(JSON.stringify(again)).not.toContain(SECRET)
  })
})

describe('one step of a form', () => {
  it('is looked at by itself, and changes nothing but what is kept', async () => {
    const form = await opens(ada)
    for (const [name, wrong] of Object.entries({
      time: '25:99',
      zone: 'Mars/Base',
      days: [],
      count: '9',
      open: '0',
      name: '',
    })) {
      const told = await sends(
        ada,
        { ...form, form: { ...form.form, fields: [] } },
        { [name]: wrong },
        { isStep: true },
      )
      expect(told).toMatchObject({ wrong: { field: name } })
    }
    const step = await sends(
      ada,
      { ...form, form: { ...form.form, fields: [] } },
      { time: '10:00' },
      { isStep: true },
    )
    expect(step.isTrouble).toBeUndefined()
    expect(words(await reopens(ada, form.draft ?? ''))).toMatchObject({ time: '10:00', zone: 'Mars/Base' })
    expect(await team()).toBeUndefined()
  })
})

describe('what is kept', () => {
  it('ends after a day, and goes with the next sweep', async () => {
    const { draft = '' } = await opens(ada)
    bot.at('2026-11-03T06:59:59Z')
    expect((await reopens(ada, draft)).kind).toBe('form')
    bot.at('2026-11-03T07:00:00Z')
    expect(words(await reopens(ada, draft))).toContain('no longer kept')
    expect(await rows()).toBe(1)
    const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }
    const { signal: stop } = new AbortController()
    expect(
      await sweep({ store: bot.store, keepDays: 400, clock: bot.deps.clock, log, deleted: () => {}, stop }),
    ).toMatchObject({
      forms: 1,
    })
    expect(await rows()).toBe(0)
  })

  it(`is the latest ${FORM_DRAFTS} forms of a person`, async () => {
    const all: string[] = []
    for (let i = 0; i < FORM_DRAFTS + 2; i++) {
      bot.at(`2026-11-02T07:00:${String(i).padStart(2, '0')}Z`)
      all.push((await opens(ada)).draft ?? '')
    }
    await opens(bob)
    expect(await rows()).toBe(FORM_DRAFTS + 1)
    expect(words(await reopens(ada, all[1] ?? ''))).toContain('no longer kept')
    expect((await reopens(ada, all[2] ?? '')).kind).toBe('form')
    expect(await bot.store.latestFormDraft(ada, bot.deps.clock())).toBe(all.at(-1))
  })

  it('is bounded in size', async () => {
    const { draft = '' } = await opens(ada)
    const much = { name: 'x'.repeat(FORM_DRAFT_CHARACTERS) }
    expect(await bot.store.keepFormDraft(ada, draft, much, bot.deps.clock())).toBe(false)
    expect(
      await bot.store.openFormDraft({ ...PLACE, user: 'ada', form: 'setup', shown: {}, given: much, now: 0 }),
    ).toBeUndefined()
  })

  it('goes with who asks to be forgotten, and stands in their export', async () => {
    const form = await opens(ada)
    await sends(ada, form, { time: '25:99', name: SECRET })
    expect(JSON.stringify((await bot.store.exportMember(ada))?.head)).toContain(SECRET)
    expect(await bot.store.forgetMember(ada)).toBe(true)
    expect(await rows()).toBe(0)
  })

  it('is in no log', async () => {
    const form = await opens(ada)
    await sends(ada, form, { time: SECRET, name: SECRET })
    await reopens(ada, form.draft ?? '')
    expect(bot.log.length).toBeGreaterThan(2)
    expect(JSON.stringify(bot.log)).not.toContain(SECRET)
  })
})

describe('two admins in one form', () => {
  it('each keep what they did not touch, and the later one is told of all that changed', async () => {
    await bot.team({ minute: 540, days: [1, 2], topics: ['apple'] })
    const [first, second] = [await opens(ada), await opens(bob)]
    await sends(ada, first, { time: '10:00', days: ['1', '2', '6'], topics: ['apple', 'pear'] })
    const told = words(await sends(bob, second, { days: ['7'], count: '2' }))
    expect(told).toContain('Changed by somebody else since you opened the form')
    expect(told).toContain('Time of day: from 09:00 to 10:00. This was kept.')
    expect(told).toContain(
      'Days: from Monday, Tuesday to Monday, Tuesday, Saturday. Your value replaced it: Sunday.',
    )
    expect(told).toContain('Topics: from Apple to Apple, Pear. This was kept.')
    expect(await team()).toMatchObject({ minute: 600, days: [7], count: 2, topics: ['apple', 'pear'] })
  })

  it('of whom one has set the team up meanwhile do not undo it', async () => {
    const [first, second] = [await opens(ada), await opens(bob)]
    await sends(ada, first, { name: 'Larks', time: '07:00' })
    expect(words(await sends(bob, second, { count: '3' }))).toContain(
      'Team name: from Study team to Larks. This was kept.',
    )
    expect(await team()).toMatchObject({ name: 'Larks', minute: 420, count: 3 })
    expect(bot.channel()).toHaveLength(1)
  })

  it('are told nothing where nothing changed, or where the form came from version 0.2', async () => {
    await bot.team()
    const [first, second] = [await opens(ada), await opens(bob)]
    expect(words(await sends(ada, first, { time: '10:00' }))).not.toContain('somebody else')
    expect(words(await sends(bob, { kind: 'form', form: second.form }, { name: 'Owls' }))).not.toContain(
      'somebody else',
    )
    expect(await team()).toMatchObject({
      name: 'Owls',
      minute: second.form.fields.some((f) => f.name === 'time') ? 480 : 0,
    })
  })
})

it('an answer by form asks nothing more of the database than before', async () => {
  const asked: string[] = []
  const { store } = bot
  const verbs = ['openFormDraft', 'formDraft', 'keepFormDraft', 'dropFormDraft', 'latestFormDraft'] as const
  for (const verb of verbs) {
    const own = store[verb] as (...given: unknown[]) => Promise<unknown>
    const told = (...given: unknown[]) => {
      asked.push(verb)
      return own(...given)
    }
    Object.assign(store, { [verb]: told })
  }
  await bot.team({ topics: ['pear'] })
  const who = bot.person('ann')
  for (let day = 2; day < 12; day++) {
    await bot.at(`2026-11-${String(day).padStart(2, '0')}T08:00:00Z`).tick()
    const question = bot.channel().find((card) => labelsOf(card).includes('Put in order'))
    if (!question) continue
    await who.presses('Put in order', question)
    break
  }
  await who.fills(
    Object.fromEntries(who.form.fields.map(({ name }, i) => [name, String.fromCharCode(65 + i)])),
  )
  expect(who.sees).toMatch(/Right|Not this time/)
  expect(asked).toEqual([])
  await opens(ada)
  expect(asked).toEqual(['openFormDraft'])
})

it('what was sent is kept where something broke', async () => {
  const form = await opens(ada)
  const { saveTeam } = bot.store
  bot.store.saveTeam = async () => {
    throw new Error('the database is away')
  }
  const told = await sends(ada, form, { name: SECRET })
  expect(words(told)).toContain('Something broke on our side')
  bot.store.saveTeam = saveTeam
  expect(words(await opensAgain(ada, told))).toMatchObject({ name: SECRET })
})

/** Presses the button of a card on which nothing came of a form. */
async function opensAgain(who: Caller, told: Answered): Promise<Answered> {
  if (told.kind !== 'card') throw new Error('that is no card')
  const button = buttonsOf(told.card).find(({ label }) => label === 'Open the form again')
  return bot.app.run({ kind: 'press', caller: who, id: button?.id ?? '' })
}

describe('a form of which nothing came', () => {
  const opensExam = async () =>
    (await bot.app.run({ kind: 'command', caller: ann, name: 'study exam', input: '' })) as Answered

  it('opens again as it was sent, though it is not kept while it is open', async () => {
    await bot.team({})
    const plan = await opensExam()
    const set =
      plan.kind === 'card' ? buttonsOf(plan.card).find(({ label }) => /date/i.test(label)) : undefined
    const form = (await bot.app.run({ kind: 'press', caller: ann, id: set?.id ?? '' })) as Answered<FormReply>
    expect(form.draft).toBeUndefined()
    const { saveExam } = bot.store
    bot.store.saveExam = async () => {
      throw new ChatBusy(2000)
    }
    const [{ name = '' } = {}] = form.form.fields
    const told = await sends(ann, form, { [name]: '2027-02-15' })
    bot.store.saveExam = saveExam
    expect(words(await opensAgain(ann, told))).toMatchObject({ [name]: '2027-02-15' })
  })

  it('opens again after too many in a short time, and only for whoever sent it', async () => {
    const form = await opens(ada)
    let told = await sends(ada, form, { time: '25:99' })
    for (let i = 0; i < 100 && !JSON.stringify(words(told)).includes('Please wait'); i++)
      told = await sends(ada, form, { time: '25:99', name: SECRET })
    expect(words(told)).toContain('Please wait a moment')
    bot.at('2026-11-02T09:00:00Z')
    expect(words(await opensAgain(ada, told))).toMatchObject({ name: SECRET })
    expect(JSON.stringify(words(await opensAgain(bob, told)))).toContain('no longer kept')
  })

  it('has no such button for whoever may not open it', async () => {
    const form = await opens(ada)
    const told = await sends({ ...ada, isAdmin: async () => false }, form, { name: SECRET })
    expect(told.kind === 'card' && labelsOf(told.card)).toEqual([])
  })
})
