/** Draws boxes and labelled arrows in layers (dagre) that are readable at the width of a phone. */
import dagre from '@dagrejs/dagre'
import type { Diagram } from '../core/model.js'
import { clipped, widthOf, wrap } from './fonts.js'
import { ACCENT, box, INK, line, n, PAPER, SOFT, type Svg, shown, TINT } from './svg.js'

const SIZE = 17
const LINE_HEIGHT = 22
/** If a picture is wider, a phone makes the letters too small: text of 17 is 13 at 320 points of screen. */
export const READABLE_WIDTH = 420
const LABEL_SIZE = 14
const LABEL_LINE = 18
const PAD = 26
/** Longer words are broken; no name of a service is this wide. */
const MAX_WORD = 190

interface Point {
  readonly x: number
  readonly y: number
}

/** A box by its centre and size. */
export interface Placed extends Point {
  readonly width: number
  readonly height: number
  readonly lines: readonly string[]
}

export interface Layout {
  readonly width: number
  readonly height: number
  readonly boxes: readonly Placed[]
  readonly arrows: readonly { readonly points: readonly Point[]; readonly label: Placed | undefined }[]
}

interface Shape {
  /** Direction of the layers: top to bottom, or left to right. */
  readonly rankdir: 'TB' | 'LR'
  /** Width at which text is broken into lines. */
  readonly boxText: number
  readonly labelText: number
  /** Whether boxes have less space between and in them. */
  readonly isTight?: boolean
}

/** The first shape that is narrow enough is used; if there is none, the narrowest. */
const SHAPES: readonly Shape[] = [
  { rankdir: 'TB', boxText: 128, labelText: 104 },
  { rankdir: 'TB', boxText: 96, labelText: 80 },
  { rankdir: 'LR', boxText: 112, labelText: 72 },
  { rankdir: 'LR', boxText: 84, labelText: 60 },
  { rankdir: 'TB', boxText: 64, labelText: 60 },
  { rankdir: 'TB', boxText: 64, labelText: 60, isTight: true },
  { rankdir: 'LR', boxText: 64, labelText: 60, isTight: true },
]

export function layout(diagram: Diagram): Layout {
  let narrowest: Layout | undefined
  for (const shape of SHAPES) {
    const placed = shaped(diagram, shape)
    if (placed.width <= READABLE_WIDTH) return placed
    if (!narrowest || placed.width < narrowest.width) narrowest = placed
  }
  return narrowest as Layout
}

function shaped(diagram: Diagram, { rankdir, boxText, labelText, isTight = false }: Shape): Layout {
  const graph = new dagre.graphlib.Graph({ multigraph: true })
  const between = isTight ? 10 : rankdir === 'TB' ? 24 : 20
  const gaps = { nodesep: between, ranksep: rankdir === 'TB' ? 36 : isTight ? 16 : 24 }
  const [pad, inside, least] = isTight ? [PAD / 2, 20, 50] : [PAD, 32, 70]
  graph.setGraph({ rankdir, ...gaps, edgesep: isTight ? 10 : 18, marginx: pad, marginy: PAD })
  // The library reserves some names, such as the empty one, so the boxes get names of our own.
  const names = new Map(diagram.boxes.map(({ id }, i) => [id, `b${i}`]))
  const boxes = diagram.boxes.map(({ label }, i) => {
    const longest = Math.min(MAX_WORD, widest(shown(label).split(/\s+/), SIZE, 'bold'))
    const lines = wrap(shown(label), Math.max(boxText, longest), SIZE, 6, 'bold')
    return {
      name: `b${i}`,
      lines,
      width: Math.max(least, widest(lines, SIZE, 'bold') + inside),
      height: lines.length * LINE_HEIGHT + 24,
    }
  })
  for (const { name, width, height } of boxes) graph.setNode(name, { width, height })
  const arrows = diagram.arrows.flatMap(({ from, to, label }) => {
    const [start, end] = [names.get(from), names.get(to)]
    return start === undefined || end === undefined || start === end ? [] : [{ from: start, to: end, label }]
  })
  const labels = arrows.map((arrow, i) => {
    const text = shown(arrow.label ?? '')
    const longest = Math.min(MAX_WORD, widest(text.split(/\s+/), LABEL_SIZE))
    const lines = arrow.label === undefined ? [] : wrap(text, Math.max(labelText, longest), LABEL_SIZE, 4)
    const size =
      lines.length === 0
        ? { width: 0, height: 0 }
        : { width: widest(lines, LABEL_SIZE) + 14, height: lines.length * LABEL_LINE + 8 }
    graph.setEdge(arrow.from, arrow.to, { ...size, labelpos: 'c' }, String(i))
    return { lines, ...size }
  })
  dagre.layout(graph)
  const { width = 0, height = 0 } = boxes.length > 0 ? graph.graph() : {}
  return withRoomForArrows({
    width,
    height,
    boxes: boxes.map((b) => ({ ...b, ...at(graph.node(b.name)) })),
    arrows: arrows.map((arrow, i) => {
      const edge = graph.edge(arrow.from, arrow.to, String(i))
      const label = labels[i]
      return {
        points: edge.points ?? [],
        label: label && label.lines.length > 0 ? { ...label, ...at(edge) } : undefined,
      }
    }),
  })
}

