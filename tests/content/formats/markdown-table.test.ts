import { expect, it } from 'vitest'
import { readNotesOrQuestions, readQuestions } from '../../../src/content/formats/all.js'
import { fileOf } from './samples.js'

const TABLE = `| Question | A | B | Answer | Explanation |
|---|---|---|---|---|
| Which sea is *saltier*? | The Dead Sea | The Baltic \\| its gulfs | **B** | So it is. |
`

it('a table of questions in Markdown is read by the columns of CSV, without the signs of Markdown', () => {
  expect(readQuestions(fileOf(`# Seas\n\n${TABLE}`, 'seas.md'))?.questions).toMatchObject([
    {
      line: 5,
      explanation: 'So it is.',
      item: {
        stem: 'Which sea is saltier?',
        choices: [{ right: false }, { text: 'The Baltic | its gulfs', right: true }],
      },
    },
  ])
})

it.each(['seas.txt', 'seas.csv', 'seas'])('is read as the table it is in a file named %s', (path) => {
  const found = readQuestions(fileOf(`${TABLE}Ask your teacher.\nOr the sea.\n`, path))
  expect(found).toMatchObject({ format: 'table in Markdown', questions: [{ line: 3 }], changed: [] })
  expect(found?.leftOut).toEqual([
    { line: 4, message: 'text beside the questions: "Ask your teacher.", 2 lines' },
  ])
})

it('stands apart from the notes around it, and from questions that are no table', () => {
  const prose = 'The sea is salty.\n'.repeat(9)
  const text = `# Seas\n\n${prose}\n## Test\n\n${TABLE}\n## More\n\n1. What flows?\n- A. A river\n- B. A tree\n\n**Answer: A**\n`
  const { found, notes } = readNotesOrQuestions(fileOf(text, 'seas.md'))
  expect(found?.questions.length).toBe(2)
  expect(Buffer.from(notes?.file.bytes ?? []).toString()).not.toMatch(/Which sea|What flows/)
  expect(notes?.emptied).toContain(text.split('\n').indexOf('## Test') + 1)
  expect(readNotesOrQuestions(fileOf(text, 'seas.txt')).found?.questions.length).toBe(2)
  expect(readQuestions(fileOf(`${prose}\n${TABLE}`, 'seas.md'))).toBe(undefined)
})

it.each([
  ['other tables', '| Term | Meaning |\n|---|---|\n| Sea | Salty |\n'],
  ['a table in a block of code', `\`\`\`\n${TABLE}\`\`\`\n`],
])('%s stay notes', (_name, text) => {
  expect(readNotesOrQuestions(fileOf(text, 'seas.md')).found).toBe(undefined)
})
