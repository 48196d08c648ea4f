/** What a lead is told of a team: figures of groups, every Monday if they like, and no names. */
import { describe, expect, it } from 'vitest'
import { flagItems } from '../../src/bot/item-figures.js'
import { type Block, type Card, type FileBlock, plainCard } from '../../src/bot/ui/card.js'
import { instantiate } from '../../src/core/instantiate.js'
import type { Team } from '../../src/core/model.js'
import { type Bot, labelsOf, startBot } from '../helpers/bot.js'
import { testDatabase } from '../helpers/database.js'
import { mentions } from '../helpers/everything.js'
import { askedOn, PEOPLE } from '../helpers/team-weeks.js'

const STORE = 'apple-store'
const HARD = 'apple-hard'
const MONDAY = '2026-11-09T09:00:00Z'

async function started(setup: Parameters<Bot['team']>[0] = {}): Promise<{ bot: Bot; team: Team }> {
  const bot = await startBot()
  const team = await bot.team({ nextPostAt: Date.parse('2100-01-01T08:00Z'), ...setup })
  return { bot, team }
}

/** Six people, two questions on one concept in the first week of November. */
async function week(setup: Parameters<Bot['team']>[0] = {}): Promise<{ bot: Bot; team: Team }> {
  const { bot, team } = await started(setup)
  await askedOn(bot, team, '2026-11-03', { question: STORE, wrong: PEOPLE.slice(0, 5), right: ['fay'] })
  await askedOn(bot, team, '2026-11-05', { question: HARD, right: PEOPLE })
  bot.at(MONDAY)
  return { bot, team }
}

const csvOf = (card: Card) =>
  Buffer.from(
    card.blocks.find((block): block is FileBlock => block.kind === 'file')?.content ?? [],
  ).toString()
const isKind = (kind: Block['kind']) => (block: Block) => block.kind === kind

