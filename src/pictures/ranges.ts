/**
 * Draws ranges of shares, one below the other on a scale from 0 to 100 %, narrow enough for a phone: at 360
 * points of screen, its letters have 12 points and more.
 */
import type { Picture } from '../bot/ui/card.js'
import { clipped, wrap } from './fonts.js'
import { ACCENT, box, INK, LINE, line, n, SOFT, type Svg, shown, TINT } from './svg.js'

const WIDTH = 420
const PAD = 20
const TOP = 76
const LABEL = 16
const LINE_HEIGHT = 21
const BAR = 20
const GAP = 18
/** Space to the right of a bar, for its range in words. */
const TOLD = 100
const SCALE = [0, 50, 100]

type Ranges = Picture & { kind: 'ranges' }

export function rangesSvg({ title, ranges }: Ranges): Svg {
  const room = WIDTH - 2 * PAD - TOLD
  const x = (share: number) => PAD + (room * share) / 100
  let y = TOP
  const rows: string[] = []
  for (const [i, range] of ranges.entries()) {
    const weight = i === 0 ? 'bold' : 'regular'
    const labels = wrap(shown(range.label), WIDTH - 2 * PAD, LABEL, 2, weight)
    rows.push(
      ...labels.map((text, k) =>
        line(PAD, y + k * LINE_HEIGHT + 10, text, { size: LABEL, weight, fill: INK }),
      ),
    )
    y += labels.length * LINE_HEIGHT
    rows.push(
      box(PAD, y, room, BAR, 6, TINT),
      ...SCALE.map((share) => `<path d="M${n(x(share))} ${n(y - 3)}v${BAR + 6}" stroke="${LINE}"/>`),
      box(x(range.low), y, Math.max(8, x(range.high) - x(range.low)), BAR, 6, ACCENT),
      line(WIDTH - PAD, y + 16, `${range.low}-${range.high} %`, {
        size: LABEL,
        weight: 'bold',
        anchor: 'end',
      }),
    )
    y += BAR + GAP
  }
  const head = line(PAD, 42, clipped(shown(title), WIDTH - 2 * PAD, 22, 'bold'), { size: 22, weight: 'bold' })
  return { width: WIDTH, height: y + 28, body: [head, ...rows, scale(x, y + 12)].join('') }
}

/** Draws the labels of the marks at the bars. */
function scale(x: (share: number) => number, y: number): string {
  return SCALE.map((share) =>
    line(x(share), y, `${share} %`, { size: 14, fill: SOFT, anchor: share === 0 ? 'start' : 'middle' }),
  ).join('')
}
