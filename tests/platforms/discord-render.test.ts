// @module-tag longer
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { componentsIn, faultsOfMessage, faultsOfModal } from '../../loopback/discord/judge.js'
import { labelsOf, readable } from '../../loopback/discord/people.js'
import type { Json } from '../../loopback/discord/server.js'
import type { FormValues } from '../../src/bot/ports/chat.js'
import type { Block, Card, Form, Picture } from '../../src/bot/ui/card.js'
import { filled as filledIn } from '../../src/bot/ui/form.js'
import { mentionsOf } from '../../src/bot/ui/mentions.js'
import { plain } from '../../src/core/text.js'
import { betweenSteps } from '../../src/platforms/discord/between-steps.js'
import { readStepOf, renderForm, type Sent } from '../../src/platforms/discord/form.js'
import { isLast } from '../../src/platforms/discord/form-steps.js'
import { literal, markdown } from '../../src/platforms/discord/markdown.js'
import { fileName } from '../../src/platforms/discord/pictures.js'
import { isTurned, renderMessage, renderPages, renderParts } from '../../src/platforms/discord/render.js'
import { gallery, galleryForms, once } from './gallery.js'

const cards = await gallery()
const forms = await galleryForms()
const noFiles = new Map<Picture, string>()
const filesOf = (card: Card) =>
  new Map(card.blocks.flatMap((b, i) => (b.kind === 'image' ? [[b.picture, `p-${i}.png`] as const] : [])))
const attachedTo = (card: Card) =>
  card.blocks.flatMap((b, i) =>
    b.kind === 'image' ? [`p-${i}.png`] : b.kind === 'file' ? [fileName(b.name)] : [],
  )
interface Drawn {
  readonly flags: number
  readonly components: Json[]
}
const drawAll = (card: Card) => renderPages(card, filesOf(card)) as unknown as Drawn[]
const partsOf = once((card: Card) => renderParts(card, filesOf(card)) as unknown as Drawn[])
const draw = once((card: Card) => renderMessage(card, filesOf(card)) as unknown as Drawn)
const hasPicture = (card: Card) => card.blocks.some((block) => block.kind === 'image')
/** With *More* on each page but the last. */
const pagesWithMore = once((card: Card) => pagesOf({ ...card, again: 'topic~apple' }))
/** What stands in code is shown as it is. */
const withoutCode = (text: string) =>
  text.replace(/```[\s\S]*?```/g, '').replace(/(?<!\\)(`+)[\s\S]*?[^`]\1(?!`)/g, '')
const judgePage = (page: Drawn, card: Card) =>
  faultsOfMessage({ ...page, allowed_mentions: { parse: [] } }, attachedTo(card))
const judge = (card: Card) => judgePage(draw(card), card)

/** What one sees by pressing *More* until there is no more. */
function pagesOf(card: Card): Drawn[] {
  const pages = drawAll(card)
  const last = pages.findIndex(
    (drawn, page) => !JSON.stringify(drawn).includes(`"rest~${(page + 1).toString(36)}~`),
  )
  expect(last).toBe(pages.length - 1)
  return pages
}

