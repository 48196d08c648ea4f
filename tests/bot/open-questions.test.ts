/** What stands in an open round is told on no path before its member has answered it there. */
import { describe, expect, it } from 'vitest'
import { planOutOfTurn } from '../../src/bot/rounds/plan.js'
import { plainCard } from '../../src/bot/ui/card.js'
import { roundIds } from '../../src/bot/ui/ids.js'
import type { Team } from '../../src/core/model.js'
import { type Bot, buttonsOf, type Person, startBot } from '../helpers/bot.js'
import { exported } from '../helpers/exported.js'

const STEM = 'Where does an apple keep longest?'
const STORE = 'apple-store'
const CELLAR = 'In a cool dark cellar'
const MINE = 'That did not work'

/** Just this question in a round of the team, out and open. */
async function open(bot: Bot, team: Team, hour: string, id = STORE): Promise<void> {
  const question = bot.bank.question(id)
  if (!question) throw new Error('no such question')
  const questions = { ...bot.deps.questions, about: () => [question] }
  await bot
    .at(hour)
    .store.planNow(team.id, (due) => planOutOfTurn(due, bot.deps.clock(), { ...bot.deps, questions }))
  await bot.tick()
  if (id === STORE) expect(plainCard(bot.last(team.channel))).toContain(STEM)
}

async function opened(): Promise<{ bot: Bot; team: Team }> {
  const bot = await startBot()
  const team = await bot.team({ topics: ['apple'] })
  await open(bot, team, '2026-11-02T07:00:00Z')
  return { bot, team }
}

/** All that practice on apples asks until it has nothing new. */
async function practised(person: Person): Promise<string> {
  let all = ''
  for (let i = 0; i < 30; i++) all += plainCard(await person.says('/quiz apple 1'))
  return all
}

const idOf = (person: Person, label: string) =>
  buttonsOf(person.card).find((b) => b.label === label)?.id ?? ''

describe('practice', () => {
  it('does not ask it: by topic, from a look-up, or by going on', { tags: ['slow'] }, async () => {
    const { bot } = await opened()
    for (const user of ['ann', 'newcomer']) {
      const person = bot.person(user)
      expect(await practised(person)).not.toContain(STEM)
      await person.says('/explain apple')
      expect(plainCard(await person.presses('Quiz me on this'))).not.toContain(STEM)
    }
  })

  it('asks it once the round is over', { tags: ['slow'] }, async () => {
    const { bot } = await opened()
    await bot.person('ann').answers([CELLAR], bot.last())
    expect(await practised(bot.person('ben'))).not.toContain(STEM)
    await bot.at('2026-11-02T19:00:00Z').tick()
    expect(await practised(bot.person('ben'))).toContain(STEM)
  })

  it('does not ask it in a direct message, or in another workspace, of a member of the team', {
    tags: ['slow'],
  }, async () => {
    const bot = await startBot()
    const team = await bot.team({ topics: ['apple'] })
    await open(bot, team, '2026-11-02T07:00:00Z', 'apple-hard')
    await bot.person('ann').presses('A', bot.last())
    await bot.at('2026-11-02T19:00:00Z').tick()
    await open(bot, team, '2026-11-03T07:00:00Z')
    const elsewhere = { workspace: 'w2', channel: 'elsewhere' }
    expect(await bot.store.teamsJoined({ platform: 'test', workspace: 'w1', user: 'ann' })).toHaveLength(1)
    for (const more of [{ channel: 'direct' }, elsewhere])
      expect(await practised(bot.person('ann', more))).not.toContain(STEM)
    expect(await practised(bot.person('stranger', elsewhere))).toContain(STEM)
  })

  it('lets an old button of it do nothing, and says where to answer', async () => {
    const bot = await startBot()
    const team = await bot.team({ topics: ['apple'] })
    const ann = bot.person('ann')
    await ann.says('/quiz apple 1')
    for (let i = 0; !ann.sees.includes(STEM); i++) {
      await ann.says('/quiz apple 1')
      if (i > 200) throw new Error('it was never asked')
    }
    const asked = ann.card
    await open(bot, team, '2026-11-02T07:00:00Z')
    for (const letter of ['A', 'B', 'C', 'D']) {
      await ann.presses(letter, asked)
      expect(ann.card.title).toBe(MINE)
      expect(ann.sees).toContain('Answer it there first')
      expect(ann.sees).not.toMatch(/[✓✗]/)
    }
    await ann.answers([CELLAR], bot.last())
    await ann.presses('A', asked)
    expect(ann.sees).toMatch(/[✓✗]/)
  })
})

describe('the reasons of an earlier round', () => {
  it('are not shown while the same question is open, until it is answered', async () => {
    const { bot, team } = await opened()
    const ann = bot.person('ann')
    await ann.answers([CELLAR], bot.last())
    const first = bot.channel()[0]
    await bot.at('2026-11-02T19:00:00Z').tick()
    const reveal = bot.last()
    await ann.presses('Every option explained', reveal)
    expect(ann.sees).toContain('✓')
    await open(bot, team, '2026-11-03T07:00:00Z')
    for (const who of [ann, bot.person('ben')]) {
      await who.presses('Every option explained', reveal)
      expect(who.card.title).toBe(MINE)
      expect(who.sees).not.toContain('✓')
    }
    // The old question itself, pressed again.
    await ann.presses('A', first)
    expect(ann.sees).not.toContain('✓')
    await ann.answers([CELLAR], bot.last())
    await ann.presses('Every option explained', reveal)
    expect(ann.sees).toContain('✓')
  })
})

