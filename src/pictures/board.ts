/** Draws a leaderboard: rank, initials, name, bar, points. */
import type { Picture } from '../bot/ui/card.js'
import { withoutMarks } from '../core/text.js'
import { clipped, widthOf } from './fonts.js'
import { ACCENT, BADGE, box, GREY, INK, line, ON_BADGE, PAPER, SOFT, type Svg, shown, TINT } from './svg.js'

const WIDTH = 640
const PAD = 28
const TOP = 92
const ROW = 54
const NAME_X = PAD + 96
const NAME_WIDTH = 210
const BAR_X = NAME_X + NAME_WIDTH + 16
const POINTS_WIDTH = 76
/** Quiet colours behind the initials, all light enough for dark letters. */
export const FACES = [
  ...['#a5b4fc', '#5eead4', '#fcd34d', '#f9a8d4'],
  ...['#93c5fd', '#c4b5fd', '#86efac', '#fda4af'],
]

type BoardPicture = Picture & { kind: 'board' }

export function boardSvg({ title, subtitle, rows }: BoardPicture): Svg {
  const head = [
    line(PAD, 46, clipped(shown(title), WIDTH - 2 * PAD, 24, 'bold'), { size: 24, weight: 'bold' }),
    line(PAD, 72, clipped(shown(subtitle), WIDTH - 2 * PAD, 15), { size: 15, fill: SOFT }),
  ]
  const body = [...head, ...rows.map((row, i) => rowSvg(row, TOP + i * ROW))].join('')
  return { width: WIDTH, height: TOP + rows.length * ROW + 18, body }
}

function rowSvg(row: BoardPicture['rows'][number], y: number): string {
  const middle = y + ROW / 2
  const name = shown(row.name)
  const tag = row.mine ? 46 : 0
  const fitted = clipped(name, NAME_WIDTH - tag, 17, row.mine ? 'bold' : 'regular')
  const barWidth = WIDTH - PAD - POINTS_WIDTH - BAR_X
  return [
    row.mine ? box(PAD - 14, y + 3, WIDTH - 2 * PAD + 28, ROW - 6, 11, TINT, ACCENT) : '',
    line(PAD + 34, middle + 6, String(row.rank), {
      size: 18,
      weight: 'bold',
      anchor: 'end',
      fill: row.rank <= 3 ? INK : SOFT,
    }),
    face(PAD + 66, middle, withoutMarks(name)),
    line(NAME_X, middle + 6, fitted, { size: 17, weight: row.mine ? 'bold' : 'regular' }),
    row.mine ? you(NAME_X + widthOf(fitted, 17, 'bold') + 10, middle) : '',
    box(BAR_X, middle - 7, barWidth, 14, 7, row.mine ? PAPER : TINT),
    box(BAR_X, middle - 7, Math.max(14, barWidth * row.share), 14, 7, row.mine ? ACCENT : GREY),
    line(WIDTH - PAD, middle + 6, clipped(shown(row.points), POINTS_WIDTH - 10, 18, 'bold'), {
      size: 18,
      weight: 'bold',
      anchor: 'end',
    }),
  ].join('')
}

function you(x: number, middle: number): string {
  return (
    box(x, middle - 10, 36, 20, 10, BADGE) +
    line(x + 18, middle + 4.5, 'you', { size: 12.5, weight: 'bold', anchor: 'middle', fill: ON_BADGE })
  )
}

function face(x: number, y: number, name: string): string {
  const initials = name
    .split(' ')
    .map((word) => [...word][0] ?? '')
    .slice(0, 2)
    .join('')
    .toUpperCase()
  const colour =
    FACES[[...name].reduce((sum, c) => (sum * 31 + (c.codePointAt(0) ?? 0)) % 9973, 7) % FACES.length] ??
    ACCENT
  return `<circle cx="${x}" cy="${y}" r="17" fill="${colour}"/>${line(x, y + 5, widthOf(initials, 14, 'bold') <= 30 ? initials : ([...initials][0] ?? ''), { size: 14, weight: 'bold', anchor: 'middle', fill: PAPER })}`
}
