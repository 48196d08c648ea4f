/** Draws a number line, and below it the meaning of each value, narrow enough for a phone. */
import type { NumberLine } from '../core/model.js'
import { widthOf, wrap } from './fonts.js'
import { ACCENT, INK, line, n, SOFT, type Svg, shown } from './svg.js'

const WIDTH = 420
const PAD = 24
/** The y coordinate of the axis; the padding leaves room for a line that continues past its marks. */
const AXIS = 66
const AXIS_PAD = 58
/** How far the line continues past a mark if it has no end. */
const PAST = 30
const VALUE = 18
const LABEL = 16
const LINE_HEIGHT = 22
const GAP = 12
const TOP = AXIS + 52

export function scaleSvg({ marks, open }: NumberLine): Svg {
  const values = marks.map(({ at }) => at)
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const room = WIDTH - 2 * AXIS_PAD
  const x = (at: number) => AXIS_PAD + (high === low ? room / 2 : (room * (at - low)) / (high - low))
  const [start, end] = [open.includes('start') ? PAST : 0, open.includes('end') ? PAST : 0]
  const body = [
    `<path d="M${n(AXIS_PAD - start)} ${AXIS}H${n(WIDTH - AXIS_PAD + end)}" stroke="${SOFT}" stroke-width="2"/>`,
    ...(start > 0 ? [head(AXIS_PAD - start, -1)] : []),
    ...(end > 0 ? [head(WIDTH - AXIS_PAD + end, 1)] : []),
    ...values.map((at) => `<circle cx="${n(x(at))}" cy="${AXIS}" r="6" fill="${ACCENT}"/>`),
    ...valuesAbove(values, x),
  ]
  const column = Math.max(...values.map((at) => widthOf(valueText(at), LABEL, 'bold'))) + 16
  let y = TOP
  for (const { at, label } of marks) {
    const lines = wrap(shown(label), WIDTH - 2 * PAD - column, LABEL, 3)
    body.push(
      line(PAD, y, valueText(at), { size: LABEL, weight: 'bold' }),
      ...lines.map((text, i) => line(PAD + column, y + i * LINE_HEIGHT, text, { size: LABEL, fill: INK })),
    )
    y += lines.length * LINE_HEIGHT + GAP
  }
  return { width: WIDTH, height: y, body: body.join('') }
}

/** Uses a true minus sign. */
const valueText = (value: number) => String(value).replace('-', '\u2212')

/** Draws values that have room next to the previous one; the list below has all of them. */
function valuesAbove(values: readonly number[], x: (at: number) => number): string[] {
  let taken = 0
  return values.flatMap((at) => {
    const half = widthOf(valueText(at), VALUE, 'bold') / 2
    if (x(at) - half < taken) return []
    taken = x(at) + half + 6
    return [line(x(at), AXIS - 18, valueText(at), { size: VALUE, weight: 'bold', anchor: 'middle' })]
  })
}

function head(x: number, way: 1 | -1): string {
  return `<path d="M${n(x + 8 * way)} ${AXIS} L${n(x - 4 * way)} ${AXIS - 6} L${n(x - 4 * way)} ${AXIS + 6} Z" fill="${SOFT}"/>`
}
