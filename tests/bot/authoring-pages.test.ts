// @module-tag slow
/** Lists of questions that are longer than a page: one's own, and those of a team. */
import { describe, expect, it } from 'vitest'
import { labelsOf } from '../helpers/bot.js'
import { askedOf, stores, teamOf } from '../helpers/written.js'

const numbered = (word: string, n: number) =>
  Array.from({ length: n }, (_, i) => `Is ${word} number ${String(i + 1).padStart(2, '0')} ripe?`)

describe('/study questions', () => {
  it('turns its pages, to the oldest question and back', async () => {
    const { bot, team } = await teamOf(['ana', 'bo'])
    await stores(bot, team, 'ana', numbered('apple', 30), ['bo'])
    const ana = bot.person('ana')
    await ana.says('/study questions')
    expect(ana.sees).toContain('1 to 20 of 30')
    expect(ana.sees).toContain('number 30')
    expect(labelsOf(ana.card)).not.toContain('Previous')
    await ana.presses('Next')
    expect(ana.sees).toContain('21 to 30 of 30')
    expect(ana.sees).toContain('number 01')
    expect(labelsOf(ana.card)).not.toContain('Next')
    await ana.presses('Previous')
    expect(ana.sees).toContain('1 to 20 of 30')
  })
})

describe('/team questions', () => {
  it('lets an admin retire the oldest of forty that are asked', async () => {
    const { bot, team } = await teamOf(['ana', 'bo'])
    await stores(bot, team, 'ana', numbered('apple', 40), ['bo'])
    const ada = bot.person('ada')
    await ada.says('/team questions')
    await ada.presses('Next')
    expect(ada.sees).toContain('21 to 40 of 40')
    await ada.picks(['1'])
    expect(ada.sees).toContain('number 01')
    await ada.presses('Retire')
    await ada.presses('Retire')
    expect(askedOf(bot, team)).toHaveLength(39)
  })

  it('shows what is asked without what waits, and the other way about', async () => {
    const { bot, team } = await teamOf(['ana', 'bo', 'cy'])
    await stores(bot, team, 'ana', numbered('pear', 2), ['bo'])
    for (const user of ['ana', 'bo']) await stores(bot, team, user, numbered(`${user}’s plum`, 15))
    const ada = bot.person('ada')
    await ada.says('/team questions')
    expect(ada.sees).toContain('1 to 20 of 32')
    expect(ada.sees).not.toContain('pear')
    await ada.presses('Asked (2)')
    expect(ada.card.title).toBe('Questions of this team: asked')
    expect(ada.sees).toContain('pear number 01')
    expect(ada.sees).not.toContain('plum')
    await ada.presses('Waiting (30)')
    expect(ada.sees).toContain('1 to 20 of 30')
    await ada.presses('Next')
    expect(ada.sees).toContain('21 to 30 of 30')
    expect(ada.sees).not.toContain('pear')
    await ada.presses('All (32)')
    expect(ada.card.title).toBe('Questions of this team')
  })

  it('shows the last page that there is when the list has become shorter meanwhile', async () => {
    const { bot, team } = await teamOf(['ana', 'bo'])
    await stores(bot, team, 'ana', numbered('apple', 21), ['bo'])
    const ada = bot.person('ada')
    await ada.says('/team questions')
    await ada.presses('Asked (21)')
    const first = ada.card
    await ada.presses('Next', first)
    await ada.picks(['1'])
    await ada.presses('Retire')
    await ada.presses('Retire')
    await ada.presses('Next', first)
    expect(ada.sees).toContain('number 02')
    expect(ada.sees).not.toContain('to 20 of 21')
  })

  it('is for admins, whatever page is asked for', async () => {
    const { bot, team } = await teamOf(['ana', 'bo'])
    await stores(bot, team, 'ana', numbered('apple', 30), ['bo'])
    const bo = bot.person('bo')
    const reply = await bo.request({ kind: 'press', id: `authoring.all-page~${team.id}~all~k` })
    expect(JSON.stringify(reply)).not.toContain('apple')
  })
})
