/** What practice exams have beside plain questions: odd numbers, lists of answers, reasons, other text. */
import { describe, expect, it } from 'vitest'
import { readQuestions } from '../../../src/content/formats/all.js'
import { explained } from '../../../src/content/formats/explanation.js'
import { fileOf } from './samples.js'

function read(text: string, path = 'exam.md') {
  const found = readQuestions(fileOf(text, path))
  expect(found?.format).toBe('practice exam in Markdown')
  const { questions = [], leftOut = [], changed = [] } = found ?? {}
  return {
    questions,
    stems: questions.map(({ item }) => item.stem),
    /** Letters of what is right. */
    keys: questions.map(({ item }) =>
      'choices' in item ? item.choices.map(({ right }, i) => (right ? 'ABCDEF'[i] : '')).join('') : '',
    ),
    whys: questions.map(({ explanation }) => explanation),
    told: [...leftOut, ...changed].map(({ line, message }) => `${line} ${message}`),
  }
}
const OPTIONS = '- A. x\n- B. y\n- C. z\n- D. q\n'

describe('a practice exam', () => {
  it('in a Markdown file loses its numbers and marks, whatever it calls the answer', () => {
    const { stems, keys, told } = read(
      '1. First?\n   A. one\n   B. two\n   C. ![img](x.png)\n   Answer: A\n\n2. Which is *not* a `list`?\n   A. **one**\n   B. two\n   Answer: B\n',
    )
    expect(stems).toEqual(['Which is not a list?'])
    expect(keys).toEqual(['B'])
    expect(told).toEqual(['1 an answer has no text (left out: a picture)'])
  })

  it.each([
    ['Answer: AC', 'AC'],
    ['Answer: A. x; C. z', 'AC'],
    ['Answer: ABD', 'ABD'],
    ['Ans: B', 'B'],
    ['Ans. B', 'B'],
    ['ANSWER - b', 'B'],
    ['Answer = B', 'B'],
    ['Suggested Answer: C', 'C'],
    ['Suggested Answer: BC 🗳️', 'BC'],
    ['Answer: A because it is so.', 'A'],
  ])('may have the key as "%s"', (line, key) => {
    expect(read(`1. Which?\n${OPTIONS}\n${line}\n`).keys).toEqual([key])
  })

  it('may judge each answer in a sentence, in place of a key', () => {
    const judged = 'A is not correct because it is far.\n\nB is correct because it is near.\n'
    const exam = (feedback: string) =>
      `# exam-18\n\nWhich is it?\n\nA. x\n\nB. y\n\n## Feedback\n\n${feedback}`
    const { questions, keys, told } = read(exam(judged))
    expect([keys, told]).toEqual([['B'], []])
    expect(questions.map(({ item }) => 'choices' in item && item.choices.map(({ why }) => why))).toEqual([
      ['It is far.', 'It is near.'],
    ])
    expect(readQuestions(fileOf(exam('B is correct because it is near.\n'), 'exam.md'))).toBeUndefined()
  })

  it('gives no key away by the signs of its wrong answers, and its reasons name none by a letter', () => {
    const { questions, keys } = read(
      '1. Which?\na) x ❌\nb) y ✅\nc) ✗ z\n\n2. Where?\nA. ❌ x\nB. ✅ y\n\nExplanation: It is y. A is wrong.\nB) y is near.\n',
    )
    expect(questions.map(({ item }) => 'choices' in item && item.choices.map(({ text }) => text))).toEqual([
      ['x', 'y', 'z'],
      ['x', 'y'],
    ])
    expect(keys).toEqual(['B', 'B'])
    const [, last] = questions
    expect(last && explained(last.item, last.explanation)).toMatchObject({
      item: { choices: [{ why: '' }, { why: 'It is y.' }] },
      lost: expect.stringContaining('letters'),
    })
  })

  it.each([
    ['a title', '### Question 2\nWhat is it?\n\n- [ ] one\n- [x] three\n'],
    ['a bold name', '**Question 2.** What is it?\n\n- [ ] one\n- [x] three\n'],
    ['a title that asks', '### What is it?\n\n- [ ] one\n- [x] three\n'],
    ['no mark at all', 'What is it?\n\n- A. one\n- B. three\n\n**Answer: B**\n'],
  ])('may begin one of its questions with %s', (_name, other) => {
    const { stems, keys, told } = read(
      `# Exam\n\n1. First?\n- A. x\n- B. y\n\n**Answer: A**\n\n${other}\n3. Third?\n- A. x\n- B. y\n\n**Answer: B**\n`,
    )
    expect(stems).toEqual(['First?', 'What is it?', 'Third?'])
    expect(keys).toEqual(['A', 'B', 'B'])
    expect(told).toEqual([])
  })

  it('tells two lists below one question from a list and its key', () => {
    const text = `1. Of these:\n${OPTIONS}\nWhich are right?\n- A. x and y\n- B. y and z\n\nAnswer: A\n`
    expect(read(text).told).toEqual(['1 two lists stand below it, and the key may be of either'])
  })

  it.each([
    ['**A**. S3 is an object store.', 'S3 is an object store.'],
    ['A - S3 is an object store.', 'S3 is an object store.'],
    ['Option A: S3 is an object store.', 'S3 is an object store.'],
    ['✅ A. S3 is an object store.', 'S3 is an object store.'],
    ['A. x', ''],
    ['A) x - correct', ''],
  ])('keeps the reason beside the key in a fold: %s', (line, why) => {
    const { keys, whys } = read(
      `1. Which?\n${OPTIONS}\n<details><summary>Answer</summary>\n\n${line}\n\n</details>\n`,
    )
    expect([keys, whys]).toEqual([['A'], [why]])
  })

  it('may have the key and the explanation below titles', () => {
    const text = `1. Which?\n${OPTIONS}\n### Answer\nB\n\n### Explanation\nIt is so.\n\n2. Next?\n${OPTIONS}\nAnswer: A\n`
    const { keys, whys, told } = read(text)
    expect([keys, whys, told]).toEqual([['B', 'A'], ['It is so.', ''], []])
  })

  it('names text that is no question, with its line', () => {
    const text = `# Exam\n\nGood luck.\n\n## Section one\n1. First?\n${OPTIONS}\n**Answer: A**\n\n## Section two\nNotes text here.\nAnd more.\n\n2. Second?\n${OPTIONS}\n**Answer: B**\n`
    expect(read(text).told).toEqual([
      '3 text beside the questions: "Good luck."',
      '15 text beside the questions: "Notes text here.", 2 lines',
    ])
  })
})

