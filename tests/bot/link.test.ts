/** `/study link`: a code on one side, a yes on both, and nothing linked by itself. */
import { beforeEach, describe, expect, it } from 'vitest'
import { isCode } from '../../src/bot/member/link-code.js'
import { type Bot, labelsOf, type Person } from '../helpers/bot.js'
import { countOf, testDatabase } from '../helpers/database.js'
import { ANN, ANNA, codeOf, DISCORD, type Sides, SLACK, twoSides } from '../helpers/two-sides.js'

let sides: Sides
let bot: Bot
let ann: Person
let anna: Person

beforeEach(async () => {
  sides = await twoSides()
  ;({ bot, ann, anna } = sides)
})

describe('/study link', () => {
  it('joins two accounts once both sides have said yes, and each side is told who the other is', async () => {
    const code = await codeOf(ann)
    expect(ann.sees).toContain('What is joined: One plan, one memory and one readiness')
    await anna.says(`/study link ${code.toLowerCase().replace('-', ' ')}`)
    expect(anna.sees).toContain('The code is of Ann on Slack.')
    await anna.presses('Link')
    expect(anna.sees).toContain('Nothing is linked before')
    expect(await bot.store.accounts(ANN)).toHaveLength(1)
    const question = await sides.told(sides.slack, ANN.user)
    await ann.presses('Link', question)
    expect(ann.sees).toMatch(/• Ann on Slack\n• Anna on Discord/)
    expect(JSON.stringify(await sides.told(sides.discord, ANNA.user))).toContain(
      'The other side has said yes, too',
    )
    expect((await bot.store.accounts(ANNA)).map(({ name }) => name)).toEqual(['Anna', 'Ann'])
    await ann.presses('Link', question)
    expect(ann.sees).toContain('This is over')
  })

  it('asks whose code it was by /study link too, where no message comes', async () => {
    sides.slack.fail('tell', 'refused')
    await anna.says(`/study link ${await codeOf(ann)}`)
    await ann.says('/study link')
    expect(ann.sees).toContain('Anna on Discord typed your code, and has not said yes yet.')
    await anna.presses('Link')
    await bot.tick()
    expect(sides.slack.told).toEqual([])
    await ann.says('/study link')
    expect(ann.sees).toContain('Anna on Discord typed your code and said yes.')
    await ann.presses('Link')
    expect(ann.card.title).toBe('Linked')
  })

  it.each(['Ann', 'Anna'])('links nothing when %s says no', async (who) => {
    await anna.says(`/study link ${await codeOf(ann)}`)
    if (who === 'Anna') await anna.presses('No')
    else {
      await anna.presses('Link')
      await ann.presses('No', await sides.told(sides.slack, ANN.user))
    }
    expect((who === 'Anna' ? anna : ann).card.title).toBe('Not linked')
    expect(await countOf('select count(*) as n from member where person_id is not null')).toBe(0)
    await ann.says('/study link')
    expect(ann.card.title).toBe('Link your accounts')
  })

  it('takes a code once, for ten minutes, and only the latest', async () => {
    const [earlier, code] = [await codeOf(ann), await codeOf(ann)]
    const wrong = /There is no such code, or it no longer works/
    await anna.says(`/study link ${earlier}`)
    expect(anna.sees).toMatch(wrong)
    const eve = bot.person('99', { ...DISCORD, name: 'Eve' })
    await anna.says(`/study link ${code}`)
    expect(anna.card.title).toBe('Is this you?')
    await eve.says(`/study link ${code}`)
    expect(eve.sees).toMatch(wrong)
    await anna.presses('No')
    const late = await codeOf(ann)
    bot.at('2026-11-02T09:10:00Z')
    await anna.says(`/study link ${late}`)
    expect(anna.sees).toMatch(wrong)
  })

  it('ends ten minutes after the code was typed, on both sides', async () => {
    await anna.says(`/study link ${await codeOf(ann)}`)
    await anna.presses('Link')
    const question = await sides.told(sides.slack, ANN.user)
    bot.at('2026-11-02T09:10:00Z')
    await ann.presses('Link', question)
    expect(ann.sees).toContain('This is over')
    expect(await bot.store.accounts(ANN)).toHaveLength(1)
  })

  it('takes five wrong codes an hour of a member, whatever else is typed between, and says no more than that', async () => {
    const [code, own] = [await codeOf(ann), await codeOf(anna)]
    for (const left of [4, 3]) {
      await anna.says('/study link 2222-3333')
      expect(anna.sees).toContain(`${left} more tries`)
    }
    await anna.says(`/study link ${own}`)
    expect(anna.sees).toContain('the code of this very account')
    for (const words of ['2 more tries', '1 more try', 'in an hour']) {
      await anna.says('/study link nonsense')
      expect(anna.sees).toContain(words)
    }
    await anna.says(`/study link ${code}`)
    expect(anna.sees).toContain('Too many codes were wrong. The next can be typed in 60 minutes.')
    await bot.person('99', { ...DISCORD, name: 'Eve' }).says(`/study link 2222-3333`)
    bot.at('2026-11-02T10:00:01Z')
    await anna.says(`/study link ${await codeOf(ann)}`)
    expect(anna.card.title).toBe('Is this you?')
  })

  it('keeps no code, only a salted hash of it', async () => {
    const code = (await codeOf(ann)).replace('-', '')
    const { rows } = await (await testDatabase()).pool.query(
      'select l::text as row, salt, hash from linking l',
    )
    expect(rows[0].row).not.toContain(code)
    expect(isCode(code, rows[0])).toBe(true)
    expect(isCode('22223333', rows[0])).toBe(false)
    expect(bot.log.map((line) => JSON.stringify(line)).join()).not.toContain(code)
  })

  it('counts for nobody else: not its buttons, and not its question', async () => {
    await anna.says(`/study link ${await codeOf(ann)}`)
    const asked = anna.card
    const eve = bot.person('99', { ...DISCORD, name: 'Eve' })
    await eve.presses('Link', asked)
    expect(eve.sees).toContain('This is over')
    await anna.presses('Link')
    const question = await sides.told(sides.slack, ANN.user)
    for (const stranger of [eve, anna, bot.person('U1', { ...SLACK, workspace: 's2', name: 'Other' })]) {
      await stranger.presses('Link', question)
      expect(stranger.sees).toContain('This is over')
    }
    expect(await bot.store.accounts(ANN)).toHaveLength(1)
  })

  it('finds the account in a direct message of no workspace, once the platform has said that they are there', async () => {
    await ann.says(`/study link ${await codeOf(anna)}`)
    await ann.presses('Link')
    const question = await sides.told(sides.discord, ANNA.user)
    sides.discord.gone.add(ANNA.user)
    const direct = bot.person(ANNA.user, { ...ANNA, workspace: '@direct', channel: '' })
    await direct.presses('Link', question)
    expect(direct.sees).toContain('This is over')
    sides.discord.gone.clear()
    await direct.presses('Link', question)
    expect(direct.card.title).toBe('Linked')
  })

  it('says so when they are one person already', async () => {
    await sides.link()
    await anna.says(`/study link ${await codeOf(ann)}`)
    expect(anna.card.title).toBe('Linked already')
    await ann.says('/study link')
    expect(ann.sees).toContain('Linked with this account already:')
    expect(labelsOf(ann.card)).toContain('Unlink this account')
  })

  it('joins two accounts of one workspace, and a third of whoever is linked with either', async () => {
    const work = bot.person('U2', { ...SLACK, name: 'Ann at work' })
    await sides.link()
    await work.says(`/study link ${await codeOf(anna)}`)
    expect(work.sees).toContain('Linked with it, and joined too:\n\n• Ann on Slack')
    await work.presses('Link')
    await anna.presses('Link', await sides.told(sides.discord, ANNA.user))
    expect((await bot.store.accounts(ANN)).map(({ name }) => name)).toEqual(['Ann', 'Anna', 'Ann at work'])
    expect(await countOf('select count(*) as n from person')).toBe(1)
  })
})
