/** What questions and topics may leave out: much of what other programs export, and notes, say little. */
import { describe, expect, it } from 'vitest'
import { load, QUESTIONS, topicWith } from './folder.js'

const LITTLE = `- id: canary-little
  kind: choice
  stem: Is it small?
  choices: [{ text: Yes, right: true }, { text: No }]
`
const read = async (text: string) => {
  const { bank, problems } = await load({ 'p/one/canary.questions.yaml': text })
  expect(problems).toEqual([])
  return bank.questions[0]
}

describe('a question', () => {
  it('needs no more than its id, its stem and two choices', async () => {
    expect(await read(LITTLE)).toMatchObject({
      topics: [],
      difficulty: 2,
      misconception: '',
      choices: [
        { text: 'Yes', right: true, why: '' },
        { text: 'No', right: false, why: '' },
      ],
      origin: { sources: { notes: [], documents: [], checked: 'none' }, imported: false },
    })
  })

  it('is its own concept where it names none', async () => {
    expect(await read(LITTLE)).toMatchObject({ concept: 'canary-little' })
  })

  it('may say that it was imported, and that nobody read its source', async () => {
    const sources = '  sources: { documents: [quiz.gift], checked: none }\n'
    const imported = await read(`${LITTLE}  imported: true\n${sources}`)
    expect(imported?.origin).toMatchObject({
      imported: true,
      sources: { documents: ['quiz.gift'], checked: 'none' },
    })
    expect(imported).not.toHaveProperty('imported')
  })

  it.each([
    [
      'eight choices',
      `choices: [${'abcdefgh'.replace(/./g, (c) => `{ text: ${c}x },`)}]`.replace('}', ', right: true }'),
    ],
    [
      'three choices, two of them right',
      'choices: [{ text: a, right: true }, { text: b, right: true }, { text: c }]',
    ],
    ['two steps', 'steps: [{ text: a }, { text: b }]'],
    ['two pairs', 'pairs: [{ prompt: a, answer: x }, { prompt: b, answer: z }]'],
  ])('may have %s', async (name, body) => {
    const kind = name.includes('steps')
      ? 'ordering'
      : name.includes('pairs')
        ? 'matching'
        : name.includes('right')
          ? 'response'
          : 'choice'
    expect(await read(`- { id: q, kind: ${kind}, stem: s, ${body} }`)).toMatchObject({ kind })
  })

  it('has the version that it had in every release: rounds and answers in databases name it', async () => {
    expect((await read(QUESTIONS))?.version).toBe('c1e58edd73d8')
  })
})

describe('a topic', () => {
  const topicOf = async (body: string) => {
    const { bank, problems } = await load({ 'p/one/canary.md': `---\ntitle: Canary\n---\n${body}` })
    expect(problems).toEqual([])
    return bank.topic('canary')
  }

  it('needs no more than a title', async () => {
    expect(await topicOf('')).toMatchObject({
      summary: ['Canary'],
      sources: { notes: [], documents: [], checked: 'none' },
    })
  })

  it.each([
    [
      'the first sentence of its body',
      'A **small** part, e.g. 5.5 %, goes first. The rest follows.',
      'A small part, e.g. 5.5 %, goes first.',
    ],
    ['the first item of a list', '- It goes first\n- It ends', 'It goes first'],
    ['what stands under the first heading', '## Why\n\nBecause of that', 'Because of that'],
  ])('has as its summary %s where it has none', async (_name, body, summary) => {
    expect(await topicOf(body)).toMatchObject({ summary: [summary] })
  })

  it('has no summary that is longer than one may be', async () => {
    const topic = await topicOf('word '.repeat(1000))
    expect(String(topic?.summary[0]).length).toBeLessThanOrEqual(600)
  })

  it('keeps an empty summary a mistake', async () => {
    const { problems } = await load(topicWith('A **small** part goes first. The rest follows.', '""'))
    expect(problems.map(({ message }) => message)).toContain('summary: is empty')
  })
})
