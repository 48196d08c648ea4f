import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cutPages, type Layout, type Piece, pageAt } from '../../src/platforms/paging.js'

const ROOM = { parts: 20, text: 30 }
const isButton = (drawn: string) => drawn.startsWith('[')

/** Words are joined with a space, buttons are in brackets. */
const layout: Layout<string> = {
  room: ROOM,
  sizeOf: (drawn) => (isButton(drawn) ? { parts: 2, text: 0 } : { parts: 1, text: drawn.length }),
  join: (before, after) => (isButton(before) || isButton(after) ? undefined : `${before} ${after}`),
  title: (page) => (page === 0 ? undefined : `${page}:`),
  foot: (_page, isLast) => (isLast ? undefined : { drawn: '[More]', stays: true }),
}
const piece = (drawn: string): Piece<string> => ({ drawn, stays: isButton(drawn) })
const pagesOf = (...drawn: readonly string[]) => cutPages(drawn.map(piece), layout)

function sizeOf(page: readonly string[]) {
  const sizes = page.map(layout.sizeOf)
  return { parts: sizes.reduce((n, s) => n + s.parts, 0), text: sizes.reduce((n, s) => n + s.text, 0) }
}
const isTooLarge = (page: readonly string[]) =>
  sizeOf(page).parts > ROOM.parts || sizeOf(page).text > ROOM.text

describe('a card is cut into pages', () => {
  it('one, when it fits once its neighbours are joined', () => {
    expect(pagesOf('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h')).toEqual([['a b c d e f g h']])
  })

  it('of which each leads on to the next, with its title and the buttons that stay', () => {
    expect(pagesOf('aaaaaaaaaaaaaaa', '[Go]', 'bbbbbbbbbbbbbbb', 'ccccc')).toEqual([
      ['aaaaaaaaaaaaaaa', '[Go]', 'bbbbbbbbbbbbbbb', '[More]'],
      ['1:', '[Go]', 'ccccc'],
    ])
  })

  it('one, when only the way on would not fit', () => {
    const list = Array.from({ length: 6 }, (_, i) => ['a', `[${i}]`]).flat()
    expect(pagesOf(...list, '[7]')).toEqual([[...list, '[7]']])
  })

  it('at least one', () => {
    expect(pagesOf()).toEqual([[]])
  })

  it('a piece that is larger than a page has one of its own', () => {
    expect(pagesOf('a', 'b'.repeat(40), 'c')).toEqual([
      ['a', '[More]'],
      [`1: ${'b'.repeat(40)}`, '[More]'],
      ['2: c'],
    ])
  })

  it('says where the text breaks off that the rest is not shown', () => {
    const closed: Layout<string> = {
      ...layout,
      foot: (_page, isLast) => (isLast ? undefined : { drawn: 'cut', stays: false }),
    }
    expect(cutPages(['a'.repeat(20), 'b'.repeat(20), '[Go]'].map(piece), closed)[0]).toEqual([
      'a'.repeat(20),
      'cut',
      '[Go]',
    ])
  })

  it('more buttons than a page holds are spread over the pages', () => {
    const buttons = Array.from({ length: 15 }, (_, i) => `[${i}]`)
    const pages = pagesOf('a', ...buttons)
    expect(pages.filter(isTooLarge)).toEqual([])
    expect(buttons.filter((one) => !pages.flat().includes(one))).toEqual([])
  })

  it('with nothing lost, nothing twice, and no page that could hold the next piece too', () => {
    const drawn = fc.oneof(
      { weight: 6, arbitrary: fc.stringMatching(/^[a-z]{1,12}$/) },
      { weight: 1, arbitrary: fc.constantFrom('[x]', '[y]') },
    )
    fc.assert(
      fc.property(fc.array(drawn, { maxLength: 60 }), (list) => {
        const words = list.filter((one) => !isButton(one))
        const pages = pagesOf(...list)
        const shown = pages.map((page) =>
          page.filter((one) => !isButton(one)).flatMap((one) => one.split(' ')),
        )
        expect(shown.flat().filter((word) => !word.endsWith(':'))).toEqual(words)
        expect(pages.filter(isTooLarge)).toEqual([])
        for (const [i, page] of pages.slice(0, -1).entries()) {
          const next = shown[i + 1]?.find((word) => !word.endsWith(':')) ?? ''
          const { parts, text } = sizeOf(page)
          expect(parts + 1 > ROOM.parts || text + next.length + 1 > ROOM.text).toBe(true)
        }
      }),
    )
  })
})

describe('the page that was asked for', () => {
  it('is the last one where the card has become shorter', () => {
    expect([pageAt(['a', 'b'], 1), pageAt(['a', 'b'], 7)]).toEqual(['b', 'b'])
  })
})
