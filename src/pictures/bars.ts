/**
 * Draws how many people chose each option as bars; right ones are solid with a check mark, the others
 * striped.
 */
import type { Picture } from '../bot/ui/card.js'
import { clipped, widthOf, wrap } from './fonts.js'
import { box, INK, line, n, PAPER, RIGHT, SOFT, type Svg, shown, TINT } from './svg.js'

const WIDTH = 640
const PAD = 28
const TOP = 76
const LABEL = 16
const LINE_HEIGHT = 21
const BAR = 22
const GAP = 20
const COUNT_WIDTH = 110

type Bars = Picture & { kind: 'bars' }

export function barsSvg({ title, bars }: Bars): Svg {
  const most = Math.max(1, ...bars.map((b) => b.count))
  const total = bars.reduce((sum, b) => sum + b.count, 0)
  let y = TOP
  const parts: string[] = [
    line(PAD, 46, clipped(shown(title), WIDTH - 2 * PAD, 24, 'bold'), { size: 24, weight: 'bold' }),
  ]
  for (const bar of bars) {
    const labels = wrap(shown(bar.label), WIDTH - 2 * PAD - 30, LABEL, 2, bar.right ? 'bold' : 'regular')
    parts.push(barSvg(bar, labels, y, bar.count / most, total))
    y += labels.length * LINE_HEIGHT + BAR + GAP
  }
  return { width: WIDTH, height: y + 8, body: parts.join('') }
}

function barSvg(
  bar: Bars['bars'][number],
  labels: readonly string[],
  y: number,
  share: number,
  total: number,
): string {
  const barY = y + labels.length * LINE_HEIGHT
  const room = WIDTH - 2 * PAD - COUNT_WIDTH
  const percent = total === 0 ? 0 : Math.round((100 * bar.count) / total)
  const told = `${bar.count} · ${percent} %`
  const weight = bar.right ? 'bold' : 'regular'
  const fill = bar.right ? RIGHT : 'url(#stripes)'
  return [
    ...labels.map((text, i) =>
      line(PAD + (bar.right ? 26 : 0), y + i * LINE_HEIGHT + 10, text, {
        size: LABEL,
        weight,
        fill: bar.right ? INK : SOFT,
      }),
    ),
    bar.right ? check(PAD, y - 5) : '',
    box(PAD, barY, room, BAR, 6, TINT),
    bar.count > 0 ? box(PAD, barY, Math.max(8, room * share), BAR, 6, fill) : '',
    line(WIDTH - PAD - Math.min(widthOf(told, 15, 'bold'), COUNT_WIDTH), barY + 16, told, {
      size: 15,
      weight: 'bold',
      fill: bar.right ? RIGHT : SOFT,
    }),
  ].join('')
}

function check(x: number, y: number): string {
  return `<circle cx="${n(x + 9)}" cy="${n(y + 10)}" r="9" fill="${RIGHT}"/><path d="M${x + 5} ${y + 10} l3 3.4 l5.4 -6.2" fill="none" stroke="${PAPER}" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round"/>`
}
