// @module-tag longer
import type { KnownBlock } from '@slack/types'
import { describe, expect, it } from 'vitest'
import { faultsOf, home, messageBlocks, modal, seen } from '../../loopback/slack/block-kit.js'
import { type Card, type Picture, plainCard } from '../../src/bot/ui/card.js'
import { mentionsOf } from '../../src/bot/ui/mentions.js'
import { renderForm } from '../../src/platforms/slack/form.js'
import { mrkdwn } from '../../src/platforms/slack/mrkdwn.js'
import { renderMessage, renderPages, renderViews } from '../../src/platforms/slack/render.js'
import { gallery, galleryForms, once } from './gallery.js'

const cards = await gallery()
const forms = await galleryForms()
const noFiles = new Map<Picture, string>()
const filesOf = (card: Card) =>
  new Map(card.blocks.flatMap((b) => (b.kind === 'image' ? [[b.picture, 'F0123456789'] as const] : [])))
const draw = once((card: Card) => renderMessage(card, filesOf(card)))
const hasPicture = (card: Card) => card.blocks.some((block) => block.kind === 'image')
/** The texts of one type, wherever they stand. */
function textsOf(value: unknown, type: string): string[] {
  if (typeof value !== 'object' || value === null) return []
  const own = 'type' in value && value.type === type && 'text' in value ? [String(value.text)] : []
  return [...own, ...Object.values(value).flatMap((part) => textsOf(part, type))]
}
const textOf = (value: unknown) => JSON.stringify(value)

