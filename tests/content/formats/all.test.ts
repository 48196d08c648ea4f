/** Which format reads a file, and what every one of them keeps to. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { FORMATS, readQuestions } from '../../../src/content/formats/all.js'
import { fileOf, SAMPLES } from './samples.js'

describe('question files', () => {
  it('have a sample for each format', () => {
    expect(new Set(SAMPLES.map(({ format }) => format))).toEqual(new Set(FORMATS.map(({ id }) => id)))
    expect(new Set(FORMATS.map(({ id }) => id)).size).toBe(FORMATS.length)
  })

  it.each(SAMPLES)('$path is read as $format', (sample) => {
    const format = FORMATS.find((one) => one.recognises(sample))
    expect(format?.id).toBe(sample.format)
    const read = readQuestions(sample)
    expect(read?.format).toBe(format?.name)
    expect((read?.questions.length ?? 0) + (read?.topics?.length ?? 0), JSON.stringify(read?.leftOut)).toBe(
      sample.taken,
    )
    expect(read?.leftOut.length, JSON.stringify(read?.leftOut)).toBe(sample.leftOut)
  })

  it.each(SAMPLES)('$path with line ends of Windows and a mark of its encoding says the same', (sample) => {
    const text = new TextDecoder().decode(sample.bytes)
    const lines = fileOf(`\ufeff${text.replaceAll('\n', '\r\n')}`, sample.path)
    if (text.includes('\0')) return
    expect(readQuestions(lines)).toEqual(readQuestions(sample))
  })

  it.each([
    'README.md',
    'content/README.md',
    'docs/operations.md',
    'RELEASE_NOTES.md',
    'package.json',
    'src/core/grade.ts',
  ])('%s is none', (path) => expect(readQuestions({ path, bytes: readFileSync(path) })).toBeUndefined())

  it.each([
    ['nothing', ''],
    ['a list of things to do', '# Plan\n\n## Tasks\n- [x] read\n- [ ] write\n\n## Later\n- [ ] sleep\n'],
    ['notes with lists', '# Cells\n\n## Parts\n\nA cell has:\n- a core\n- a wall\n\nB. Smith found it.\n'],
    ['a program', 'function f() {\n  return { a: 1 }\n}\n'],
    [
      'a licence',
      `1. Grant.\n  a. to copy\n  b. to share\n\n2. Limits.\n  a. no blame\n  b. no end\n\n3. Other.\n  A. one\n  B. two\n`,
    ],
    ['formulas', 'The sum is \\frac{a}{b} {c}.\n\nAnd \\sqrt{2}.\n'],
  ])('%s is none', (_name, text) => {
    for (const path of ['a.md', 'a.txt']) expect(readQuestions(fileOf(text, path))).toBeUndefined()
  })

  it('of more than 5 MB are not read, and that is told', () => {
    const large = { path: 'a.gift', bytes: new Uint8Array(5_200_000).fill(0x20) }
    for (const format of FORMATS) {
      const { questions, leftOut } = format.read(large)
      expect(questions).toEqual([])
      expect(leftOut.length, format.id).toBe(1)
    }
  })

  it('of more than 2,000 questions say how many were left out, and where', () => {
    const text = Array.from(
      { length: 2003 },
      (_, i) => `What is ${i}?\nA. This\nB. That\nANSWER: A\n\n`,
    ).join('')
    const read = readQuestions(fileOf(text))
    expect(read?.questions.length).toBe(2000)
    expect(read?.leftOut).toEqual([
      { line: 10_001, message: '3 more from here on: at most 2000 of a file are taken; split it up' },
    ])
  })
})
