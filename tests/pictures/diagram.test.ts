import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Diagram } from '../../src/core/model.js'
import { type Layout, layout, type Placed, READABLE_WIDTH } from '../../src/pictures/diagram.js'
import { svgOf } from '../../src/pictures/draw.js'
import { drawable, type Weight, widthOf } from '../../src/pictures/fonts.js'
import { shippedContent } from '../helpers/shipped.js'
import { textsOf } from './svg-text.js'

/**
 * The narrowest phone that is cared for is 360 px wide; a picture shrunk further than to 360 of 420 is hard
 * to read.
 */
/** Boxes closer than this would touch. */
const GAP = 4

let diagrams: { slug: string; diagram: Diagram }[]

beforeAll(async () => {
  const { banks } = await shippedContent()
  diagrams = banks
    .flatMap((bank) => bank.topics)
    .flatMap((t) => (t.diagram ? [{ slug: t.slug, diagram: t.diagram }] : []))
})

const words = fc.oneof(
  fc.array(
    fc.constantFrom(
      'Endpoint',
      'a',
      'model',
      'registry',
      'Elasticloadbalancing',
      'of',
      'CodePipeline',
      '—',
      '😀',
    ),
    {
      minLength: 1,
      maxLength: 9,
    },
  ),
  fc.array(fc.string({ unit: 'grapheme', maxLength: 60 }), { minLength: 1, maxLength: 2 }),
)
const label = words.map((list) => list.join(' '))

/**
 * Any graph: cycles, two arrows between the same boxes, arrows to themselves, parts that do not hang
 * together.
 */
const anyDiagram: fc.Arbitrary<Diagram> = fc
  .record({
    labels: fc.array(label, { minLength: 1, maxLength: 9 }),
    arrows: fc.array(fc.tuple(fc.nat(), fc.nat(), fc.option(label, { nil: undefined })), { maxLength: 14 }),
  })
  .map(({ labels, arrows }) => ({
    alt: 'Any',
    boxes: labels.map((text, i) => ({ id: `b${i}`, label: text })),
    arrows: arrows.map(([from, to, text]) => ({
      from: `b${from % labels.length}`,
      to: `b${to % labels.length}`,
      ...(text === undefined ? {} : { label: text }),
    })),
  }))

function overlaps({ boxes }: Layout): string[] {
  return boxes.flatMap((a, i) =>
    boxes
      .slice(i + 1)
      .filter(
        (b) =>
          Math.abs(a.x - b.x) < (a.width + b.width) / 2 + GAP &&
          Math.abs(a.y - b.y) < (a.height + b.height) / 2 + GAP,
      )
      .map((b) => `${a.lines.join(' ')} / ${b.lines.join(' ')}`),
  )
}

const labelsOf = (placed: Layout) => placed.arrows.flatMap((a) => (a.label ? [a.label] : []))

/** Boxes, labels and corners of arrows that stand over the edge of the page. */
function outside(placed: Layout): string[] {
  const { width, height, arrows } = placed
  const corners = arrows
    .flatMap((a) => a.points)
    .map((p) => ({ ...p, width: 0, height: 0, lines: ['a corner'] }))
  const over = (b: Placed) =>
    b.x - b.width / 2 < 0 ||
    b.x + b.width / 2 > width ||
    b.y - b.height / 2 < 0 ||
    b.y + b.height / 2 > height
  return [...placed.boxes, ...labelsOf(placed), ...corners].filter(over).map((b) => b.lines.join(' '))
}

function tooWide(list: readonly Placed[], size: number, weight: Weight): string[] {
  return list.flatMap((b) => b.lines.filter((line) => widthOf(line, size, weight) > b.width))
}

function faults(diagram: Diagram) {
  const placed = layout(diagram)
  return {
    overlaps: overlaps(placed),
    outside: outside(placed),
    tooWide: [...tooWide(placed.boxes, 17, 'bold'), ...tooWide(labelsOf(placed), 14, 'regular')],
  }
}