describe('every card of the gallery', () => {
  it('is a message that Discord takes, with its pictures and without', () => {
    const wrong = cards.flatMap(({ name, card }) => {
      const bare = faultsOfMessage(
        hasPicture(card) ? renderMessage(card, noFiles) : draw(card),
        attachedTo(card),
      )
      return [...judge(card), ...bare].map((fault) => `${name}: ${fault}`)
    })
    expect(wrong).toEqual([])
  })

  it('keeps all of its buttons and menus', { tags: ['slow'] }, () => {
    for (const { name, card } of cards) {
      const wanted = card.blocks.flatMap((b) =>
        b.kind === 'buttons' ? b.buttons.map((one) => one.id) : b.kind === 'select' ? [b.id] : [],
      )
      const ids = componentsIn(draw(card).components).map((c) => c.custom_id)
      expect([name, wanted.filter((id) => !ids.includes(id))]).toEqual([name, []])
    }
  })

  it('is taken part by part, and each part says something else', { tags: ['slow'] }, () => {
    for (const { name, card } of cards) {
      const pages = pagesWithMore(card)
      const wrong = pages.flatMap((page) => judgePage(page, card))
      expect([name, wrong]).toEqual([name, []])
    }
  })

  it('that everybody sees can be shown part by part, if it is too long', { tags: ['slow'] }, () => {
    const forAll = cards.filter(({ name }) =>
      / open$| closed$| revealed| for the channel$|^podium|: key of |: told that /.test(name),
    )
    const cutOff = forAll.filter(
      ({ card }) => card.again === undefined && pagesOf({ ...card, again: 'a' }).length > 1,
    )
    expect(forAll.filter(({ card }) => pagesOf(card).length > 1).length).toBeGreaterThan(0)
    // Two topics of the longest names do not fit into one id.
    expect(cutOff.map(({ name }) => name)).toEqual(['worst: comparison for the channel'])
  })

  it('that no button turns is taken in parts, one after the other, with nothing left out', {
    tags: ['slow'],
  }, () => {
    const apart = cards.filter(({ card }) => !isTurned(card))
    expect(apart.filter(({ card }) => partsOf(card).length > 1).length).toBeGreaterThan(0)
    for (const { name, card } of apart) {
      const wrong = partsOf(card).flatMap((page) => judgePage(page, card))
      expect([name, wrong]).toEqual([name, []])
      expect(JSON.stringify(partsOf(card))).not.toContain('The rest does not fit')
    }
  })

  it('loses no word between its parts', { tags: ['slow'] }, () => {
    for (const { name, card } of cards.filter((c) => /^real: /.test(c.name))) {
      const shown = pagesWithMore(card).map(readable).join(' ')
      const words = card.blocks.flatMap((b) => (b.kind === 'text' ? plain(b.text).split(/\s+/) : []))
      const lost = words.filter((word) => /^[A-Za-z]{4,}$/.test(word) && !shown.includes(word))
      expect([name, lost]).toEqual([name, []])
    }
  })

  /** Without what a setting, or somebody's yes, has put there. */
  const withoutMeant = (shown: string, card: Card) =>
    [
      ...mentionsOf(card).groups.map((id) => `<@&${id}>`),
      ...mentionsOf(card).members.map((id) => `<@${id}>`),
    ].reduce((rest, meant) => rest.replaceAll(meant, ''), shown)

  it('names nobody and nothing that pings but what is meant to', { tags: ['slow'] }, () => {
    for (const { name, card } of cards) {
      const texts = componentsIn(draw(card).components).flatMap((c) =>
        c.type === 10 ? [withoutMeant(withoutCode(String(c.content)), card)] : [],
      )
      const found = texts.flatMap(
        (text) => text.match(/(?<!\\)<(?:@[!&]?\d|@|a?:|\/|id:)|(?<!\\)@(?:everyone|here)/g) ?? [],
      )
      expect([name, found]).toEqual([name, []])
    }
  })
})

describe('a card that is too long', () => {
  const long = (n: number): Card => ({
    title: 'Long',
    blocks: [
      ...Array.from(
        { length: n },
        (_, i): Block => ({ kind: 'text', text: [`Paragraph ${i}. ${'word '.repeat(100)}`] }),
      ),
      { kind: 'buttons', buttons: [{ id: 'a', label: 'Go on' }] },
    ],
  })

  it('says so, and keeps its buttons', () => {
    expect(judge(long(20))).toEqual([])
    expect(readable(draw(long(20)))).toContain('does not fit')
    expect(labelsOf(draw(long(20)))).toEqual(['Go on'])
  })

  it('is shown part by part behind *More*, with nothing lost and nothing twice', () => {
    const pages = pagesOf({ ...long(30), again: 'topic~apple' })
    const shown = pages.map(readable).join('\n')
    for (let i = 0; i < 30; i++) expect(shown.split(`Paragraph ${i}. `)).toHaveLength(2)
    expect(labelsOf(pages[0] ?? { components: [] })).toEqual(['Go on', 'More'])
    expect(labelsOf(pages.at(-1) ?? { components: [] })).toEqual(['Go on', 'Back'])
  })

  it('of any blocks is taken', { tags: ['slow'] }, () => {
    const words = fc.string({ unit: 'binary', maxLength: 2500 })
    const text = fc.array(
      fc.oneof(
        words,
        words.map((w) => ({ bold: [w] })),
        words.map((code) => ({ code })),
      ),
      { maxLength: 4 },
    )
    const block: fc.Arbitrary<Block> = fc.oneof(
      text.map((t) => ({ kind: 'text' as const, text: t })),
      text.map((t) => ({ kind: 'note' as const, text: t })),
      words.map((t) => ({ kind: 'heading' as const, text: t })),
      words.map((t) => ({ kind: 'code' as const, text: t })),
      fc
        .array(text, { maxLength: 12 })
        .map((items) => ({ kind: 'list' as const, style: 'letters' as const, items })),
      fc
        .array(text, { maxLength: 3 })
        .chain((header) =>
          fc
            .array(fc.array(text, { maxLength: 4 }), { maxLength: 5 })
            .map((rows) => ({ kind: 'table' as const, header, rows })),
        ),
      fc.record({ name: words, value: text }).map((field) => ({ kind: 'fields' as const, fields: [field] })),
      fc.constant({ kind: 'divider' as const }),
    )
    fc.assert(
      fc.property(words, fc.array(block, { maxLength: 12 }), (title, blocks) => {
        const card = { title, blocks, again: 'again' }
        expect(drawAll(card).flatMap((page) => judgePage(page, card))).toEqual([])
      }),
      { numRuns: 300 },
    )
  })
})

