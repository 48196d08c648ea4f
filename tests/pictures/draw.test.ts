import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Bar, BoardRow, Picture } from '../../src/bot/ui/card.js'
import { withoutMarks } from '../../src/core/text.js'
import { draw, svgOf } from '../../src/pictures/draw.js'
import { drawable, widthOf } from '../../src/pictures/fonts.js'
import { faultOf, markedTextsOf, textsOf, times } from './svg-text.js'

const row = (name: string, more: Partial<BoardRow> = {}): BoardRow => ({
  rank: 1,
  name,
  points: '120',
  share: 0.5,
  mine: false,
  ...more,
})
const board = (...rows: BoardRow[]): Picture => ({
  kind: 'board',
  title: 'Orchard: this season',
  subtitle: 'No points for speed',
  rows,
})
const bar = (label: string, more: Partial<Bar> = {}): Bar => ({ label, count: 3, right: false, ...more })
const bars = (...list: Bar[]): Picture => ({ kind: 'bars', title: 'How you chose', bars: list })
const pipeline: Picture = {
  kind: 'diagram',
  diagram: {
    alt: 'A push starts a build.',
    boxes: [
      { id: 'push', label: 'Push' },
      { id: 'build', label: 'Build & test' },
    ],
    arrows: [{ from: 'push', to: 'build', label: 'starts' }],
  },
}

const nothing: Picture = { kind: 'diagram', diagram: { alt: 'Nothing', boxes: [], arrows: [] } }

const scale: Picture = {
  kind: 'scale',
  scale: {
    alt: 'From -1 to 1',
    marks: [
      { at: -1, label: 'only rows of d' },
      { at: 0.95, label: 'nearly only rows of a' },
      { at: 1, label: 'only rows of a' },
    ],
    open: ['end'],
  },
}

const SAMPLES: readonly [string, Picture][] = [
  ['a board', board(row('Ann', { mine: true }), row('Ben', { rank: 2 }))],
  ['bars', bars(bar('A: Canary', { right: true }), bar('B: Linear'), bar('C: All at once', { count: 0 }))],
  ['a number line', scale],
  ['a diagram', pipeline],
  ['a diagram without a box', nothing],
  ['a board without a row', board()],
  ['no bars', bars()],
]

const WORST = [
  '',
  ' ',
  '</text></svg>',
  '"><script>',
  '&amp; &#0; &',
  '@everyone <!channel>',
  '😀 👩‍👩‍👧 🇩🇪',
  '\ud800',
  '\u0000\ufffe\uffff',
  'Wé'.repeat(200),
]

