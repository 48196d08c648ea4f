// @module-tag slow
/** Names of the other direction of writing turn nothing around them. */
import { expect, it } from 'vitest'
import { balanced, isolated, plain, sentence, short } from '../../src/core/text.js'
import { draw } from '../../src/pictures/draw.js'
import { sideBySide } from '../../src/platforms/aligned.js'
import { markdown } from '../../src/platforms/discord/markdown.js'
import { renderMessage as onDiscord } from '../../src/platforms/discord/render.js'
import { mrkdwn } from '../../src/platforms/slack/mrkdwn.js'
import { renderMessage as onSlack } from '../../src/platforms/slack/render.js'
import { startBot } from '../helpers/bot.js'
import { smallPack } from '../helpers/small-pack.js'
import { galleryNamed } from '../platforms/gallery.js'

const NAME = 'דנה כהן 3'
const APART = `\u2068${NAME}\u2069`

it.each([
  ['דנה', '\u2068דנה\u2069'],
  ['Dana דנה', '\u2068Dana דנה\u2069'],
  ['سارة', '\u2068سارة\u2069'],
  ['𞤀𞤣𞤤𞤢𞤥', '\u2068𞤀𞤣𞤤𞤢𞤥\u2069'],
  ['Ann', 'Ann'],
  ['日本', '日本'],
  ['', ''],
])('%s is set apart only where it needs to be', (name, shown) => {
  expect(isolated(name)).toBe(shown)
})

it('a sentence sets each piece of data apart, once', () => {
  expect(sentence`${3}. ${NAME} is here`).toBe(`3. ${APART} is here`)
  expect(sentence`${APART} and Ann`).toBe(`${APART} and Ann`)
  expect(sentence`${sentence`The question for ${NAME}`} is closed`).toBe(
    `The question for ${APART} is closed`,
  )
  expect(sentence`${`${APART} דנה`}!`).toBe(`\u2068${APART} דנה\u2069!`)
})

it('what is cut stays apart, and within its length', () => {
  for (let max = 2; max < 30; max++) {
    const cut = short(sentence`Read: ${'דנה כהן '.repeat(4)} now`, max)
    expect([cut.length <= max, balanced(cut)]).toEqual([true, cut])
  }
  expect(balanced('א\u2069 b \u2068ג')).toBe('\u2068א\u2069 b \u2068ג\u2069')
})

/** Every text of a card that people read, as a path and the words. */
function textsIn(part: unknown, path = ''): [string, string][] {
  if (typeof part === 'string') return [[path, part]]
  if (typeof part !== 'object' || part === null) return []
  // A member is drawn apart by each platform; these are no texts.
  const entries = Object.entries(part).filter(
    ([key]) => !['id', 'value', 'kind', 'again'].includes(key) && !('member' in part),
  )
  return entries.flatMap(([key, inner]) => textsIn(inner, `${path}.${key}`))
}

it('no card and no picture has the name of a team or a person among its words', async () => {
  const cards = await galleryNamed('צוות 3', NAME)
  const holding = cards.filter(({ card }) => /[א-ת]/.test(JSON.stringify(card)))
  expect(holding.length).toBeGreaterThan(50)
  const among = cards.flatMap(({ name, card }) =>
    textsIn(card)
      .filter(([, words]) => /[א-ת]/.test(words.replace(/\u2068[^\u2068\u2069]*\u2069/g, '')))
      .map(([path, words]) => `${name}${path}: ${words}`),
  )
  expect(among).toEqual([])
})

it('what is told of a team that is paused, moved or resumed has its name apart', async () => {
  const bot = await startBot()
  await bot.team({ name: 'צוות' })
  const ada = bot.person('ada')
  const team = '\u2068צוות\u2069'
  await ada.says('/team resume')
  expect(ada.sees).toContain(`${team} is not paused.`)
  await ada.says('/team pause')
  await ada.says('/team pause')
  expect(ada.sees).toContain(`${team} is paused already. /team resume`)
  await ada.says('/team post-now')
  expect(ada.sees).toContain(`${team} is paused, so nothing is posted.`)
  await ada.says('/team list')
  expect(ada.sees).toContain(`${team}: #study`)
  await ada.says('/team setup')
  expect(JSON.stringify(ada.form.intro)).toContain(`The setup of ${team}.`)
  // What is filled in is as it was given, so that it comes back so.
  expect(ada.form.fields.find(({ name }) => name === 'name')).toMatchObject({ value: 'צוות' })
  await ada.says('/team move צוות')
  expect(ada.sees).toContain(`There is no team "${team}" elsewhere.`)
})