describe('text from data', () => {
  it.each([
    ['<@123> <@&1> <#1> <:a:1> </b:1> <t:1>', '\\<@123> \\<@&1> \\<#1> \\<:a:1> \\</b:1> \\<t:1>'],
    ['@everyone and @here, a@b.c', '\\@everyone and \\@here, a@b.c'],
    ['*a* _b_ ~~c~~ `d` ||e||', '\\*a\\* \\_b\\_ \\~\\~c\\~\\~ \\`d\\` \\|\\|e\\|\\|'],
    ['# a\n## b\n-# c\n> d\n- e\n1. f', '\\# a\n\\## b\n\\-# c\n\\> d\n\\- e\n1\\. f'],
    ['[a](https://b.c) https://d.e', '\\[a\\](https\\://b.c) https\\://d.e'],
    ['2 - 3 > 1, 10% #1', '2 - 3 > 1, 10% #1'],
  ])('%j is shown as it is', (data, shown) => {
    expect(literal(data)).toBe(shown)
  })

  /** Discord's own rule: a backslash before a sign shows the sign. */
  it('comes back as it was when the backslashes are taken', { tags: ['slow'] }, () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (data) => {
        expect(literal(data).replace(/\\([^A-Za-z0-9\s])/g, '$1')).toBe(data)
      }),
    )
  })

  it('leaves no sign of formatting bare', () => {
    const signs = fc.string({
      unit: fc.constantFrom(...'*_~`|<>[]()@#-+1. \n\\:aeveryhttps/'),
      maxLength: 60,
    })
    fc.assert(
      fc.property(signs, (data) => {
        const bare = literal(data).replace(/\\[^A-Za-z0-9\s]/g, '·')
        expect(bare).not.toMatch(/[*_~`|<[\]\\]/)
        expect(bare).not.toMatch(/^[^\S\n]*(#{1,3}\s|-#|>|[-+]\s|\d+\.\s)/m)
        expect(bare).not.toMatch(/https?:\/\/|@everyone|@here/)
      }),
      { numRuns: 2000 },
    )
  })

  it('may be bold, italic, code and a link where its author wants it', () => {
    expect(markdown([{ bold: ['a*b'] }, ' ', { italic: [' c '] }, ' ', { code: 'x`y' }])).toBe(
      '**a\\*b**  *c*  `` x`y ``',
    )
    expect(markdown([{ link: 'https://e.f/?a=1&b=(2)', text: ['a]b'] }])).toBe(
      '[a\\]b](<https://e.f/?a=1&b=(2)>)',
    )
    expect(markdown([{ link: 'javascript:alert(1)', text: ['no'] }])).toBe('no')
  })

  it('has a command to press once its id is known', () => {
    expect(markdown([{ command: 'study forget-me' }])).toBe('/study forget-me')
    expect(markdown([{ command: 'study forget-me', id: '42' }, ' ', { command: 'quiz', id: '7' }])).toBe(
      '</study forget-me:42> </quiz:7>',
    )
  })

  it('names a member without a ping, a channel, and a moment in the zone of the reader', () => {
    expect(markdown([{ member: '1', name: '<@1>' }, { channel: '123456' }])).toBe('\\<@1><#123456>')
    expect(markdown([{ time: Date.parse('2026-11-23T08:00Z'), zone: 'UTC', show: 'both' }])).toBe(
      '<t:1795420800:f> (<t:1795420800:R>)',
    )
  })
})

const DRAFT = '123e4567-e89b-12d3-a456-426614174000'

describe('every form of the gallery', () => {
  /** One field of a modal, with the first that may be chosen. */
  function answered(c: Json): Sent[] {
    const customId = String(c.custom_id)
    if (c.type === 4) return [{ customId, value: String(c.value ?? 'words') }]
    if (c.type === 19) return [{ customId, value: 'week-1.txt' }]
    if (c.type === 6 || c.type === 8) return [{ customId, value: ['123456'] }]
    const options = (c.options ?? []) as { value: string }[]
    if (c.type === 21) return [{ customId, value: String(options[0]?.value) }]
    return c.type === 3 || c.type === 22
      ? [{ customId, value: options.slice(0, Number(c.max_values ?? 1)).map((o) => o.value) }]
      : []
  }

  /** Fills every modal in turn, going on from the message between them, and gives what the bot gets. */
  function filled(form: Form): { modals: Json[]; between: Json[]; values: FormValues } {
    const [modals, between]: [Json[], Json[]] = [[], []]
    let [at, given]: [Form, FormValues] = [form, {}]
    for (let step = 0; ; step++) {
      const modal = renderForm(at, DRAFT, step) as unknown as Json
      modals.push(modal)
      const sent = readStepOf(at, componentsIn(modal.components).flatMap(answered))
      given = { ...given, ...sent }
      at = filledIn(at, sent)
      if (isLast(at, step)) return { modals, between, values: given }
      between.push(betweenSteps(at, DRAFT, step) as unknown as Json)
    }
  }

  it('keeps what is given in a part of a field while its other parts are filled in', () => {
    for (const { name, form } of forms) {
      const many = form.fields.flatMap((f) => (f.kind === 'multi' && f.options.length > 25 ? [f] : []))
      for (const field of many)
        expect([name, filled(form).values[field.name]]).toEqual([name, field.options.map((o) => o.value)])
    }
  })

  it('is a row of modals that Discord takes, with messages between that say what was given', () => {
    const wrong = forms.flatMap(({ name, form }) => {
      const { modals, between } = filled(form)
      return [...modals.flatMap(faultsOfModal), ...between.flatMap((m) => faultsOfMessage(m))].map(
        (fault) => `${name}: ${fault}`,
      )
    })
    expect(wrong).toEqual([])
  })

  it('asks for every field that leaves a choice', () => {
    for (const { name, form } of forms) {
      const open = form.fields
        .filter((f) => !(f.kind === 'select' && f.options.length === 1))
        .map((f) => f.name)
      expect([name, Object.keys(filled(form).values).sort()]).toEqual([name, open.sort()])
    }
  })
})

it('of a choice with more options than a menu has, what is picked anew in one of its menus counts', () => {
  const options = Array.from({ length: 30 }, (_, i) => ({ value: `p${i}`, label: `Pack ${i}` }))
  const form: Form = {
    ...{ id: 'team.save~new', title: 'Study setup', submit: 'Save' },
    fields: [{ kind: 'select', name: 'pack', label: 'Exam', value: 'p1', options }],
  }
  const modal = renderForm(form, DRAFT) as unknown as Json
  expect(componentsIn(modal.components).filter((c) => c.type === 3)).toMatchObject([
    { custom_id: 'pack#0', required: false },
    { custom_id: 'pack#1', required: false },
  ])
  const picked = (first: string, second: string) => {
    const menus = [first, second].map((value, i) => ({ customId: `pack#${i}`, value: value ? [value] : [] }))
    return readStepOf(form, menus)
  }
  expect(picked('p1', 'p28')).toEqual({ pack: 'p28' })
  expect(picked('p5', '')).toEqual({ pack: 'p5' })
  expect(picked('p1', '')).toEqual({ pack: 'p1' })
  expect(picked('', '')).toEqual({})
})