/** Everything that a person can type or a database can hold, and what is meant to break out of XML. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.string({ maxLength: 200 }),
  fc.constantFrom(...WORST),
)
const count = fc.nat({ max: 2_000_000 })

const anyPicture: fc.Arbitrary<Picture> = fc.oneof(
  fc.record({
    kind: fc.constant('board' as const),
    title: anyText,
    subtitle: anyText,
    rows: fc.array(
      fc.record({
        rank: count,
        name: anyText,
        points: anyText,
        share: fc.double({ min: 0, max: 1, noNaN: true }),
        mine: fc.boolean(),
      }),
      { maxLength: 10 },
    ),
  }),
  fc.record({
    kind: fc.constant('bars' as const),
    title: anyText,
    bars: fc.array(fc.record({ label: anyText, count, right: fc.boolean() }), { maxLength: 10 }),
  }),
  fc
    .record({
      alt: anyText,
      boxes: fc.uniqueArray(fc.record({ id: anyText, label: anyText }), {
        maxLength: 6,
        selector: (b) => b.id,
      }),
      ends: fc.array(
        fc.tuple(fc.nat({ max: 6 }), fc.nat({ max: 6 }), fc.option(anyText, { nil: undefined })),
        { maxLength: 8 },
      ),
    })
    .map(({ alt, boxes, ends }) => {
      const idOf = (index: number) => boxes[index]?.id ?? 'nowhere'
      const arrows = ends.map(([from, to, label]) => ({
        from: idOf(from),
        to: idOf(to),
        ...(label === undefined ? {} : { label }),
      }))
      return { kind: 'diagram' as const, diagram: { alt, boxes, arrows } }
    }),
)

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

function headerOf(png: Uint8Array) {
  const bytes = Buffer.from(png)
  return {
    signature: [...bytes.subarray(0, 8)],
    chunk: bytes.toString('latin1', 12, 16),
    width: bytes.readUInt32BE(16),
    height: bytes.readUInt32BE(20),
  }
}

function sizeOf(svg: string): { width: number; height: number } {
  const [, width, height] = /^<svg [^>]*?width="([\d.]+)" height="([\d.]+)"/.exec(svg) ?? []
  return { width: Number(width), height: Number(height) }
}

describe('a picture as PNG', () => {
  it.each(SAMPLES)('%s has the signature of a PNG and twice the size of its SVG', async (_name, picture) => {
    const header = headerOf(await draw(picture))
    expect(header).toMatchObject({ signature: PNG, chunk: 'IHDR' })
    const { width, height } = sizeOf(svgOf(picture))
    expect(width).toBeGreaterThanOrEqual(240)
    expect(Math.abs(header.width - 2 * width)).toBeLessThanOrEqual(1)
    expect(Math.abs(header.height - 2 * height)).toBeLessThanOrEqual(1)
  })

  it.each(SAMPLES)('%s drawn twice gives the same bytes', async (_name, picture) => {
    const again = structuredClone(picture)
    expect(Buffer.from(await draw(picture)).equals(Buffer.from(await draw(again)))).toBe(true)
  })

  it('two different pictures give different bytes', async () => {
    const [ann, ben] = await Promise.all([draw(board(row('Ann'))), draw(board(row('Ben')))])
    expect(Buffer.from(ann).equals(Buffer.from(ben))).toBe(false)
  })

  it('is drawn whatever the texts in it are', { tags: ['slow'] }, async () => {
    await fc.assert(
      fc.asyncProperty(anyPicture, async (picture) => {
        expect(headerOf(await draw(picture)).signature).toEqual(PNG)
      }),
      { numRuns: 12 },
    )
  })

  it.each(WORST.map((text) => [JSON.stringify(text).slice(0, 30), text]))(
    'is drawn of nothing but %s',
    { tags: ['slow'] },
    async (_name, text) => {
      const boxes = [
        { id: 'a', label: text },
        { id: 'b', label: text },
      ]
      const diagram = { alt: text, boxes, arrows: [{ from: 'a', to: 'b', label: text }] }
      for (const picture of [
        board(row(text)),
        bars(bar(text)),
        { kind: 'diagram', diagram },
        {
          kind: 'scale',
          scale: {
            alt: text,
            marks: [
              { at: 0, label: text },
              { at: 0, label: text },
            ],
            open: ['start'],
          },
        },
      ] satisfies Picture[]) {
        expect(headerOf(await draw(picture)).signature).toEqual(PNG)
      }
    },
  )
})

describe('the SVG of a picture', () => {
  it('is well-formed whatever the texts in it are', () => {
    fc.assert(
      fc.property(anyPicture, (picture) => {
        expect(faultOf(svgOf(picture))).toBeUndefined()
      }),
      { numRuns: 150 },
    )
  })

  it('shows every name that fits as it is, without what no font can draw', () => {
    fc.assert(
      fc.property(fc.uniqueArray(anyText, { maxLength: 10 }), (names) => {
        const fitting = names
          .map((name) => withoutMarks(drawable(name)))
          .filter((name) => name !== '' && widthOf(name, 17) <= 210)
        expect(textsOf(svgOf(board(...names.map((name) => row(name)))))).toEqual(
          expect.arrayContaining(fitting),
        )
      }),
      { numRuns: 60 },
    )
  })

  it('shows every label of a bar that fits one line as it is', () => {
    fc.assert(
      fc.property(anyText, fc.boolean(), (label, right) => {
        const shown = withoutMarks(drawable(label))
        fc.pre(shown !== '' && widthOf(shown, 16, 'bold') <= 554)
        expect(textsOf(svgOf(bars(bar(label, { right }))))).toContain(shown)
      }),
      { numRuns: 60 },
    )
  })

  it('sets apart in every line what is written from right to left', () => {
    const [open, end] = ['\u2068', '\u2069']
    const label = `A: ${open}מה זה?${end}`
    expect(markedTextsOf(svgOf(bars(bar(label))))).toContain(label)
    const ranges: Picture = {
      ...{ kind: 'ranges', title: 'שלום!' },
      ranges: [{ label: `2 ${open}שלום (AWS)!${end}`, low: 1, high: 2 }],
    }
    expect(markedTextsOf(svgOf(ranges))).toEqual(
      expect.arrayContaining([`${open}שלום!${end}`, `2 ${open}שלום (AWS)!${end}`]),
    )
    const named = svgOf(board(row(`${open}דנה כהן 3${end}`)))
    expect(markedTextsOf(named)).toEqual(
      expect.arrayContaining([`${open}דנה כהן 3${end}`, `${open}דכ${end}`]),
    )
    // A label of several lines, the last of them cut, is apart in each.
    const lines = markedTextsOf(svgOf(bars(bar(`B: ${open}${'מילה ארוכה, '.repeat(40)}${end}`)))).filter(
      (text) => /[א-ת]/.test(text),
    )
    expect(lines).toHaveLength(2)
    for (const line of lines) expect(line).toMatch(/^(?:B: )?\u2068[^\u2068\u2069]*\u2069$/)
    expect(lines[1]).toContain('…')
    // Where nothing is written so, no mark is drawn; a lone mark opens nothing.
    expect(markedTextsOf(svgOf(bars(bar(`C: ${open}one${end}`))))).toContain('C: one')
    expect(markedTextsOf(svgOf(board(row(`${open}${open}דנה`))))).toContain(`${open}${open}דנה${end}${end}`)
  })

  it('breaks a longer label between words and loses none of them', () => {
    const label = 'B: Shift traffic in two increments, first a small share and then the rest, after a wait'
    expect(textsOf(svgOf(bars(bar(label)))).join(' ')).toContain(label)
  })

  it('cuts what is too long with an ellipsis', () => {
    const [name, points] = ['Maximiliane '.repeat(8).trim(), '1234567890123']
    const texts = textsOf(svgOf(board(row(name, { points }))))
    expect(texts).not.toContain(name)
    expect(texts.find((t) => t.startsWith('Maximiliane'))).toMatch(/…$/)
    expect(texts.find((t) => t.startsWith('1234'))).toMatch(/…$/)
    expect(
      textsOf(svgOf(bars(bar(`A: ${'long '.repeat(100)}`)))).filter((t) => t.endsWith('…')),
    ).toHaveLength(1)
  })

  it('keeps emoji, accents and other scripts in a name', () => {
    expect(textsOf(svgOf(board(row('Zoë 🍎'), row('Дмитрий'))))).toEqual(
      expect.arrayContaining(['Zoë 🍎', 'Дмитрий']),
    )
  })

  it('marks a name of which nothing can be drawn with a dot', () => {
    expect(textsOf(svgOf(board(row('\u200b\ud800'))))).toContain('•')
  })
})

describe('a board', () => {
  it('marks the own row with the word "you" and no other', () => {
    const picture = (mine: string) =>
      board(...['Ann', 'Ben', 'Chloe'].map((name, i) => row(name, { rank: i + 1, mine: name === mine })))
    const texts = textsOf(svgOf(picture('Ben')))
    expect(texts.filter((t) => t === 'you')).toHaveLength(1)
    expect(texts.indexOf('you')).toBeGreaterThan(texts.indexOf('Ben'))
    expect(texts.indexOf('you')).toBeLessThan(texts.indexOf('Chloe'))
    expect(textsOf(svgOf(picture('nobody')))).not.toContain('you')
  })

  it('keeps the mark of the own row clear of its bar, however long the name is', () => {
    const svg = svgOf(board(row('W'.repeat(80), { mine: true })))
    const you = Number(/<text x="([\d.]+)"[^>]*>you</.exec(svg)?.[1])
    expect(you + 18).toBeLessThan(350)
  })

  it('shows rank and points of every row', () => {
    const rows = Array.from({ length: 10 }, (_, i) =>
      row(`Member ${i}`, { rank: i + 1, points: String(1000 - i) }),
    )
    expect(textsOf(svgOf(board(...rows)))).toEqual(
      expect.arrayContaining(rows.flatMap((r) => [String(r.rank), r.points, r.name])),
    )
  })
})

describe('bars', () => {
  const CHECK = 'stroke-linecap="round"'
  const STRIPES = 'fill="url(#stripes)"'

  it.each([
    [[true, false, false, false]],
    [[true, true, false, false, false]],
    [[true, true, true]],
    [[false, false]],
  ])('%j: a check mark for each right one, stripes for each wrong one', (rights) => {
    const svg = svgOf(bars(...rights.map((right, i) => bar(`Option ${i}`, { right }))))
    expect(times(CHECK, svg)).toBe(rights.filter((r) => r).length)
    expect(times(STRIPES, svg)).toBe(rights.filter((r) => !r).length)
  })

  it('that nobody chose have no length, but their label and 0', () => {
    const svg = svgOf(
      bars(bar('Nobody took this', { count: 0 }), bar('All took this', { right: true, count: 4 })),
    )
    expect(times(STRIPES, svg)).toBe(0)
    expect(textsOf(svg)).toEqual(expect.arrayContaining(['Nobody took this', '0 · 0 %', '4 · 100 %']))
  })
})