describe('/team report', () => {
  it('is for admins', async () => {
    const { bot } = await week()
    const ben = bot.person('ben')
    await ben.says('/team report')
    expect(ben.sees).toContain('is for admins')
    expect(ben.sees).not.toContain('right')
  })

  it('tells taking part in steps, what was right, first tries and siblings, domains and weak concepts', async () => {
    const { bot } = await week()
    const ada = bot.person('ada')
    await ada.says('/team report')
    expect(ada.card.title).toBe('Orchard: week of 2 November')
    expect(ada.sees).toContain('Took part: 5 to 6 of 6 members')
    expect(ada.sees).not.toContain('since the week')
    expect(ada.sees).not.toContain('the week before')
    expect(ada.sees).toContain('Right: about 57 % right (41-74 %), of 12 answers')
    // One question each is of six answers: too few for a figure of its own.
    expect(ada.sees).not.toContain('First tries')
    expect(ada.sees).toMatch(/1 Fruit \| 1 of 6 \| 57 % of 12/)
    expect(ada.sees).toMatch(
      /keeping fruit: about 57 % right \(41-74 %\), of 12 answers\. Most chosen in place of the key: \w/,
    )
    expect(ada.card.blocks.some(isKind('image'))).toBe(true)
    for (const name of ['Ann', 'Fay']) expect(ada.sees).not.toContain(name)
  })

  it('sets first tries against siblings once there are enough', async () => {
    const { bot, team } = await started()
    const many = [...PEOPLE, 'gus', 'hal']
    await askedOn(bot, team, '2026-11-03', { question: STORE, wrong: many })
    await askedOn(bot, team, '2026-11-04', { question: HARD, right: many })
    const ada = bot.at(MONDAY).person('ada')
    await ada.says('/team report')
    expect(ada.sees).toContain('First tries: about 10 % right')
    expect(ada.sees).toContain('Siblings later: about 90 % right')
  })

  it('is attached as CSV, and no cell of that is a formula', async () => {
    const { bot } = await week()
    const ada = bot.person('ada')
    await bot.store.saveReport({
      ...{ platform: 'test', workspace: 'w1', user: 'ann', name: 'Ann', question: STORE, version: 'v' },
      ...{ reason: '=HYPERLINK("https://x.example")', detail: '', now: Date.parse('2026-11-06T08:00Z') },
    })
    await ada.says('/team report')
    const csv = csvOf(ada.card)
    expect(csv.split('\r\n')[0]).toBe(
      'what,name,from,week,people_from,members,asked,of,answers,right_percent,low_percent,high_percent,note',
    )
    expect(csv).toContain('right,,2026-W45,2026-W45,,,,,12,57,41,74,')
    expect(csv).toContain(`"'=HYPERLINK(""https://x.example"")"`)
    expect(csv).not.toMatch(/(^|,)"?[=+@-][A-Z]/m)
  })

  it('shows nothing of four people, and their week joins the next', async () => {
    const { bot, team } = await started()
    const four = PEOPLE.slice(0, 4)
    for (const day of ['03', '04', '05'])
      await askedOn(bot, team, `2026-11-${day}`, { question: STORE, right: four })
    const ada = bot.at(MONDAY).person('ada')
    await ada.says('/team report')
    expect(ada.sees).toContain('Took part: too few for a figure, in a team of 4 members')
    expect(ada.sees).toContain('too few answers for a figure: this week joins the next')
    expect(ada.sees).not.toMatch(/\d %/)
    await askedOn(bot, team, '2026-11-10', { question: STORE, wrong: ['eve', 'fay'] })
    await bot.at('2026-11-16T09:00:00Z')
    await ada.says('/team report')
    // Twelve answers of four people and two of two others, together.
    expect(ada.sees).toContain('of 14 answers')
  })

  it('does not change once it was made, whoever is deleted and whatever is regraded', async () => {
    const { bot } = await week()
    const ada = bot.person('ada')
    await ada.says('/team report')
    const before = csvOf(ada.card)
    const ann = bot.person('ann')
    await ann.says('/study forget-me')
    await ann.presses('Delete it all')
    const order = { question: STORE, to: '*', current: undefined, why: 'w', now: 0, apply: true }
    await bot.store.regrade(order, () => ['*'])
    await ada.says('/team report')
    const figures = (csv: string) => csv.split('\r\n').filter((line) => /^(right|domain|weakest)/.test(line))
    expect(figures(csvOf(ada.card))).toEqual(figures(before))
    expect(await mentions(await testDatabase(), 'ann')).toEqual([])
  })

  it('counts each answer in one week, however often it is looked at', async () => {
    const { bot, team } = await week()
    const ada = bot.person('ada')
    await ada.says('/team report')
    await askedOn(bot, team, '2026-11-10', { question: STORE, right: [...PEOPLE, 'gus', 'hal'] })
    bot.at('2026-11-16T09:00:00Z')
    for (let i = 0; i < 2; i++) await ada.says('/team report')
    expect(ada.sees).toMatch(/1 Fruit \| 1 of 6 \| \d+ % of 20/)
    expect(ada.sees).toContain('week of 2 November: about 57 % right (41-74 %), of 12 answers')
    expect(ada.sees).toContain('week of 9 November: about 90 % right (78-100 %), of 8 answers')
  })

  it('names keys that may be wrong, by how everybody answers, of what the team has been asked', async () => {
    const { bot } = await week()
    // Who knows the rest of it says "stove", where the file says "cellar".
    for (let i = 0; i < 36; i++)
      for (const id of [STORE, HARD, 'apple-two', 'pear-match', 'plum-numbers', 'pear-order']) {
        const question = bot.bank.question(id)
        const [item] = question ? instantiate(question, i).items : []
        if (!question || !item) throw new Error(`no question ${id}`)
        const knows = i < 18
        const wrong = item.options.find(({ letter }) => !item.key.includes(letter))?.letter ?? ''
        // So it is with one that the team has not been asked.
        const isFlawed = id === STORE || id === 'pear-order'
        const right = knows !== isFlawed
        await bot.store.practise({
          ...{
            platform: 'test',
            workspace: 'w1',
            user: `p${i}`,
            name: `P${i}`,
            question: id,
            seed: i,
            item: 0,
          },
          ...{ version: question.version, answer: right ? item.key : wrong.repeat(item.key.length), right },
          now: Date.parse('2026-11-06T08:00Z') + i,
        })
      }
    await flagItems(bot.deps)
    expect((await bot.store.suspectKeys('orchard')).sort()).toEqual([STORE, 'pear-order'].sort())
    const ada = bot.person('ada')
    await ada.says('/team report')
    expect(ada.sees).toMatch(/Look at these keys\n\n.*\n\n• Where does an apple keep longest\?\n\n/)
    expect(csvOf(ada.card)).toContain('key to look at,Where does an apple keep longest?')
  })

  it('says where the team is weak in /team status, too', async () => {
    const { bot } = await week()
    const ada = bot.person('ada')
    await ada.says('/team status')
    expect(ada.sees).toContain('keeping fruit: about 57 % right (41-74 %), of 12 answers')
  })
})

describe('names', () => {
  const PEOPLE_AND_GUS = [...PEOPLE, 'gus']

  async function shared() {
    const { bot, team } = await started()
    await askedOn(bot, team, '2026-11-03', { question: STORE, right: PEOPLE_AND_GUS })
    const gus = bot.person('gus')
    await gus.says('/study share on')
    await askedOn(bot, team, '2026-11-05', { question: HARD, wrong: PEOPLE_AND_GUS })
    const ada = bot.at(MONDAY).person('ada')
    await ada.says('/team report')
    return { bot, team, gus, ada }
  }

  it('are those of people who share their progress, who see that they do and can take it back', async () => {
    const { gus, ada } = await shared()
    expect(ada.sees).toContain('Gus: 1 of 2 answers right')
    for (const name of ['Ann', 'Fay']) expect(ada.sees).not.toContain(name)
    expect(csvOf(ada.card)).toContain('shares,Gus')
    await gus.says('/study status')
    expect(gus.sees).toContain('You share your progress')
    await gus.presses('Stop sharing my progress')
    expect(gus.sees).toContain('You do not share your progress')
    await ada.says('/team report')
    expect(ada.sees).not.toContain('Gus')
    await gus.says('/study share')
    expect(gus.sees).toContain('You do not share your progress')
    await gus.presses('Share my progress')
    await ada.says('/team report')
    expect(ada.sees).not.toContain('Gus')
  })

  it('are not shown where fewer than five others would be left', async () => {
    const { bot, team } = await started()
    await askedOn(bot, team, '2026-11-03', { question: STORE, right: PEOPLE.slice(0, 5) })
    await bot.person('ann').says('/study share on')
    await askedOn(bot, team, '2026-11-05', { question: HARD, right: PEOPLE })
    const ada = bot.at(MONDAY).person('ada')
    await ada.says('/team report')
    expect(ada.sees).toContain('of 11 answers')
    expect(ada.sees).not.toContain('Ann')
  })

  it('go with whoever is forgotten', async () => {
    const { gus, ada } = await shared()
    await gus.says('/study forget-me')
    await gus.presses('Delete it all')
    await ada.says('/team report')
    expect(ada.sees).not.toContain('Gus')
  })

  it('need somebody who has answered', async () => {
    const { bot } = await started()
    const zed = bot.person('zed')
    await zed.says('/study share on')
    expect(zed.sees).toContain('Answer a question in the channel of your team first')
  })
})

describe('every Monday', () => {
  const reports = (bot: Bot) => bot.chat.told.filter(({ key }) => key.startsWith('report-'))

  /** Ordered on a Sunday in October, in a zone whose clocks change before the second Monday. */
  async function ordered() {
    const { bot, team } = await started({ zone: 'Europe/Berlin' })
    await askedOn(bot, team, '2026-10-15', { question: STORE, right: PEOPLE })
    await askedOn(bot, team, '2026-10-16', { question: HARD, right: PEOPLE })
    const ada = bot.at('2026-10-18T12:00:00Z').person('ada')
    await ada.says('/team report')
    await ada.presses('Send it to me every Monday')
    expect(ada.card.title).toBe('Every Monday at 9:00')
    return { bot, team, ada }
  }

  it('comes once at nine by the clocks of the team, before and after they change', async () => {
    const { bot } = await ordered()
    await bot.at('2026-10-19T06:59:00Z').tick()
    expect(reports(bot)).toEqual([])
    for (const time of ['2026-10-19T07:00:00Z', '2026-10-19T07:00:10Z', '2026-10-20T07:00:00Z'])
      await bot.at(time).tick()
    expect(reports(bot).map(({ user, card }) => [user, card.title])).toEqual([
      ['ada', 'Orchard: week of 12 October'],
    ])
    expect(csvOf(reports(bot)[0]?.card ?? { blocks: [] })).toContain('2026-W42')
    await bot.at('2026-10-26T07:59:00Z').tick()
    expect(reports(bot)).toHaveLength(1)
    await bot.at('2026-10-26T08:00:00Z').tick()
    expect(reports(bot).map(({ card }) => card.title)).toContain('Orchard: week of 19 October')
    expect(bot.errors).toEqual([])
  })

  it('is not sent twice when the answer of the platform was lost', async () => {
    const { bot } = await ordered()
    bot.chat.fail('tell', 'lost')
    await bot.at('2026-10-19T07:00:00Z').tick()
    await bot.at('2026-10-19T07:05:00Z').tick()
    expect(reports(bot)).toHaveLength(1)
  })

  it('is not sent twice when Cohort falls before it has written down when the next is due', async () => {
    const { bot } = await ordered()
    const { moveReport } = bot.store
    const falls = async () => {
      throw new Error('killed')
    }
    Object.assign(bot.store, { moveReport: falls })
    await bot.at('2026-10-19T07:00:00Z').tick()
    Object.assign(bot.store, { moveReport })
    await bot.at('2026-10-19T07:00:10Z').tick()
    await bot.at('2026-10-19T07:00:20Z').tick()
    expect(reports(bot)).toHaveLength(1)
    expect(bot.errors.map(({ message }) => message)).toEqual(['team report not planned'])
  })

  it('comes late after a time without Cohort, and says so; of several Mondays the last', async () => {
    const { bot } = await ordered()
    await bot.at('2026-10-20T06:00:00Z').tick()
    expect(plainCard(reports(bot)[0]?.card ?? { blocks: [] })).not.toContain('This report is late')
    await bot.at('2026-11-11T06:00:00Z').tick()
    const [, late, ...others] = reports(bot)
    expect(plainCard(late?.card ?? { blocks: [] })).toMatch(
      /^Orchard: week of 2 November\n\nThis report is late/,
    )
    expect(others).toEqual([])
  })

  it('stops when it is told to, when the team is paused, and when whoever ordered it is forgotten', {
    tags: ['slow'],
  }, async () => {
    const { bot, ada } = await ordered()
    await ada.says('/team report')
    expect(ada.sees).toContain('It comes to you at 9:00 by direct message.')
    await ada.says('/team pause')
    await bot.at('2026-10-19T07:00:00Z').tick()
    await ada.says('/team resume')
    await bot.tick()
    await ada.says('/team report')
    await ada.presses('Stop sending it')
    await bot.at('2026-10-26T08:00:00Z').tick()
    expect(reports(bot)).toEqual([])
    await ada.says('/team report')
    expect(ada.sees).toContain('It is not sent by itself.')
    await ada.presses('Send it to me every Monday')
    expect(await bot.store.forgetMember({ platform: 'test', workspace: 'w1', user: 'ada' })).toBe(true)
    await bot.at('2026-11-02T08:00:00Z').tick()
    expect(reports(bot)).toEqual([])
  })

  it('goes to a channel after one question back, which says whether that is private', async () => {
    const { bot, ada } = await ordered()
    bot.chat.hidden.set('leads', ['ada'])
    await ada.says('/team report')
    await ada.presses('Send it to a channel')
    await ada.fills({ channel: 'town-square' })
    expect(ada.sees).toContain('This channel is not private')
    expect(await bot.store.reportOrder(1)).toMatchObject({ channel: undefined })
    await ada.presses('Not there')
    await ada.presses('Send it to a channel')
    await ada.fills({ channel: 'leads' })
    expect(ada.sees).toContain('Everybody in it will see the report')
    await ada.presses('Send it there every Monday')
    await bot.at('2026-10-19T07:00:00Z').tick()
    expect(bot.last('leads').title).toBe('Orchard: week of 12 October')
    expect(reports(bot)).toEqual([])
  })

  it('goes to no channel that the admin does not see, and is set by no one else', async () => {
    const { bot, ada } = await ordered()
    bot.chat.hidden.set('board', ['zoe'])
    await ada.presses('Send it to a channel', (await ada.says('/team report')) && ada.card)
    await ada.fills({ channel: 'board' })
    expect(ada.sees).toContain('There is no such channel that you can see.')
    for (const id of ['to-channel~1~board', 'to-me~1', 'stop~1', 'show~1', 'ask-channel~1']) {
      const ben = bot.person('ben')
      const reply = await ben.request({ kind: 'press', id: `team-report.${id}` })
      expect(JSON.stringify(reply), id).toContain('is for admins')
    }
    const reply = await ada.request({ kind: 'press', id: 'team-report.to-channel~1~board' })
    expect(JSON.stringify(reply)).toContain('no such channel')
    const zoe = bot.person('zoe', { workspace: 'w2', isAdmin: async () => true })
    expect(JSON.stringify(await zoe.request({ kind: 'press', id: 'team-report.show~1' }))).not.toContain('%')
  })

  it('says at the next look why it could not be sent', async () => {
    const { bot, ada } = await ordered()
    bot.chat.fail('tell', 'refused')
    await bot.at('2026-10-19T07:00:00Z').tick()
    await ada.says('/team report')
    expect(ada.sees).toContain('The last one could not be sent: Cohort is not in this channel.')
  })

  it('holds the next Monday when the team moves to another zone', async () => {
    const { bot, team } = await ordered()
    await bot.store.moveReport(team.id, Date.parse('2026-10-19T16:00:00Z'))
    await bot.at('2026-10-19T07:00:00Z').tick()
    expect(reports(bot)).toEqual([])
    await bot.at('2026-10-19T16:00:00Z').tick()
    expect(reports(bot)).toHaveLength(1)
  })
})

describe('labels', () => {
  it('of the delivered report offer nothing that only an admin may press', async () => {
    const { bot, ada } = await (async () => {
      const made = await week()
      const person = made.bot.person('ada')
      await person.says('/team report')
      await person.presses('Send it to me every Monday')
      return { ...made, ada: person }
    })()
    await bot.at('2026-11-16T09:00:00Z').tick()
    expect(labelsOf(bot.chat.told.at(-1)?.card ?? { blocks: [] })).toEqual([])
    await ada.says('/team report')
    expect(labelsOf(ada.card)).toEqual(['Send it to a channel', 'Stop sending it'])
  })
})
