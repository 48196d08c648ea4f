/** Cuts a drawn card into messages, by what the platform counts once neighbours are joined. Pure. */

/**
 * The sizes that count in a message: its parts (blocks or components, including nested ones), and the
 * characters of its texts.
 */
export interface Size {
  readonly parts: number
  readonly text: number
}

export interface Piece<T> {
  readonly drawn: T
  /** Whether it is a control such as a button: it is on every page, and never joined to a neighbour. */
  readonly stays: boolean
}

export interface Layout<T> {
  /** The maximum size of one message. */
  readonly room: Size
  readonly sizeOf: (drawn: T) => Size
  /** Joins two neighbours; undefined if each stays by itself. */
  readonly join: (before: T, after: T) => T | undefined
  /** Returns the top of a page, counted from 0. */
  readonly title: (page: number) => T | undefined
  /**
   * Returns buttons to the previous and the next page, or the words that there are none. Buttons are at the
   * foot of the page, words where the text breaks off. Never joined. `page` is counted from 0.
   */
  readonly foot: (page: number, isLast: boolean) => Piece<T> | undefined
}

/** Pieces that stay take at most this share of each page; any more are spread over the pages like text. */
const STAYING = 0.75
const NOTHING: Size = { parts: 0, text: 0 }

/**
 * Returns all pages, at least one, in time linear in the pieces. Every piece that does not stay is on one
 * page, in order, and each page holds as many of them as fit. A piece larger than a page gets a page of its
 * own.
 */
export function cutPages<T>(pieces: readonly Piece<T>[], layout: Layout<T>): T[][] {
  const list = limitStaying(pieces, layout)
  const staying = list.flatMap(({ drawn, stays }, at) => (stays ? [{ drawn, at }] : []))
  const taken = staying.reduce((size, { drawn }) => plus(size, layout.sizeOf(drawn)), NOTHING)
  const pages: T[][] = []
  let from = 0
  do {
    const start = {
      from,
      title: layout.title(pages.length),
      before: staying.filter(({ at }) => at < from).map(({ drawn }) => drawn),
    }
    const withFoot = (foot: Piece<T> | undefined) =>
      fill(list, start, foot ? plus(taken, layout.sizeOf(foot.drawn)) : taken, layout)
    const last = layout.foot(pages.length, true)
    const whole = withFoot(last)
    const isLast = whole.next === list.length
    const foot = isLast ? last : layout.foot(pages.length, false)
    const { drawn, next } = isLast ? whole : withFoot(foot)
    const after = staying.filter(({ at }) => at >= next).map((one) => one.drawn)
    if (!foot) pages.push([...drawn, ...after])
    else pages.push(foot.stays ? [...drawn, ...after, foot.drawn] : [...drawn, foot.drawn, ...after])
    from = next
  } while (from < list.length)
  return pages
}

/** Returns buttons to the neighbours of a page that exist. `idOf`: undefined if a page cannot be reached. */
export function turning(
  page: number,
  isLast: boolean,
  idOf: (page: number) => string | undefined,
): { readonly id: string; readonly label: string }[] {
  const [back, next] = [page > 0 ? idOf(page - 1) : undefined, isLast ? undefined : idOf(page + 1)]
  return [
    ...(back === undefined ? [] : [{ id: back, label: 'Back' }]),
    ...(next === undefined ? [] : [{ id: next, label: 'More' }]),
  ]
}

/** Returns the requested page, or the last one if the card has become shorter since. */
export function pageAt<T>(pages: readonly [T, ...T[]], page: number): T {
  return pages[Math.min(page, pages.length - 1)] ?? pages[0]
}

function limitStaying<T>(pieces: readonly Piece<T>[], { room, sizeOf }: Layout<T>): readonly Piece<T>[] {
  const most = { parts: room.parts * STAYING, text: room.text * STAYING }
  let taken = NOTHING
  return pieces.map((piece) => {
    if (!piece.stays) return piece
    const more = plus(taken, sizeOf(piece.drawn))
    if (!isWithin(more, most)) return { ...piece, stays: false }
    taken = more
    return piece
  })
}

interface Start<T> {
  /** The first piece of the page. */
  readonly from: number
  readonly title: T | undefined
  /** The pieces that stay and come before `from`. */
  readonly before: readonly T[]
}

/** `taken`: the size of everything that stays, and of the foot. `next`: the first piece that does not fit. */
function fill<T>(
  list: readonly Piece<T>[],
  start: Start<T>,
  taken: Size,
  layout: Layout<T>,
): { drawn: T[]; next: number } {
  const drawn = [...(start.title === undefined ? [] : [start.title]), ...start.before]
  let size = start.title === undefined ? taken : plus(taken, layout.sizeOf(start.title))
  let mayJoin = start.before.length === 0
  let isEmpty = true
  for (let next = start.from; next < list.length; next++) {
    const piece = list[next]
    if (piece === undefined) break
    if (piece.stays) {
      drawn.push(piece.drawn)
      mayJoin = false
      continue
    }
    const last = mayJoin ? drawn.at(-1) : undefined
    const both = last === undefined ? undefined : layout.join(last, piece.drawn)
    const without = both === undefined || last === undefined ? size : minus(size, layout.sizeOf(last))
    const grown = plus(without, layout.sizeOf(both ?? piece.drawn))
    if (!isEmpty && !isWithin(grown, layout.room)) return { drawn, next }
    if (both !== undefined) drawn.pop()
    drawn.push(both ?? piece.drawn)
    size = grown
    mayJoin = true
    isEmpty = false
  }
  return { drawn, next: list.length }
}

const plus = (a: Size, b: Size): Size => ({ parts: a.parts + b.parts, text: a.text + b.text })
const minus = (a: Size, b: Size): Size => ({ parts: a.parts - b.parts, text: a.text - b.text })
const isWithin = (size: Size, room: Size) => size.parts <= room.parts && size.text <= room.text
