// @module-tag slow
import { strToU8, type Zippable, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { MAX_ENTRIES, unzip } from '../../src/content/unzip.js'
import { within } from '../fuzz/fuzz.js'

const zip = (files: Zippable) => zipSync(files, { mtime: '2026-11-29' })
const texts = (bytes: Uint8Array) =>
  Object.fromEntries(unzip(bytes).files.map((file) => [file.path, new TextDecoder().decode(file.bytes)]))
const reasons = (bytes: Uint8Array) => unzip(bytes).leftOut.map(({ path, message }) => `${path}: ${message}`)

/** The archive with every place of the bytes `from` written otherwise; refuses to change nothing. */
function patched(bytes: Uint8Array, from: readonly number[], to: readonly number[]): Uint8Array {
  const copy = bytes.slice()
  let found = 0
  for (let at = 0; at + from.length <= copy.length; at++)
    if (from.every((byte, i) => copy[at + i] === byte)) {
      copy.set(to, at)
      found++
    }
  if (found === 0) throw new Error('nothing is changed')
  return copy
}
const ascii = (text: string) => [...strToU8(text)]
/** One field of the first entry in the list of files; `at` as the format's description counts. */
function withField(bytes: Uint8Array, at: number, value: number, size: 2 | 4): Uint8Array {
  const copy = bytes.slice()
  const list = copy.findIndex((_, i) => [0x50, 0x4b, 1, 2].every((byte, j) => copy[i + j] === byte))
  const view = new DataView(copy.buffer)
  if (size === 2) view.setUint16(list + at, value, true)
  else view.setUint32(list + at, value, true)
  return copy
}
const MEGABYTE = 1_000_000
/** Stored as it is, so that making it takes no time. */
const stored = (length: number) => [new Uint8Array(length), { level: 0 }] as const

describe('an archive', () => {
  it('gives its files, deflated or stored, with names in any script', () => {
    const bytes = zip({
      'a/b.md': strToU8('text'),
      'stored.txt': [strToU8('as it is'), { level: 0 }],
      'ü/日本.md': strToU8('x'.repeat(10_000)),
      'empty.md': new Uint8Array(),
    })
    expect(texts(bytes)).toEqual({
      'a/b.md': 'text',
      'stored.txt': 'as it is',
      'ü/日本.md': 'x'.repeat(10_000),
      'empty.md': '',
    })
    expect(unzip(bytes).leftOut).toEqual([])
  })

  it('unpacks what is wanted alone', () => {
    const bytes = zip({ 'a.md': strToU8('a'), 'b.png': strToU8('b') })
    expect(unzip(bytes, (path) => path.endsWith('.md')).files.map(({ path }) => path)).toEqual(['a.md'])
  })

  it('says nothing of folders and of what systems put beside files', () => {
    const bytes = zip({
      a: { 'x.md': strToU8('x') },
      '__MACOSX/a/._x.md': strToU8('?'),
      'a/.DS_Store': strToU8('?'),
    })
    expect(texts(bytes)).toEqual({ 'a/x.md': 'x' })
    expect(unzip(bytes).leftOut).toEqual([])
  })

  it('reads a name without the mark of UTF-8 as UTF-8, else as the first IBM PC did', () => {
    const bytes = zip({ 'aaaa.md': strToU8('x') })
    expect(Object.keys(texts(patched(bytes, ascii('aaaa'), [0xc3, 0xbc, 0xc3, 0xa4])))).toEqual(['üä.md'])
    expect(Object.keys(texts(patched(bytes, ascii('aaaa'), [0x81, 0x84, 0x94, 0xe1])))).toEqual(['üäöß.md'])
  })

  it('is left alone when it is cut off, damaged, or none at all', () => {
    const bytes = zip({ 'a.md': [new Uint8Array(3000), { level: 0 }], 'b.md': strToU8('b') })
    expect(unzip(bytes.subarray(0, 2000)).refused).toContain('cut off')
    expect(unzip(strToU8('hello')).refused).toContain('is no whole archive')
    expect(unzip(new Uint8Array()).refused).toContain('is no whole archive')
    expect(unzip(patched(bytes, [0x50, 0x4b, 1, 2], [0, 0, 0, 0])).refused).toContain('damaged')
  })

  it('leaves out a damaged file and takes the others', () => {
    const bytes = zip({ 'a.md': [strToU8('sound text'), { level: 0 }], 'b.md': strToU8('b') })
    const damaged = patched(bytes, ascii('sound'), ascii('other'))
    expect(texts(damaged)).toEqual({ 'b.md': 'b' })
    expect(reasons(damaged)).toEqual(['a.md: is damaged: its checksum differs'])
  })
})

it('reads the names of old programs for Windows, which have a backslash between folders', () => {
  const bytes = patched(zip({ 'a_b_c.md': strToU8('x') }), ascii('a_b_c.md'), ascii('a\\b\\c.md'))
  expect(texts(bytes)).toEqual({ 'a/b/c.md': 'x' })
})

describe('a hostile archive', () => {
  it.each(['../a.md', '/aa.md', 'a/../b', 'C:/a.m', '..\\a.md', '\\\\a\\b.md', './a.md', 'a//b.m'])(
    'with a name that leads out of it, %s, has that file left out',
    (name) => {
      const bytes = patched(
        zip({ ['x'.repeat(name.length)]: strToU8('x'), good: strToU8('y') }),
        ascii('x'.repeat(name.length)),
        ascii(name),
      )
      expect(texts(bytes)).toEqual({ good: 'y' })
      expect(reasons(bytes)[0]).toContain('leads out of the archive')
    },
  )

  it('with NUL in a name has that file left out, and shows no control character', () => {
    const bytes = patched(zip({ 'xxxx.md': strToU8('x') }), ascii('xxxx'), [97, 0, 27, 98])
    expect(reasons(bytes)).toEqual([expect.stringContaining('a??b.md: has a name')])
  })

  it('that makes a link, or a device, has it left out', () => {
    const bytes = zip({ 'a.md': strToU8('/etc/passwd') })
    for (const mode of [0o120_777, 0o020_666, 0o010_666])
      expect(reasons(withField(bytes, 38, mode * 65_536, 4))).toEqual([
        'a.md: is a link or another special file',
      ])
    expect(texts(withField(bytes, 38, 0o100_644 * 65_536, 4))).toEqual({ 'a.md': '/etc/passwd' })
  })

  it('that needs a password, or is packed in another way, is told', () => {
    const bytes = zip({ 'a.md': strToU8('x') })
    expect(reasons(withField(bytes, 8, 1, 2))).toEqual([expect.stringContaining('locked by a password')])
    expect(reasons(withField(bytes, 10, 14, 2))).toEqual([expect.stringContaining('(method 14)')])
  })

  it('with a name twice has the second left out', () => {
    const bytes = patched(
      zip({ 'a.md': strToU8('first'), 'b.md': strToU8('second') }),
      ascii('b.md'),
      ascii('a.md'),
    )
    expect(texts(bytes)).toEqual({ 'a.md': 'first' })
    expect(reasons(bytes)).toEqual([expect.stringContaining('twice')])
  })

  it('that lies about its sizes is measured while it is unpacked', () => {
    const long = zip({ 'a.md': new Uint8Array(6 * MEGABYTE).fill(97), 'b.md': strToU8('b') })
    const lying = withField(long, 24, 10, 4)
    expect(texts(lying)).toEqual({ 'b.md': 'b' })
    expect(reasons(lying)).toEqual([expect.stringContaining('a.md: grows to more than 200 times')])
  })

  it('with a file of more than 5 MB has it left out, stored or deflated', { tags: ['slow'] }, () => {
    const counted = Array.from({ length: 800_000 }, (_, i) => i).join(' ')
    const bytes = zip({
      'a.md': [strToU8(counted), { level: 1 }],
      'b.md': [...stored(5 * MEGABYTE + 1)],
      'c.md': strToU8('c'),
    })
    expect(texts(bytes)).toEqual({ 'c.md': 'c' })
    expect(reasons(bytes)).toEqual([
      'a.md: is too long: at most 5 MB are read',
      'b.md: is too long: at most 5 MB are read',
    ])
  })

  it('of more than 50 MB is unpacked up to there, in bounded time', { tags: ['slow'] }, () => {
    const one = stored(4 * MEGABYTE)
    const bytes = zip(Object.fromEntries(Array.from({ length: 15 }, (_, i) => [`${i + 10}.md`, [...one]])))
    const { files, leftOut } = within(10_000, () => unzip(bytes))
    expect(files.length).toBe(12)
    expect(leftOut).toEqual([{ path: '', message: expect.stringContaining('more than 50 MB unpacked') }])
  })

  it('whose files all lie in the same place is counted as what it unpacks to', () => {
    const bytes = zip({ 'a.md': [...stored(4 * MEGABYTE)] })
    const view = new DataView(bytes.buffer)
    const end = bytes.length - 22
    const start = view.getUint32(end + 16, true)
    const entry = bytes.subarray(start, end)
    const entries = Array.from({ length: 20 }, (_, i) => {
      const copy = entry.slice()
      copy.set(ascii(String.fromCharCode(97 + i)), 46)
      return copy
    })
    const tail = bytes.slice(end)
    new DataView(tail.buffer).setUint16(10, 20, true)
    const bomb = Uint8Array.from(Buffer.concat([bytes.subarray(0, start), ...entries, tail]))
    expect(unzip(bomb).files.length).toBe(12)
    expect(reasons(bomb)).toEqual([expect.stringContaining('more than 50 MB')])
  })

  it('that counts fewer files than it lists loses none of them', () => {
    const bytes = zip({ 'a.md': strToU8('a'), 'b.md': strToU8('b') })
    const end = bytes.length - 22
    for (const count of [0, 1, 3]) {
      new DataView(bytes.buffer).setUint16(end + 10, count, true)
      expect(unzip(bytes).refused).toContain('damaged')
    }
  })

  it('with a name that is longer than any system takes has that file left out', () => {
    const bytes = zip({ [`${'x/'.repeat(2000)}a.md`]: strToU8('x'), 'b.md': strToU8('b') })
    expect(texts(bytes)).toEqual({ 'b.md': 'b' })
  })

  it('of too many files is refused whole', { tags: ['slow'] }, () => {
    const many = Object.fromEntries(
      Array.from({ length: MAX_ENTRIES + 1 }, (_, i) => [`${i}`, new Uint8Array()]),
    )
    expect(unzip(zip(many)).refused).toContain('more than 10000 files')
  })

  it('with an archive in it does not open that', () => {
    const inner = zip({ 'deep.md': strToU8('x') })
    const bytes = zip({ 'inner.zip': inner, 'disguised.md': inner, 'sheet.xlsx': inner })
    expect(unzip(bytes).files.map(({ path }) => path)).toEqual(['sheet.xlsx'])
    expect(reasons(bytes)).toEqual([
      expect.stringContaining('inner.zip: is an archive in the archive'),
      expect.stringContaining('disguised.md: is an archive in the archive'),
    ])
  })
})