/** Widens the page to hold the bends of arrows, which the library does not take into account. */
function withRoomForArrows(placed: Layout): Layout {
  const xs = placed.arrows.flatMap((a) => a.points.map((p) => p.x))
  const left = Math.max(0, ...xs.map((x) => PAD / 2 - x))
  const moved = <T extends Point>(point: T): T => ({ ...point, x: point.x + left })
  return {
    width: left + Math.max(placed.width, ...xs.map((x) => x + PAD / 2)),
    height: placed.height,
    boxes: placed.boxes.map(moved),
    arrows: placed.arrows.map(({ points, label }) => ({
      points: points.map(moved),
      label: label && moved(label),
    })),
  }
}

function at(point: { x?: number; y?: number }): Point {
  return { x: point.x ?? 0, y: point.y ?? 0 }
}

function widest(lines: readonly string[], size: number, weight: 'regular' | 'bold' = 'regular'): number {
  return Math.max(0, ...lines.map((l) => widthOf(l, size, weight)))
}

export function diagramSvg(diagram: Diagram): Svg {
  const placed = layout(diagram)
  const width = Math.max(placed.width, 240)
  const shift = (width - placed.width) / 2
  const body = [
    ...placed.arrows.map((a) => curve(a.points)),
    ...placed.boxes.map(boxSvg),
    ...placed.arrows.map((a) => labelSvg(a.label)),
  ].join('')
  return {
    width,
    height: Math.max(placed.height, 2 * PAD),
    body: `<g transform="translate(${n(shift)} 0)">${body}</g>`,
  }
}

function boxSvg({ x, y, width, height, lines }: Placed): string {
  const first = y - ((lines.length - 1) * LINE_HEIGHT) / 2 + SIZE * 0.36
  return [
    box(x - width / 2, y - height / 2, width, height, 11, TINT, ACCENT),
    ...lines.map((text, i) =>
      line(x, first + i * LINE_HEIGHT, clipped(text, width - 16, SIZE, 'bold'), {
        size: SIZE,
        weight: 'bold',
        anchor: 'middle',
        fill: INK,
      }),
    ),
  ].join('')
}

function labelSvg(label: Placed | undefined): string {
  if (!label) return ''
  const { x, y, width, height, lines } = label
  const first = y - ((lines.length - 1) * LABEL_LINE) / 2 + LABEL_SIZE * 0.36
  return [
    box(x - width / 2, y - height / 2, width, height, 6, PAPER),
    ...lines.map((text, i) =>
      line(x, first + i * LABEL_LINE, text, { size: LABEL_SIZE, anchor: 'middle', fill: SOFT }),
    ),
  ].join('')
}

/** Draws a curve through the middles of the layout's points: straight at both ends, rounded between. */
function curve(points: readonly Point[]): string {
  const [start, ...rest] = points
  const end = rest.at(-1)
  if (!start || !end) return ''
  const inner = rest.slice(0, -1)
  const steps = inner.map((p, i) => {
    const next = inner[i + 1] ?? end
    const to = i === inner.length - 1 ? end : { x: (p.x + next.x) / 2, y: (p.y + next.y) / 2 }
    return `Q${n(p.x)} ${n(p.y)} ${n(to.x)} ${n(to.y)}`
  })
  const path = inner.length === 0 ? `L${n(end.x)} ${n(end.y)}` : steps.join(' ')
  return `<path d="M${n(start.x)} ${n(start.y)} ${path}" fill="none" stroke="${SOFT}" stroke-width="1.8"/>${head(inner.at(-1) ?? start, end)}`
}

/** Draws the head of an arrow that comes from one point and ends at another. */
function head(from: Point, to: Point): string {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1
  const [x, y] = [(to.x - from.x) / length, (to.y - from.y) / length]
  const corner = (side: number) => `${n(to.x - 11 * x + side * 5 * y)} ${n(to.y - 11 * y - side * 5 * x)}`
  return `<path d="M${n(to.x)} ${n(to.y)} L${corner(1)} L${corner(-1)} Z" fill="${SOFT}"/>`
}