/** Words alone: lines are broken between words, and within one that is too long. */
const withoutSpaces = (text: string) => text.replaceAll(' ', '')

const NONE = { overlaps: [], outside: [], tooWide: [] }

describe('the diagrams of the content', () => {
  it('are there', () => {
    expect(diagrams.length).toBeGreaterThan(10)
  })

  it('have no boxes over each other, nothing off the page, and lines that fit', { tags: ['slow'] }, () => {
    for (const { slug, diagram } of diagrams) expect(faults(diagram), slug).toEqual(NONE)
  })

  it('are narrow enough to be read on a phone', { tags: ['slow'] }, () => {
    const wide = diagrams
      .map(({ slug, diagram }) => ({ slug, width: Math.round(layout(diagram).width) }))
      .filter((d) => d.width > READABLE_WIDTH)
    expect(wide).toEqual([])
  })

  it('say every word of their boxes and arrows', { tags: ['slow'] }, () => {
    for (const { slug, diagram } of diagrams) {
      const said = withoutSpaces(textsOf(svgOf({ kind: 'diagram', diagram })).join(''))
      const labels = [...diagram.boxes.map((b) => b.label), ...diagram.arrows.flatMap((a) => a.label ?? [])]
      for (const text of labels) expect(said, slug).toContain(withoutSpaces(drawable(text)))
    }
  })
})

describe('the diagrams and number lines of the content', () => {
  it('break no word, such as the name of a service', { tags: ['slow'] }, () => {
    for (const { slug, diagram } of diagrams) {
      const drawn = new Set(
        layout(diagram).boxes.flatMap(({ lines }) => lines.flatMap((one) => one.split(' '))),
      )
      const said = diagram.boxes.flatMap(({ label }) => label.split(' '))
      expect([slug, ...said.filter((word) => !drawn.has(word))]).toEqual([slug])
    }
  })
})

describe('any diagram', () => {
  it('has no boxes over each other, nothing off the page, and lines that fit', { tags: ['slow'] }, () => {
    fc.assert(
      fc.property(anyDiagram, (diagram) => {
        expect(faults(diagram)).toEqual(NONE)
      }),
      { numRuns: 40 },
    )
  })

  it('keeps an arrow on the page that bends around everything else', () => {
    const boxes = ['Endpoint', '', 'Endpoint', 'Endpoint', ''].map((text, i) => ({
      id: `b${i}`,
      label: text,
    }))
    const ends = ['10', '13', '34', '20', '32'].map((pair) => ({ from: `b${pair[0]}`, to: `b${pair[1]}` }))
    expect(faults({ alt: 'A way around', boxes, arrows: ends })).toEqual(NONE)
  })

  it('has a box for each box and an arrow for each arrow between two of them', { tags: ['slow'] }, () => {
    fc.assert(
      fc.property(anyDiagram, (diagram) => {
        const { boxes, arrows } = layout(diagram)
        expect(boxes).toHaveLength(diagram.boxes.length)
        expect(arrows).toHaveLength(diagram.arrows.filter((a) => a.from !== a.to).length)
        for (const { points } of arrows) expect(points.length).toBeGreaterThanOrEqual(2)
      }),
      { numRuns: 30 },
    )
  })

  it('breaks a word that is wider than a box where a reader would', () => {
    const boxes = [{ id: 'a', label: 'InvokeEndpointWithResponseStream' }]
    expect(layout({ alt: 'a', boxes, arrows: [] }).boxes.map((b) => b.lines)).toEqual([
      ['InvokeEndpointWith', 'ResponseStream'],
    ])
  })

  it('without a box is an empty page', () => {
    expect(svgOf({ kind: 'diagram', diagram: { alt: 'nothing', boxes: [], arrows: [] } })).toMatch(
      /^<svg [^>]*width="240" height="52"/,
    )
  })

  it('is laid out alike every time', { tags: ['slow'] }, () => {
    for (const { diagram } of diagrams) expect(layout(structuredClone(diagram))).toEqual(layout(diagram))
  })
})
