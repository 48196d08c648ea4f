/** How well pictures can be read, in a dark theme and in a light one: contrast as WCAG 2.2 defines it. */
import { describe, expect, it } from 'vitest'
import { FACES } from '../../src/pictures/board.js'
import { svgOf } from '../../src/pictures/draw.js'
import * as colours from '../../src/pictures/svg.js'

const { PAPER, TINT, INK, SOFT, ACCENT, BADGE, ON_BADGE, RIGHT, GREY, LINE } = colours

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

/** Behind a picture: Discord's dark and darker, Slack's dark, and that of the web chat. */
const DARK = ['#313338', '#1a1a1e', '#1a1d21', '#16171d']
const LIGHT = ['#ffffff', '#f8f8f8']

describe('colours of pictures', () => {
  it('text can be read on the ground and on the tint', () => {
    for (const ground of [PAPER, TINT])
      for (const text of [INK, SOFT, RIGHT]) expect(contrast(text, ground)).toBeGreaterThanOrEqual(4.5)
    expect(contrast(ON_BADGE, BADGE)).toBeGreaterThanOrEqual(4.5)
    for (const face of FACES) expect(contrast(PAPER, face)).toBeGreaterThanOrEqual(4.5)
  })

  it('shapes stand out', () => {
    for (const ground of [PAPER, TINT])
      for (const shape of [ACCENT, RIGHT, GREY, SOFT, ...FACES])
        expect(contrast(shape, ground)).toBeGreaterThanOrEqual(3)
  })

  it('the card does not glare in a dark theme, and stands by itself in a light one', () => {
    for (const behind of DARK) expect(contrast(PAPER, behind)).toBeLessThan(1.5)
    for (const behind of LIGHT) expect(contrast(PAPER, behind)).toBeGreaterThan(10)
  })

  it('no picture has another colour', () => {
    const known = new Set([...Object.values(colours).filter((one) => /^#/.test(String(one))), ...FACES])
    const row = { rank: 1, name: 'Ann', points: '10', share: 0.5 }
    const pictures = [
      svgOf({
        kind: 'board',
        title: 'Season',
        subtitle: 'November',
        rows: [
          { ...row, mine: true },
          { ...row, mine: false },
        ],
      }),
      svgOf({
        kind: 'bars',
        title: 'How you chose',
        bars: [
          { label: 'A', count: 3, right: true },
          { label: 'B', count: 2, right: false },
        ],
      }),
      svgOf({
        kind: 'ranges',
        title: 'Right answers to expect',
        ranges: [{ label: 'All', low: 60, high: 80 }],
      }),
      svgOf({
        kind: 'diagram',
        diagram: {
          alt: 'A to B',
          boxes: [
            { id: 'a', label: 'A' },
            { id: 'b', label: 'B' },
          ],
          arrows: [{ from: 'a', to: 'b', label: 'then' }],
        },
      }),
    ]
    const used = pictures.flatMap((svg) => [...svg.matchAll(/"(#[0-9a-f]{3,8})"/g)].map(([, one]) => one))
    expect(used.filter((one) => !known.has(one ?? ''))).toEqual([])
    expect(used).toContain(LINE)
  })
})
