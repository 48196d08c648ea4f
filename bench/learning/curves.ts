/** Draws the share that a learner would get right, day by day, under each rule, for the documentation. */
import { ACCENT, GREY, INK, LINE, line, n, PAPER, page, SOFT } from '../../src/pictures/svg.js'

export interface Curve {
  readonly name: string
  /** The shares in per cent, by day. */
  readonly shares: readonly number[]
}

const SIZE = { width: 640, height: 380 }
const PLOT = { left: 64, right: 500, top: 76, bottom: 326 }
/** Dashes distinguish the curves, too. */
const STROKES = [
  { color: ACCENT, dash: 'none', width: 4 },
  { color: INK, dash: '9 6', width: 3 },
  { color: SOFT, dash: '2 5', width: 3 },
]

export function curvesSvg(title: string, subtitle: string, curves: readonly Curve[]): string {
  const all = curves.flatMap(({ shares }) => shares)
  const low = Math.floor(Math.min(...all) / 10) * 10
  const high = Math.ceil(Math.max(...all) / 10) * 10
  const days = Math.max(...curves.map(({ shares }) => shares.length))
  const x = (day: number) => PLOT.left + ((PLOT.right - PLOT.left) * day) / (days - 1)
  const y = (share: number) => PLOT.bottom - ((PLOT.bottom - PLOT.top) * (share - low)) / (high - low)
  const grid = Array.from({ length: (high - low) / 10 + 1 }, (_, i) => low + i * 10).map(
    (share) =>
      `<path d="M${n(PLOT.left)} ${n(y(share))}H${n(PLOT.right)}" stroke="${LINE}"/>` +
      line(PLOT.left - 10, y(share) + 5, `${share} %`, { size: 14, fill: SOFT, anchor: 'end' }),
  )
  const drawn = curves.map(({ name, shares }, i) => {
    const { color, dash, width } = STROKES[i] ?? { color: GREY, dash: 'none', width: 2 }
    const points = shares.map((share, day) => `${n(x(day))},${n(y(share))}`).join(' ')
    const last = shares.at(-1) ?? 0
    return (
      `<polyline points="${points}" fill="none" stroke="${color}" stroke-width="${width}" stroke-dasharray="${dash}"/>` +
      line(PLOT.right + 12, y(last) + 5, `${name} ${last.toFixed(0)} %`, {
        size: 14,
        weight: 'bold',
        fill: color,
      })
    )
  })
  const body = [
    `<rect width="${SIZE.width}" height="${SIZE.height}" fill="${PAPER}"/>`,
    line(PLOT.left, 34, title, { size: 20, weight: 'bold' }),
    line(PLOT.left, 56, subtitle, { size: 14, fill: SOFT }),
    ...grid,
    ...drawn,
    line(PLOT.left, PLOT.bottom + 30, 'day 1', { size: 14, fill: SOFT }),
    line(PLOT.right, PLOT.bottom + 30, `day ${days}`, { size: 14, fill: SOFT, anchor: 'end' }),
  ].join('')
  return page({ ...SIZE, body })
}
