import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { FORMATS, readQuestions } from '../../../src/content/formats/all.js'
import { exportQuestions } from '../../../src/content/formats/export.js'
import { EXPORT_FORMATS } from '../../../src/content/formats/export-formats.js'
import { fromQuestions } from '../../../src/content/formats/from-question.js'
import type { Question } from '../../../src/core/model.js'
import { load } from '../folder.js'

const EVERY_KIND = `
- id: one-choice
  kind: choice
  topics: [canary]
  stem: "Which?\\n  <b>code</b>"
  misconception: All at once.
  choices: [{ text: a, right: true, why: yes }, { text: b }]
- id: two-keys
  kind: response
  imported: true
  recall: true
  stem: Which two?
  choices: [{ text: a, right: true }, { text: b, right: true }, { text: c, why: no }]
- id: in-order
  kind: ordering
  stem: Order
  steps: [{ text: a, why: w }, { text: b }, { text: c }]
  spare: [{ text: d }]
- id: in-pairs
  kind: matching
  topics: [canary]
  stem: Match
  pairs: [{ prompt: a, answer: "1", why: w }, { prompt: b, answer: "2" }]
  spare: ["3"]
- id: a-case
  kind: case
  scenario: A company.
  items:
    - { kind: choice, stem: First?, choices: [{ text: a, right: true }, { text: b }] }
    - { kind: choice, stem: Second?, choices: [{ text: a, right: true }, { text: b }] }
`
const TOPIC = { 'p/one/canary.questions.yaml': EVERY_KIND }

let questions: readonly Question[] = []
const topicNamed = (slug: string) => (slug === 'canary' ? { title: 'Canary' } : undefined)
const written = (format: string) => {
  const file = exportQuestions(format, questions, topicNamed, 'A pack')
  if (!file) throw new Error(`no format ${format}`)
  return file
}

beforeAll(async () => {
  const { bank, problems } = await load(TOPIC)
  expect(problems.filter(({ level }) => level === 'error')).toEqual([])
  questions = bank.questions
})

