import { describe, expect, it } from 'vitest'
import { decodeText } from '../../../src/content/formats/decode.js'

const decode = (bytes: Uint8Array) => decodeText({ path: 'a.txt', bytes })
const wide = (text: string, isBig: boolean, mark = '') => {
  const bytes = new Uint8Array(Buffer.from(mark + text, 'utf16le'))
  if (isBig) for (let i = 0; i < bytes.length; i += 2) bytes.subarray(i, i + 2).reverse()
  return bytes
}

describe('the text of a file', () => {
  const TEXT = 'Which one is “right”?\nA) café\nB) 茶\nANSWER: A\n'

  it.each([
    ['UTF-8', new TextEncoder().encode(TEXT)],
    ['UTF-8 with a mark', new TextEncoder().encode(`\ufeff${TEXT}`)],
    ['UTF-16, little end first, with a mark', wide(TEXT, false, '\ufeff')],
    ['UTF-16, big end first, with a mark', wide(TEXT, true, '\ufeff')],
    ['UTF-16, little end first', wide(TEXT, false)],
    ['UTF-16, big end first', wide(TEXT, true)],
    ['line ends of Windows', new TextEncoder().encode(TEXT.replaceAll('\n', '\r\n'))],
    ['line ends of old Macs', new TextEncoder().encode(TEXT.replaceAll('\n', '\r'))],
  ])('is read in %s', (_name, bytes) => {
    expect(decode(bytes)).toEqual({ text: TEXT, isText: true, changed: [] })
  })

  it('that is not UTF-8 is read as Windows-1252, which is told', () => {
    const { text, changed } = decode(new Uint8Array(Buffer.from('caf\xe9 \x93x\x94', 'latin1')))
    expect(text).toBe('café “x”')
    expect(changed).toEqual([{ line: 1, message: expect.stringContaining('Windows-1252') }])
  })

  it('in UTF-8 that was damaged keeps what is sound', () => {
    const bytes = new TextEncoder().encode('é è ê à\nend é')
    const { text, changed } = decode(bytes.subarray(0, -1))
    expect(text).toBe('é è ê à\nend \ufffd')
    expect(changed).toEqual([{ line: 1, message: expect.stringContaining('broken characters') }])
  })

  it('loses control characters, and the first line of them is told', () => {
    const { text, changed } = decode(
      new TextEncoder().encode('a long line of words, and so on\nb\u0000c\u0007d\te\u0085f\n'),
    )
    expect(text).toBe('a long line of words, and so on\nbcd\tef\n')
    expect(changed).toEqual([{ line: 2, message: expect.stringContaining('control characters') }])
  })

  it('is empty where the file is a picture or a program', () => {
    const bytes = new Uint8Array(1000).map((_, i) => (i * 7919) % 32)
    expect(decode(bytes)).toEqual({ text: '', isText: false, changed: [] })
  })
})