describe('every card of the gallery', () => {
  it('is a message that Slack takes, with its pictures and without', () => {
    const wrong = cards.flatMap(({ name, card }) =>
      [draw(card), ...(hasPicture(card) ? [renderMessage(card, noFiles)] : [])].flatMap(({ blocks }) =>
        faultsOf(messageBlocks, blocks).map((fault) => `${name}: ${fault}`),
      ),
    )
    expect(wrong).toEqual([])
  })

  it('is a Home tab that Slack takes', { tags: ['slow'] }, () => {
    const wrong = cards.flatMap(({ name, card }) =>
      faultsOf(home, { type: 'home', blocks: renderViews(card, noFiles)[0] }).map((f) => `${name}: ${f}`),
    )
    expect(wrong).toEqual([])
  })

  it('keeps all of its buttons and menus', () => {
    for (const { name, card } of cards) {
      const wanted = card.blocks.flatMap((b) =>
        b.kind === 'buttons' ? b.buttons.map((one) => one.id) : b.kind === 'select' ? [b.id] : [],
      )
      const drawn = textOf(draw(card).blocks)
      expect([name, wanted.filter((id) => !drawn.includes(JSON.stringify(id)))]).toEqual([name, []])
    }
  })

  it('has words for those who see no blocks', () => {
    for (const { name, card } of cards) {
      const { text } = draw(card)
      expect([name, text.length > 0 && text.length <= 1000]).toEqual([name, true])
    }
  })

  /** Without what a setting, or somebody's yes, has put there. */
  const withoutMeant = (shown: string, card: Card) =>
    [
      ...mentionsOf(card).groups.map((id) => `<!subteam^${id}>`),
      ...mentionsOf(card).members.map((id) => `<@${id}>`),
    ].reduce((rest, meant) => rest.replaceAll(meant, ''), shown)

  it('holds nothing that pings but what is meant to, and links nothing but what its author linked', {
    tags: ['slow'],
  }, () => {
    for (const { name, card } of cards) {
      const { text, blocks } = draw(card)
      expect([name, withoutMeant(textOf({ text, blocks }), card).match(/<[!@#][^d]/g) ?? []]).toEqual([
        name,
        [],
      ])
      const shown = withoutMeant([text, ...textsOf(blocks, 'mrkdwn')].join('\n'), card)
      const formatted = shown.match(/<[^|>]*[|>]/g) ?? []
      expect([name, formatted.filter((found) => !/^<(https?:\/\/|!date\^)/.test(found))]).toEqual([name, []])
    }
  })

  it('of the real content is shown whole', () => {
    for (const { name, card } of cards.filter((c) => /^real: /.test(c.name))) {
      expect([name, textOf(draw(card)).includes('rest does not fit')]).toEqual([name, false])
    }
  })
})

describe('every form of the gallery', () => {
  it('is a modal that Slack takes', () => {
    const wrong = forms.flatMap(({ name, form }) =>
      faultsOf(modal, renderForm(form, 'x'.repeat(3000))).map((fault) => `${name}: ${fault}`),
    )
    expect(wrong).toEqual([])
  })

  it('has all of its fields', () => {
    for (const { name, form } of forms) {
      const ids = renderForm(form, '').blocks.flatMap((b) => (b.type === 'input' ? [b.block_id] : []))
      expect([name, ids]).toEqual([name, form.fields.map((f) => f.name)])
    }
  })
})

describe('text from data', () => {
  it.each([
    ['<!channel> <@U123> & <#C1|x>', '&lt;!channel&gt; &lt;@U123&gt; &amp; &lt;#C1|x&gt;'],
    ['*not bold* and _not italic_', '∗not bold∗ and ＿not italic＿'],
    ['~no~ `code`', '∼no∼ ˋcodeˋ'],
    ['2 * 3 * 4, a_b_c, SM_HP_*', '2 * 3 * 4, a_b_c, SM_HP_*'],
    ['> no quote', '\u2060&gt; no quote'],
    [':tada: at 10:30:45', ':\u2060tada: at 10:\u206030:45'],
    ['*_both_*', '∗＿both＿∗'],
  ])('%j is shown as it is', (data, shown) => {
    expect(mrkdwn([data])).toBe(shown)
  })

  it('may be bold, italic, code and a link where its author wants it', () => {
    expect(mrkdwn([{ bold: ['a<b'] }, ' ', { italic: [' c '] }, ' ', { code: 'x`y' }])).toBe(
      '*a&lt;b*  _c_  `xˋy`',
    )
    expect(mrkdwn([{ link: 'https://e.f/?a=1&b=|', text: ['a|b'] }])).toBe('<https://e.f/?a=1&amp;b=%7C|a∣b>')
  })

  it('names a member without a ping, and a moment in the zone of the reader', () => {
    expect(mrkdwn([{ member: 'U123', name: '<@U123>' }])).toBe('&lt;@U123&gt;')
    expect(mrkdwn([{ time: Date.parse('2026-11-23T08:00Z'), zone: 'UTC', show: 'both' }])).toBe(
      '<!date^1795420800^{date_short}, {time}|Mon 23 Nov, 08:00>',
    )
  })
})

/** What one sees by pressing *More* until there is no more. */
function pagesOf(card: Card): KnownBlock[][] {
  const pages = renderPages(card, filesOf(card)).map(({ blocks }) => blocks)
  const last = pages.findIndex(
    (blocks, page) => !textOf(blocks).includes(`"rest~${(page + 1).toString(36)}~`),
  )
  expect(last).toBe(pages.length - 1)
  return pages
}

describe('a card that is too long', () => {
  const long = (blocks: number): Card => ({
    title: 'Long',
    blocks: [
      ...Array.from({ length: blocks }, (_, i) => ({
        kind: 'text' as const,
        text: [`Paragraph ${i}. ${'word '.repeat(200)}`],
      })),
      { kind: 'buttons', buttons: [{ id: 'a', label: 'Go on' }] },
    ],
  })

  it('is cut at a word, says so, and keeps its buttons', () => {
    const { blocks } = draw(long(20))
    expect(faultsOf(messageBlocks, blocks)).toEqual([])
    expect(seen(blocks)).toBeGreaterThan(9000)
    expect(textOf(blocks)).toContain('does not fit')
    expect(blocks.at(-1)).toMatchObject({ type: 'actions' })
  })

  it('is shown part by part behind *More*, with nothing lost and nothing twice', () => {
    const card = { ...long(40), again: 'topic~apple' }
    const pages = pagesOf(card)
    expect(pages.length).toBeGreaterThan(2)
    for (const blocks of pages) expect(faultsOf(messageBlocks, blocks)).toEqual([])
    const shown = textOf(pages)
    for (let i = 0; i < 40; i++) expect(shown.split(`Paragraph ${i}. `)).toHaveLength(2)
    expect(textOf(pages[0])).toContain('"rest~1~topic~apple"')
    expect(textOf(pages.at(-1))).not.toContain('"More"')
  })

  it('has each page of a gallery card taken by Slack', { tags: ['slow'] }, () => {
    for (const { name, card } of cards) {
      const wrong = pagesOf({ ...card, again: 'topic~apple' }).flatMap((blocks) =>
        faultsOf(messageBlocks, blocks),
      )
      expect([name, wrong]).toEqual([name, []])
    }
  })

  it('is whole when it fits', () => {
    expect(textOf(draw(long(8)).blocks)).not.toContain('does not fit')
    expect(plainCard(long(8)).length).toBeGreaterThan(8000)
  })
})
