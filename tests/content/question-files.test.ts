import { expect, it } from 'vitest'
import { MAX_UPLOAD_BYTES } from '../../src/bot/ports/upload.js'
import { tooLarge } from '../../src/content/formats/decode.js'
import { readOrTell } from '../../src/content/read-apart.js'
import { createQuestionFiles } from '../../src/server/question-files.js'

const upload = (name: string) => ({ name, read: async () => new TextEncoder().encode(name) })
const UNKNOWN = { kind: 'unknown', why: 'none' } as const

it('fetches and reads two files at once, the others in turn, and asks whoever comes then to come again', async () => {
  const begun: string[] = []
  const ends: (() => void)[] = []
  const files = createQuestionFiles(({ path }) => {
    begun.push(path)
    return new Promise((resolve) => ends.push(() => resolve(UNKNOWN)))
  })
  const all = Array.from({ length: 22 }, (_, i) => files.read(upload(String(i))))
  await expect(files.read(upload('one too many'))).rejects.toThrow('again in a minute')
  await expect.poll(() => begun).toEqual(['0', '1'])
  ends[1]?.()
  await expect.poll(() => begun).toEqual(['0', '1', '2'])
  for (let i = 0; i < 22; i++) {
    await expect.poll(() => ends.length).toBeGreaterThan(i)
    ends[i]?.()
  }
  expect(await Promise.all(all)).toHaveLength(22)
  expect(begun).toEqual(Array.from({ length: 22 }, (_, i) => String(i)))
})

it('takes of a chat what the readers take, and no byte more', () => {
  const size = (bytes: number) => ({ path: 'a', bytes: new Uint8Array(bytes) })
  expect(tooLarge(size(MAX_UPLOAD_BYTES))).toBeUndefined()
  expect(tooLarge(size(MAX_UPLOAD_BYTES + 1))).toContain('at most 5 MB')
})

it('goes on after a file that did not come', async () => {
  const files = createQuestionFiles(async () => UNKNOWN)
  const lost = { name: 'lost', read: () => Promise.reject(new Error('gone')) }
  for (let i = 0; i < 3; i++) await expect(files.read(lost)).rejects.toThrow('gone')
  expect(await files.read(upload('here'))).toEqual(UNKNOWN)
})

const zip = (...names: readonly string[]) => `PK\u0003\u0004\u0014\u0000\u0000\u0000${names.join('…')}`
it.each([
  ['a PDF', '%PDF-1.4', 'This is a PDF'],
  ['a PNG', '\u0089PNG', 'This is a picture'],
  ['a JPEG', '\u00ff\u00d8\u00ff\u00e0', 'This is a picture'],
  ['a Word document', zip('word/document.xml'), 'This is a Word document'],
  ['slides', zip('ppt/presentation.xml'), 'These are slides'],
  ['a deck of Anki', zip('collection.anki21b', 'collection.anki2'), 'Notes in Plain Text'],
  ['an archive with a password', 'PK\u0003\u0004\u0014\u0000\u0001\u0000secret', 'has a password'],
  ['an old Office file, or one with a password', '\u00d0\u00cf\u0011\u00e0', 'without a password'],
  ['a packed archive', '\u001f\u008b', 'does not unpack'],
  ['an empty file', '', 'This file is empty'],
])('says what to send in place of %s', (_what, text, words) => {
  const read = readOrTell({ path: 'a.bin', bytes: Buffer.from(text, 'latin1') })
  const said =
    read.kind === 'unknown' ? read.why : read.kind === 'read' ? JSON.stringify(read.file.leftOut) : ''
  expect(said).toContain(words)
})