describe('the further pages of an earlier reveal', () => {
  it('are not shown while the same question is open, until it is answered', async () => {
    const { bot, team } = await opened()
    const ann = bot.person('ann')
    await ann.answers([CELLAR], bot.last())
    await bot.at('2026-11-02T19:00:00Z').tick()
    const id = bot.last().again ?? ''
    await open(bot, team, '2026-11-03T07:00:00Z')
    const told = async () => JSON.stringify(await ann.request({ kind: 'press', id }))
    expect(await told()).toContain('Answer it there first')
    await ann.answers([CELLAR], bot.last())
    expect(await told()).toContain(`: ${CELLAR}`)
  })
})

describe('a round that is planned and not out', () => {
  it('is shown to nobody, whatever id is made up', async () => {
    const bot = await startBot()
    const team = await bot.team({ topics: ['apple'] })
    const { store, deps } = bot.at('2026-11-02T07:00:00Z')
    await store.planNow(team.id, (due) => planOutOfTurn(due, deps.clock(), deps))
    expect(await store.round(1)).toMatchObject({ state: 'due' })
    const place = { round: 1, slot: 0 }
    for (const { id } of [roundIds.ask, roundIds.openForm, roundIds.explain])
      expect(JSON.stringify(await bot.person('ann').request({ kind: 'press', id: id(place) }))).toContain(
        'no longer works here',
      )
  })
})

describe('what is exported', () => {
  it('leaves out what was answered of it before, says so, and gives it once it is answered there', async () => {
    const { bot, team } = await opened()
    const who = { platform: 'test', workspace: 'w1', user: 'ann' }
    const ann = bot.person('ann')
    await ann.answers([CELLAR], bot.last())
    await bot.at('2026-11-02T19:00:00Z').tick()
    expect(await exported(bot.store, who)).toMatchObject({ attempts: [{ question: STORE }] })
    await open(bot, team, '2026-11-03T07:00:00Z')
    const file = (await exported(bot.store, who)) ?? {}
    expect(file.attempts).toEqual([])
    expect(file.leftOut).toContain('Answer it there')
    await ann.answers([CELLAR], bot.last())
    const after = (await exported(bot.store, who)) ?? {}
    expect(after.attempts).toHaveLength(2)
    expect(after.leftOut).toBeUndefined()
  })
})

describe('a question that is open in two teams', () => {
  it('is told as answered in the one where it is, and not explained until the other is answered', async () => {
    const { bot } = await opened()
    const there = await bot.team({ topics: ['apple'], channel: 'second' })
    const ann = bot.person('ann')
    const first = bot.last()
    await ann.answers([CELLAR], first)
    await open(bot, there, '2026-11-02T07:30:00Z')
    await ann.answers([CELLAR], first)
    expect(ann.sees).toContain('You have answered this one, and your answer counts')
    expect(ann.sees).not.toMatch(/[✓✗]/)
    await bot.person('ann', { channel: 'second' }).answers([CELLAR], bot.last('second'))
    await ann.answers([CELLAR], first)
    expect(ann.sees).toMatch(/[✓✗]/)
  })
})

describe('deleting all about oneself', () => {
  it('gives no second answer, and says why', { tags: ['slow'] }, async () => {
    const { bot } = await opened()
    const ann = bot.person('ann')
    await ann.answers(['Beside a warm stove'], bot.last())
    await ann.says('/study forget-me')
    await ann.presses('Delete it all')
    await ann.answers([CELLAR], bot.last())
    expect(ann.card.title).toBe(MINE)
    expect(ann.sees).toContain('You answered this one before your data was deleted')
    expect(await practised(ann)).not.toContain(STEM)
    expect(await bot.store.member({ platform: 'test', workspace: 'w1', user: 'ann' })).toBeUndefined()
  })
})

describe('ids in buttons', () => {
  it('carry numbers: no id of a question, which may say what is right', async () => {
    const { bot } = await opened()
    const ids = bot.bank.questions.map((q) => q.id)
    const ann = bot.person('ann')
    const seen: string[] = [JSON.stringify(bot.last())]
    const see = () => seen.push(JSON.stringify(ann.card))
    await ann.answers([CELLAR], bot.last())
    see()
    await ann.presses('Report a problem')
    seen.push(JSON.stringify(ann.form))
    for (const topic of ['apple', 'pear', 'plum']) {
      for (let i = 0; i < 6; i++) {
        await ann.says(`/quiz ${topic} 2`)
        see()
        const open = buttonsOf(ann.card).find((b) => b.label === 'Put in order' || b.label === 'Match')
        if (open) {
          await ann.presses(open.label)
          seen.push(JSON.stringify(ann.form))
        } else if (idOf(ann, 'A')) {
          await ann.presses('A')
          see()
        }
      }
    }
    await bot.at('2026-11-02T19:00:00Z').tick()
    seen.push(JSON.stringify(bot.last()))
    for (const id of ids) for (const card of seen) expect(card).not.toContain(id)
  })

  it('of version 0.2 still work, by id and version', async () => {
    const bot = await startBot()
    const ann = bot.person('ann')
    const question = bot.bank.question(STORE)
    const version = question?.version ?? ''
    await ann.request({ kind: 'press', id: `report~${STORE}~${version}` })
    const reply = await ann.request({
      kind: 'press',
      id: `try~${STORE}~${version.slice(0, 4)}~1~0~3~1~0~0~-~A`,
    })
    expect(JSON.stringify(reply)).toMatch(/[✓✗] A/)
    const stale = await ann.request({ kind: 'press', id: `try~${STORE}~0000~1~0~3~1~0~0~-~A` })
    expect(JSON.stringify(stale)).toContain('revised')
    for (const id of ['try~#zz~1~0~3~1~0~0~-~A', 'report~#zz', 'report~#', 'try~#0~1~0~3~1~0~0~-~A'])
      expect(JSON.stringify(await ann.request({ kind: 'press', id }))).toContain(MINE)
  })
})