it('the answers of a question are apart in its reveal, its picture and its reasons', async () => {
  const one = {
    title: 'One',
    asks: ['מה זה?', 'What is one?'],
    choices: ['אחד!', 'שניים', 'Three', 'ארבע (4)'],
  }
  const bot = await startBot({ content: smallPack({ topics: { one: { ...one, why: 'כי זה כך.' } } }) })
  await bot.team()
  await bot.at('2026-11-02T08:00:00Z').tick()
  const people = ['ann', 'ben', 'cid', 'dan', 'eve'].map((user) => bot.person(user))
  for (const person of people) await person.presses('A', bot.last())
  await bot.at('2026-11-02T20:00:00Z').tick()
  const cards = [bot.last(), ...people.map(({ card }) => card)]
  const mixed = cards
    .flatMap((card) => textsIn(card))
    .map(([, words]) => words)
    .filter((words) => /[א-ת]/.test(words) && /[A-Z]:? /.test(words))
  expect(mixed.length).toBeGreaterThan(10)
  expect(mixed.filter((words) => /[א-ת]/.test(words.replace(/\u2068[^\u2068\u2069]*\u2069/g, '')))).toEqual(
    [],
  )
  expect(JSON.stringify(bot.last())).toMatch(/"label":"[A-D]: \u2068אחד!\u2069"/)
  for (const { sees } of people) expect(sees).toContain(': \u2068אחד!\u2069 ')
  for (const { sees } of people) expect(sees).toContain('\u2068כי זה כך.\u2069')
})

it('columns of the other direction stay in their places', () => {
  const drawn = sideBySide([[], ['שלום'], ['עולם']], [[['In short'], ['אחד'], ['שניים']]], 40) ?? ''
  expect(drawn).toMatch(/\u2068שלום\u2069 +\u2068עולם\u2069/)
  expect(drawn).toMatch(/\u2068אחד\u2069 +\u2068שניים\u2069/)
})

it('a board has names apart: in its lines, its picture’s words and its title, on every platform', async () => {
  const asking = { one: { title: 'One', asks: ['What is one?', 'What is it not?'] } }
  const bot = await startBot({ content: smallPack({ topics: asking }) })
  await bot.team({ name: 'צוות' })
  bot.at('2026-11-02T08:00:00Z')
  await bot.tick()
  // Marks that come in with a name are taken out: those that are shown are the bot's own.
  const dana = bot.person('dana', { name: `\u2067${NAME}\u2069` })
  await dana.presses('A', bot.last())
  bot.at('2026-11-02T20:00:00Z')
  await bot.tick()
  await dana.says('/leaderboard')
  const { card } = dana
  expect(card.title).toMatch(/^\u2068צוות\u2069: /)
  expect(dana.sees).toContain(`1. ${APART}: `)
  const picture = card.blocks.find((block) => block.kind === 'image')
  expect(picture?.alt).toContain(`1. ${APART}, `)
  expect(JSON.stringify(onSlack(card, new Map()))).toContain(`*1. ${APART}*: `)
  expect(JSON.stringify(onDiscord(card, new Map()))).toContain(`${APART}**: `)
  if (picture) expect((await draw(picture.picture)).byteLength).toBeGreaterThan(1000)
})

it('a member, a topic and what was asked for are apart in every text', async () => {
  const member = [{ member: 'U1', name: NAME }]
  expect([plain(member), mrkdwn(member), markdown(member)]).toEqual([APART, APART, APART])
  const topics = {
    one: { title: 'שלום', front: { sources: { notes: [], documents: ['ספר'], checked: '2026-11-20' } } },
    two: { title: 'עולם' },
  }
  const ann = (await startBot({ content: smallPack({ topics }) })).person('ann')
  await ann.says('/explain שלום vs עולם')
  expect(ann.card.title).toBe('\u2068שלום\u2069 or \u2068עולם\u2069')
  await ann.says('/explain שלום')
  expect(ann.sees).toContain('Sources: \u2068ספר\u2069')
  await ann.says('/explain אחר')
  expect(JSON.stringify(onSlack(ann.card, new Map()))).toContain('about `\u2068אחר\u2069`')
  expect(JSON.stringify(onDiscord(ann.card, new Map()))).toContain('about `\u2068אחר\u2069`')
})