describe('boxes', () => {
  const TASKS = '# Meeting\n\nWe ship on Friday.\n\n1. Write the report\n   - [x] draft\n   - [ ] final\n'

  it.each([
    ['numbered tasks', TASKS],
    [
      'what is to be chosen',
      '# Release\n1. Pick a date\n- [x] May\n- [ ] June\n\n2. What to ship\n- [x] docs\n- [ ] code\n',
    ],
    ['tasks below a label', '# Shopping\n\nThings to buy:\n- [x] milk\n- [ ] bread\n'],
  ])('that are %s are no question', (_name, text) => {
    expect(readQuestions(fileOf(text, 'notes.md'))).toBeUndefined()
  })

  it('below questions may lack a mark of question here and there', () => {
    const { stems } = read('1. What is it?\n- [x] a\n- [ ] b\n\n2. It is called:\n- [x] c\n- [ ] d\n')
    expect(stems).toEqual(['What is it?', 'It is called:'])
  })

  it('below a title as those of many questions are a question, and below another title none', () => {
    const asked = ['One', 'Two', 'Three'].map((name) => `#### ${name}?\n- [x] a\n- [ ] b\n\n`).join('')
    const { stems, told } = read(
      `## Exam\n\n${asked}#### The usual way to keep objects\n- [x] S3\n- [ ] EC2\n\n## To do\n- [x] write\n- [ ] check\n`,
    )
    expect(stems).toEqual(['One?', 'Two?', 'Three?', 'The usual way to keep objects'])
    expect(told).toEqual(['20 text beside the questions: "- [x] write", 2 lines'])
  })

  it('that are mostly tasks are named, where one of them is a question', () => {
    const { stems, told } = read(
      '1. Write\n- [x] a\n- [ ] b\n\n2. Send\n- [x] c\n- [ ] d\n\n3. Which?\n- [x] e\n- [ ] f\n',
    )
    expect(stems).toEqual(['Which?'])
    expect(told).toEqual([
      expect.stringMatching('^1 it may be a list of things to do'),
      expect.stringMatching('^5 it may be a list of things to do'),
    ])
  })
})

