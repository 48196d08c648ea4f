/** Notes that ask questions: both are taken, each for what it is. */
import { describe, expect, it } from 'vitest'
import { madeOf, titleIn } from './source-of.js'

async function packOf(text: string) {
  const { read, made, files } = await madeOf({ 'notes.md': text })
  const topics = [...files].filter(([path]) => path.endsWith('.md')).map(([, topic]) => topic)
  return {
    topics: topics.map((topic) => `${titleIn(topic)}: ${topic.split('---\n').at(-1)?.trim()}`),
    stems: read.questions.flatMap(({ questions }) => questions.map(({ item }) => item.stem)),
    yaml: [...files].filter(([path]) => path.endsWith('.yaml')).map(([, questions]) => questions),
    told: [...read.leftOut, ...read.changed, ...made.told].map(({ line, message }) => `${line} ${message}`),
  }
}
const SELF_TEST = `## Self-test
1. What does LRU drop?
   - A. the oldest used
   - B. the newest

   **Answer: A**
`

describe('notes with questions', () => {
  it.each([
    ['few words', 'A cache keeps copies of data close by.'],
    ['many words', 'A cache keeps copies.\n\n'.repeat(30).trim()],
  ])('of %s are a topic, and the questions are asked', async (_name, words) => {
    const { topics, stems, told } = await packOf(`# Caching\n\n## What a cache is\n${words}\n\n${SELF_TEST}`)
    expect(topics).toEqual([`What a cache is: ${words}`])
    expect(stems).toEqual(['What does LRU drop?'])
    expect(told).toEqual([])
  })

  it('are a topic even where a single line stands beside several questions', async () => {
    const questions = [2, 3, 4].map((n) => `${n}. What is ${n}?\n   - [x] yes\n   - [ ] no\n\n`).join('')
    const { topics, stems } = await packOf(
      `# Caching\n\n## What a cache is\nIt keeps copies.\n\n${SELF_TEST}\n${questions}`,
    )
    expect(topics).toEqual(['What a cache is: It keeps copies.'])
    expect(stems.length).toBe(4)
  })

  it('below the title alone are a topic, too', async () => {
    const { topics } = await packOf(`# Caching\nA cache keeps copies of data close by.\n\n${SELF_TEST}`)
    expect(topics).toEqual(['Caching: A cache keeps copies of data close by.'])
  })

  it('in each part keep its words, and the questions are about it', async () => {
    const part = (n: number, question: string) =>
      `## Part ${n}\nWords of ${n}.\n\nMore words.\n\nYet more.\n\nAnd more.\n\n${question}\n- [x] yes, ${n}\n- [ ] no\n\n`
    const { topics, stems, yaml } = await packOf(
      `# Notes\n\n${part(1, 'Is it one?')}${part(2, '### Is it two?')}`,
    )
    expect(topics).toEqual([
      'Part 1: Words of 1.\n\nMore words.\n\nYet more.\n\nAnd more.',
      'Part 2: Words of 2.\n\nMore words.\n\nYet more.\n\nAnd more.',
    ])
    expect(stems).toEqual(['Is it one?', 'Is it two?'])
    expect(yaml.join()).toMatch(/topics: \[part-1\][\s\S]*topics: \[part-2\]|- part-1[\s\S]*- part-2/)
  })

  it('in folds leave no fold behind', async () => {
    const { topics, stems } = await packOf(
      '# Storage\n\nS3 keeps objects.\n\nIt has classes.\n\nAnd buckets.\n\nAnd keys.\n\n<details>\n<summary>Which keeps objects?</summary>\n\n- [x] S3\n- [ ] EC2\n\n</details>\n',
    )
    expect(topics).toEqual(['Storage: S3 keeps objects.\n\nIt has classes.\n\nAnd buckets.\n\nAnd keys.'])
    expect(stems).toEqual(['Which keeps objects?'])
  })

  it('are whole where what looks like a question is something to do', async () => {
    const { topics, stems } = await packOf(
      '# Meeting\n\nDecisions: we ship on Friday.\n\n1. Write the report\n   - [x] draft\n   - [ ] final\n',
    )
    expect(topics).toEqual([
      'Meeting: Decisions: we ship on Friday.\n\n1. Write the report\n\n- ☑ draft\n- ☐ final',
    ])
    expect(stems).toEqual([])
  })

  it('are whole where a title asks, and other text stands between that and a list of tasks', async () => {
    const { topics, stems, told } = await packOf(
      '# Pods\n\n> [!question] What is a pod?\n> The smallest unit.\n\nIt has one address.\n\n- [ ] read more\n- [x] draw it\n\nIt may have volumes.\n',
    )
    expect(topics).toEqual([
      'Pods: **What is a pod?**\n\nThe smallest unit.\n\nIt has one address.\n\n- ☐ read more\n- ☑ draw it\n\nIt may have volumes.',
    ])
    expect([stems, told]).toEqual([[], []])
  })

  it('ask with code between the question and its boxes', async () => {
    const words = 'More words.\n\n'.repeat(9)
    const { stems } = await packOf(
      `# Code\n\n${words}## Test\n\nWhat does it print?\n\n\`\`\`js\nlog(1)\n\`\`\`\n\n- [x] one\n- [ ] two\n`,
    )
    expect(stems).toEqual(['What does it print?\n\nlog(1)'])
  })

  it('keep what may be tasks, and tell of it beside questions', async () => {
    const { topics, stems, told } = await packOf(
      '# Plan\n\n1. Write\n   - [x] draft\n   - [ ] final\n\n2. Send\n   - [x] mail\n   - [ ] post\n\n3. Which?\n   - [x] a\n   - [ ] b\n',
    )
    expect(topics.join()).toContain('1. Write\n\n- ☑ draft')
    expect(stems).toEqual(['Which?'])
    expect(told.map((one) => one.slice(0, 30))).toEqual([
      '3 it stays with the notes: it ',
      '7 it stays with the notes: it ',
      '4 lists inside a list are show',
    ])
  })

  it('are an exam where they have nothing else, of which nothing is told', async () => {
    const { topics, told } = await packOf('# Exam\n\n1. Which?\n- A. x\n- B. y\n\n**Answer: A**\n')
    expect([topics, told]).toEqual([[], []])
  })

  it('are an exam where a few lines introduce many questions', async () => {
    const questions = Array.from(
      { length: 10 },
      (_, i) => `${i + 1}. Which of ${i}?\n- A. x\n- B. y\n\n**Answer: A**\n`,
    )
    const { topics, told } = await packOf(`# Exam\n\nYou have an hour.\n\n${questions.join('\n')}`)
    expect(topics).toEqual([])
    expect(told).toEqual(['3 text beside the questions: "You have an hour."'])
  })
})

it('a file of questions that is no JSON is told with its line, and JSON of programs is not', async () => {
  const { read } = await madeOf({
    'a.md': '# A\nx',
    'q.jsonl': '\n{"question": broken\n',
    'tsconfig.json': '{ // comment\n}',
  })
  expect(read.leftOut).toEqual([
    { file: 'q.jsonl', line: 2, message: expect.stringMatching(/^this is no JSON, .*: a value is missing$/) },
  ])
  expect([...read.others]).toEqual([['.json', 1]])
})
