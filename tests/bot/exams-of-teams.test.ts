/** A pack that prepares for two exams: which one a team takes, and what follows from it. */
import { beforeAll, describe, expect, it } from 'vitest'
import { plainCard } from '../../src/bot/ui/card.js'
import { valuesOf } from '../../src/bot/ui/form.js'
import { folder } from '../content/folder.js'
import { type Bot, labelsOf, startBot } from '../helpers/bot.js'
import { approves, FORM, writes } from '../helpers/written.js'

const PACK = `title: A certificate
exams:
  new:
    name: NEW-2
    state: open
    items: { scored: 4 }
    minutes: 8
    kinds: [choice]
    domains: [{ number: 1, title: First, weight: 50 }, { number: 2, title: Second, weight: 50 }]
  old:
    name: OLD-1
    state: retired
    until: 2026-09-28
    domains: [{ number: 1, title: All, weight: 100 }]
sections:
  - { id: one, number: 1, title: Section one }
`
const question = (id: string, skills: string) => `- id: ${id}
  kind: choice
  topics: [canary]
  skills: ${skills}
  stem: What goes first in ${id}?
  choices: [{ text: a part, right: true }, { text: all }, { text: half }, { text: nothing }]
`
const several = (name: string, skills: string) =>
  ['a', 'b', 'c', 'd', 'e', 'f'].map((letter) => question(`${name}-${letter}`, skills)).join('')

let content: string
beforeAll(() => {
  content = folder({
    'p/pack.yaml': PACK,
    'p/one/canary.questions.yaml':
      several('newer', '{ new: ["1"] }') +
      several('late', '{ new: ["2"] }') +
      several('older', '{ old: ["1"] }'),
  })
})

const started = () => startBot({ content })
const asked = (bot: Bot) =>
  bot
    .channel()
    .map(plainCard)
    .flatMap((card) => /first in (\w+)-/.exec(card)?.[1] ?? [])

async function days(bot: Bot, from: number, to: number): Promise<void> {
  for (let day = from; day <= to; day++) {
    await bot.at(`2026-11-0${day}T08:00:00Z`).tick()
    await bot.at(`2026-11-0${day}T20:30:00Z`).tick()
  }
}

describe('a team of a pack with two exams', () => {
  it('is asked what serves its exam', async () => {
    const bot = await started()
    await bot.team({ exam: 'old' })
    await bot.team({ exam: 'new', channel: 'other' })
    await days(bot, 3, 6)
    expect(new Set(asked(bot))).toEqual(new Set(['older']))
    const others = bot.channel('other').map(plainCard).join('\n')
    expect(others).toMatch(/first in (newer|late)-/)
    expect(others).not.toContain('older')
  })

  it('takes the first exam where nobody chose', async () => {
    const bot = await started()
    await bot.team()
    await days(bot, 3, 5)
    expect(asked(bot)).not.toContain('older')
    expect(plainCard(await bot.person('ann').says('/exam'))).toContain('NEW-2')
  })

  it('is asked once whether to switch when its exam is no longer held, and an admin decides', async () => {
    const bot = await started()
    await bot.team({ exam: 'old' })
    await days(bot, 3, 5)
    const notices = bot.channel().filter((card) => plainCard(card).includes('OLD-1 has become NEW-2'))
    expect(notices).toHaveLength(1)
    const [notice] = notices
    const [ann, ada] = [bot.person('ann'), bot.person('ada')]
    expect(plainCard(await ann.presses('Switch to NEW-2', notice))).toContain('is for admins')
    expect(await bot.store.teamIn({ platform: 'test', workspace: 'w1', channel: 'study' })).toMatchObject({
      exam: 'old',
    })
    expect(plainCard(await ada.presses('Switch to NEW-2', notice))).toContain('prepares for NEW-2')
    const before = asked(bot).length
    await days(bot, 6, 8)
    expect(asked(bot).slice(before)).not.toContain('older')
    expect(bot.channel().filter((card) => plainCard(card).includes('has become'))).toHaveLength(1)
  })

  it('may stay with the old one, and is told in the status of admins alone', async () => {
    const bot = await started()
    await bot.team({ exam: 'old' })
    await days(bot, 3, 3)
    const [ann, ada] = [bot.person('ann'), bot.person('ada')]
    expect(labelsOf(await ann.says('/team status'))).not.toContain('Switch to NEW-2')
    expect(labelsOf(await ada.says('/team status'))).toContain('Switch to NEW-2')
    expect(plainCard(await ada.presses('Stay with OLD-1'))).toContain('prepares for OLD-1')
    await days(bot, 4, 5)
    expect(new Set(asked(bot))).toEqual(new Set(['older']))
  })

  it('chooses in its setup, where the topics follow', async () => {
    const bot = await started()
    const ada = bot.person('ada')
    await ada.says('/team setup')
    const exams = ada.form.fields.find(({ name }) => name === 'pack')
    expect(exams).toMatchObject({
      value: 'p:new',
      options: [
        { value: 'p:new', label: 'NEW-2: A certificate' },
        { value: 'p:old', label: 'OLD-1: A certificate' },
      ],
    })
    const filled = valuesOf(ada.form)
    const card = await ada.fills({ ...filled, pack: 'p:old' })
    expect(plainCard(card)).toContain('OLD-1: A certificate')
    expect(await bot.store.teamIn({ platform: 'test', workspace: 'w1', channel: 'study' })).toMatchObject({
      exam: 'old',
    })
    expect(plainCard(await ada.fills({ ...filled, pack: 'p:gone' }))).toContain('Pick one of the exams')
  })

  it('is asked what serves the exam that it switches to, beside a question of its own', async () => {
    const bot = await started()
    await bot.team({ exam: 'old' })
    await bot.at('2026-11-02T08:00:00Z').tick()
    await bot.person('ana').presses('A', bot.last())
    const ada = bot.person('ada')
    await writes(bot, 'ana', { ...FORM, topic: 'canary' })
    await approves(bot, 'ada')
    await days(bot, 3, 5)
    expect(new Set(asked(bot))).toEqual(new Set(['older']))
    const before = asked(bot).length
    await ada.says('/team status')
    await ada.presses('Switch to NEW-2')
    await days(bot, 6, 8)
    const after = asked(bot).slice(before)
    expect(after.length).toBeGreaterThan(0)
    expect(after).not.toContain('older')
  })

  it('has a mock exam and practice of its own exam alone', async () => {
    const bot = await started()
    await bot.team({ exam: 'new' })
    const ann = bot.person('ann')
    await ann.says('/exam')
    expect(ann.sees).toContain('4')
    for (let i = 0; i < 8; i++) expect(plainCard(await ann.says('/quiz'))).not.toContain('older')
  })
})