describe('questions of a pack', () => {
  it('become what other programs can take, and what cannot be is told', () => {
    const { questions: found, warnings } = fromQuestions(questions, topicNamed)
    expect(found.map(({ name, group, item: { kind } }) => [name, group, kind])).toEqual([
      ['one-choice', 'Canary', 'choice'],
      ['two-keys', '', 'response'],
      ['in-order', '', 'ordering'],
      ['in-pairs', 'Canary', 'matching'],
      ['a-case-1', '', 'choice'],
      ['a-case-2', '', 'choice'],
    ])
    expect(found[0]?.explanation).toBe('A common misconception: All at once.')
    expect(found[5]?.item.stem).toBe('A company.\n\nSecond?')
    expect(warnings).toEqual([
      { name: 'a-case', message: 'a case becomes 2 questions, each below the scenario' },
    ])
  })

  it('are written in seven formats, and the help of the command names each', () => {
    expect([...EXPORT_FORMATS].sort()).toEqual(['anki', 'csv', 'gift', 'kahoot', 'moodle-xml', 'qti', 'yaml'])
    const help = readFileSync('src/cli/content-commands.ts', 'utf8')
    for (const id of EXPORT_FORMATS) expect(help).toMatch(new RegExp(`'--format <id>', '[^']*\\b${id}\\b`))
    expect(exportQuestions('docx', questions, topicNamed, '')).toBeUndefined()
  })

  it.each(['gift', 'moodle-xml', 'qti', 'csv'])(
    'are known again by their own format as %s, and read as they were',
    (format) => {
      const { bytes, extension } = written(format)
      const again = readQuestions({ path: `x${extension}`, bytes })
      expect(again?.format).toBe(FORMATS.find(({ id }) => id === format)?.name)
      expect(again?.leftOut).toEqual([])
      for (const { name, item, explanation, group } of again?.questions ?? []) {
        const before = fromQuestions(questions, topicNamed).questions.find((one) => one.name === name)
        expect({ explanation, group }).toEqual({ explanation: before?.explanation, group: before?.group })
        const plain = JSON.stringify(before?.item).replaceAll('"why":"w"', '"why":""')
        expect(item).toEqual(JSON.parse(plain))
      }
    },
  )

  it.each([
    ['gift', ['in-order', 'in-pairs']],
    ['moodle-xml', ['in-order', 'in-pairs']],
    ['qti', ['in-order', 'in-pairs']],
    ['csv', ['in-order', 'in-pairs']],
  ])('lose nothing in %s that is not told', (format, names) => {
    expect(written(format).warnings.map(({ name }) => name)).toEqual(['a-case', ...names])
  })

  it('fill in the template of Kahoot, which tells what it cannot hold and cuts nothing', async () => {
    const long = 'A question that goes on and on. '.repeat(5).trim()
    const more = EVERY_KIND.replace('stem: Which two?', `stem: ${long}`).replace(
      'text: a, right: true }, { text: b, right: true }',
      `text: ${'x'.repeat(80)}, right: true }, { text: b, right: true }`,
    )
    const { bank } = await load({ 'p/one/canary.questions.yaml': more })
    const { bytes, extension, warnings } =
      exportQuestions('kahoot', bank.questions, topicNamed, 'A pack') ?? written('gift')
    const again = readQuestions({ path: `x${extension}`, bytes })
    expect([again?.format, again?.leftOut]).toEqual(['Kahoot', []])
    expect(again?.questions.map(({ item }) => [item.kind, item.stem])).toEqual([
      ['choice', 'Which? code'],
      ['response', long],
      ['choice', 'A company. First?'],
      ['choice', 'A company. Second?'],
    ])
    expect(warnings).toContainEqual({
      name: 'two-keys',
      message: `Kahoot takes 120 characters of a question, and it has ${long.length}; shorten it there`,
    })
    expect(warnings).toContainEqual({
      name: 'two-keys',
      message: 'Kahoot takes 75 characters of an answer, and one has 80; shorten it there',
    })
    for (const name of ['in-order', 'in-pairs'])
      expect(warnings).toContainEqual({ name, message: expect.stringContaining('it is left out') })
  })

  it('leave out of Kahoot, where a cell is one line, answers that differ by their lines alone', async () => {
    const more = EVERY_KIND.replace(
      'text: a, right: true }, { text: b, right: true }',
      () => 'text: "a\\n  b", right: true }, { text: "a\\n\\nb", right: true }',
    )
    const { bank } = await load({ 'p/one/canary.questions.yaml': more })
    const { bytes, warnings } =
      exportQuestions('kahoot', bank.questions, topicNamed, 'A pack') ?? written('gift')
    expect(warnings).toContainEqual({ name: 'two-keys', message: expect.stringContaining('the same once') })
    const { questions = [], leftOut } = readQuestions({ path: 'x.xlsx', bytes }) ?? {}
    expect([questions.length, leftOut]).toEqual([3, []])
  })

  it('are read again as YAML where no pack is, each of the others if one is broken', () => {
    const text = new TextDecoder().decode(written('yaml').bytes)
    const read = (source: string) =>
      readQuestions({ path: 'x.yaml', bytes: new TextEncoder().encode(source) })
    const expected = fromQuestions(questions, topicNamed).questions
    expect(read(text)?.questions.map(({ name, item }) => [name, item])).toEqual(
      expected.map(({ name, item }) => [name, item]),
    )
    expect(read(text)?.questions.map(({ explanation }) => explanation)).toEqual(
      expected.map(({ explanation }) => explanation),
    )
    const broken = read(text.replace('stem: Order', 'stem: "Order'))
    expect(broken?.questions.length).toBe(expected.length - 1)
    expect(broken?.leftOut).toMatchObject([{ message: expect.stringContaining('YAML: ') }])
    const many = Array.from(
      { length: 3000 },
      (_, i) =>
        `- id: q${i}\n  kind: choice\n  stem: "${i}?"\n  choices: [{ text: a, right: true }, { text: b }]\n`,
    )
    expect(read(many.join(''))?.questions.length).toBe(2000)
  })

  it('are the same questions as YAML', async () => {
    const text = new TextDecoder().decode(written('yaml').bytes)
    expect(text).not.toMatch(/: ""|right: false|checked: none|concept: one-choice/)
    const { bank, problems } = await load({ 'p/one/canary.questions.yaml': text })
    expect(problems.filter(({ level }) => level === 'error')).toEqual([])
    const plain = ({ version: _version, origin, ...rest }: Question) => ({
      ...rest,
      origin: { ...origin, line: 0 },
    })
    expect(bank.questions.map(plain)).toEqual(questions.map(plain))
  })
})