describe('answers in a list at the end', () => {
  const two = `1. One?\n${OPTIONS}\n2. Two?\n${OPTIONS}\n`
  const four = `# Exam one\n${two}\n# Exam two\n1. Three?\n${OPTIONS}\n2. Four?\n${OPTIONS}\n`

  it.each([
    ['titles', '# Answers\n## Exam one\n1. B\n2. A\n## Exam two\n1. A\n2. B\n'],
    ['bold titles', '# Answers\n**First**\n\n1. B\n2. A\n\n**Second**\n\n1. A\n2. B\n'],
    ['plain titles', '# Answers\n\nExam one\n\n1. B\n2. A\n\nExam two\n\n1. A\n2. B\n'],
    [
      'tables',
      '# Answers\n\n| Q | A |\n|---|---|\n| 1 | B |\n| 2 | A |\n\n**Second**\n\n| Q | A |\n|---|---|\n| 1 | A |\n| 2 | B |\n',
    ],
  ])('may stand in parts with %s, which are no reasons', (_name, list) => {
    const { keys, whys, told } = read(`${four}\n${list}`)
    expect([keys, whys, told]).toEqual([['B', 'A', 'A', 'B'], ['', '', '', ''], []])
  })

  it('end where a chapter or the next question begins', () => {
    const glossary = read(`${two}\n# Answers\n1. B\n2. A - so it is.\n\n# Glossary\nWords.\n`)
    expect(glossary.whys).toEqual(['', 'so it is.'])
    expect(glossary.told).toEqual(['19 text beside the questions: "Words."'])
    const parts = read(
      `# Exam one\n${two}\n## Answers\n1. B\n2. A\n\n# Exam two\n\n3. Three?\n${OPTIONS}\n4. Four?\n${OPTIONS}\n## Answers\n3. A\n4. B\n`,
    )
    expect([parts.keys, parts.whys]).toEqual([
      ['B', 'A', 'A', 'B'],
      ['', '', '', ''],
    ])
    expect(parts.questions.map(({ group }) => group)).toEqual(['', '', '', ''])
  })

  it('are named where they contradict, or have no question', () => {
    const { keys, told } = read(`${two}\n## Answers\n1. B\n2. A\n1. A\n9. C\n`)
    expect(keys).toEqual(['A'])
    expect(told).toEqual([
      '1 the list of answers contradicts itself: B on line 15, A on line 17',
      '18 it names the answer to question 9, which is not found in this file',
    ])
    const below = read(`1. One?\n${OPTIONS}\nAnswer: B\n\n2. Two?\n${OPTIONS}\n## Answers\n1. A\n2. C\n`)
    expect(below.told).toEqual(['1 the key below it is not that of line 16, in the list of answers'])
  })

  it.each([
    '## Objectives\n\n1. Make a volume\n2. Move the data\n\n## Solution\n\n1. Go to the page\n2. Press the button\n',
    '## Objectives\n\nA. Make a volume\nB. Move the data\n\n## Solution\n\nA.\n1. Go to the page\n\nB.\n1. Press it\n',
  ])('are no steps of a solution: %j', (text) => {
    expect(readQuestions(fileOf(text, 'exercise.md'))).toBeUndefined()
  })

  it('may be the answer to a single question', () => {
    expect(read(`1. One?\n${OPTIONS}\n## Answers\n1. B\n`).keys).toEqual(['B'])
  })
})
