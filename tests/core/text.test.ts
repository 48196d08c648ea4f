import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { broken, formatTime, plain, short, type Text } from '../../src/core/text.js'

const MOMENT = Date.parse('2026-11-23T08:05:00Z')

describe('text without its formatting', () => {
  it.each<[string, Text, string]>([
    ['plain strings, joined as they stand', ['Send ', '10 %', ''], 'Send 10 %'],
    ['bold and italic, inside each other', [{ bold: ['a ', { italic: ['b'] }] }, '!'], 'a b!'],
    ['code', ['run ', { code: 'cdk deploy' }], 'run cdk deploy'],
    [
      'a link by its words',
      [{ link: 'https://example.com', text: ['the ', { bold: ['page'] }] }],
      'the page',
    ],
    ['a member by name', [{ member: 'U1', name: 'Ann' }, ' leads'], 'Ann leads'],
    ['a command by its name', ['Type ', { command: 'study status', id: '1' }, '.'], 'Type /study status.'],
    ['a moment in its zone', [{ time: MOMENT, zone: 'Europe/Berlin', show: 'time' }], '09:05'],
    ['nothing', [], ''],
    [
      'signs that format elsewhere',
      ['*a* <!channel> @everyone </script> `x`'],
      '*a* <!channel> @everyone </script> `x`',
    ],
  ])('%s', (_name, text, expected) => {
    expect(plain(text)).toBe(expected)
  })
})

describe('a moment in words', () => {
  it.each([
    ['Europe/Berlin', 'both', 'Mon 23 Nov, 09:05'],
    ['Europe/Berlin', 'day', 'Mon 23 Nov'],
    ['Pacific/Kiritimati', 'both', 'Mon 23 Nov, 22:05'],
    ['Pacific/Pago_Pago', 'both', 'Sun 22 Nov, 21:05'],
    ['Asia/Kolkata', 'time', '13:35'],
  ] as const)('in %s, %s', (zone, show, expected) => {
    expect(formatTime(MOMENT, zone, show)).toBe(expected)
  })

  it('calls midnight 00:00', () => {
    expect(formatTime(Date.parse('2026-11-23T00:00:00Z'), 'UTC', 'time')).toBe('00:00')
  })
})

describe('a text in parts', () => {
  const length = (text: Text) => plain(text).length

  it('loses nothing, and no part is longer than it may be', () => {
    const words = fc.string({ unit: 'binary', maxLength: 3000 })
    const inline: fc.Arbitrary<Text[number]> = fc.oneof(
      words,
      words.map((word) => ({ bold: [word, { italic: [word] }] })),
    )
    fc.assert(
      fc.property(fc.array(inline, { maxLength: 6 }), (text) => {
        const parts = broken(text, 1000, length)
        expect(parts.map(plain).join('')).toBe(plain(text))
        expect(Math.max(...parts.map(length))).toBeLessThanOrEqual(1000)
      }),
    )
  })

  it('breaks at spaces, and between two characters only where there is no space', () => {
    const sentence = 'one two three '.repeat(100)
    for (const part of broken([sentence], 500, length)) expect(plain(part)).toMatch(/^\S.* $/)
    expect(broken(['x'.repeat(900)], 500, length).map(length)).toEqual([400, 500])
  })

  it('keeps a pair of surrogates together', () => {
    for (const part of broken([`${'x'.repeat(399)}${'😀'.repeat(300)}`], 500, length))
      expect(plain(part).isWellFormed()).toBe(true)
  })
})

describe('a text cut short', () => {
  it.each([
    ['short enough', 20, 'short enough'],
    ['cut at a word here', 12, 'cut at a…'],
    ['nospacesatallinthis', 10, 'nospacesa…'],
    ['😀😀😀😀😀', 6, '😀😀…'],
  ])('%j to %i', (text, max, expected) => {
    expect(short(text, max)).toBe(expected)
  })
})
