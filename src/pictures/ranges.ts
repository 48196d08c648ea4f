/** Ranges of shares, one below the other on a scale from 0 to 100 %. */
import type { Picture } from '../bot/ui/card.js'
import { clipped } from './fonts.js'
import { ACCENT, box, INK, LINE, line, n, SOFT, type Svg, shown, TINT } from './svg.js'

const WIDTH = 640
const PAD = 28
const TOP = 84
const ROW = 62
const BAR = 18
const TOLD = 110

type Ranges = Picture & { kind: 'ranges' }

export function rangesSvg({ title, ranges }: Ranges): Svg {
  const bottom = TOP + ranges.length * ROW
  const x = (share: number) => PAD + ((WIDTH - 2 * PAD) * share) / 100
  const scale = [0, 25, 50, 75, 100].map(
    (share) =>
      `<path d="M${n(x(share))} ${TOP - 8}V${bottom}" stroke="${LINE}"/>` +
      line(x(share), bottom + 24, `${share} %`, {
        size: 14,
        fill: SOFT,
        anchor: share === 0 ? 'start' : share === 100 ? 'end' : 'middle',
      }),
  )
  const rows = ranges.map((range, i) => {
    const y = TOP + i * ROW
    const weight = i === 0 ? 'bold' : 'regular'
    const width = Math.max(8, x(range.high) - x(range.low))
    return [
      line(PAD, y + 16, clipped(shown(range.label), WIDTH - 2 * PAD - TOLD, 16, weight), {
        size: 16,
        weight,
        fill: INK,
      }),
      line(WIDTH - PAD, y + 16, `${range.low}-${range.high} %`, { size: 16, weight: 'bold', anchor: 'end' }),
      box(PAD, y + 26, WIDTH - 2 * PAD, BAR, 6, TINT),
      box(x(range.low), y + 26, width, BAR, 6, ACCENT),
    ].join('')
  })
  const head = line(PAD, 46, clipped(shown(title), WIDTH - 2 * PAD, 24, 'bold'), { size: 24, weight: 'bold' })
  return { width: WIDTH, height: bottom + 40, body: [head, ...scale, ...rows].join('') }
}
