/** The many ways in which people write practice exams, each as a small one of our own. */
import { describe, expect, it } from 'vitest'
import { markdownExam } from '../../../src/content/formats/markdown-exam.js'
import { fileOf } from './samples.js'

const read = (text: string) => markdownExam.read(fileOf(text, 'exam.md'))
/** `stem: option | *right option*` of each. */
const told = (text: string) => {
  const file = fileOf(text, 'exam.md')
  expect(markdownExam.recognises(file)).toBe(true)
  return markdownExam
    .read(file)
    .questions.map(({ item }) =>
      'choices' in item
        ? `${item.stem}: ${item.choices.map((one) => (one.right ? `*${one.text}*` : one.text)).join(' | ')}`
        : item.kind,
    )
}
const reasons = (text: string) => read(text).leftOut.map(({ line, message }) => `${line} ${message}`)
const OPTIONS = 'A. one\nB. two\nC. three\n'

describe('a practice exam in Markdown', () => {
  it.each([
    [
      'the key in a fold',
      `1. Which?\n    - A. one\n    - B. two\n\n    <details markdown=1><summary markdown='span'>Answer</summary>\n      Correct answer: B\n    </details>\n\n2. Next?\n    - A. x\n    - B. y\n\n    <details><summary>Answer</summary>\n      Correct Answer: A\n    </details>\n`,
      ['Which?: one | *two*', 'Next?: *x* | y'],
    ],
    [
      'headings and boxes',
      '### Which?\n\n- [ ] one\n- [x] two\n\n**[⬆ Back to Top](#top)**\n\n### Which two?\n\n- [x] x\n- [x] y\n- [ ] z\n\n**[⬆ Back to Top](#top)**\n',
      ['Which?: one | *two*', 'Which two?: *x* | *y* | z'],
    ],
    [
      'numbered headings, quotes and a tick',
      '### Question 1\n**Domain:** Things\n\n> Which?\n\n- A) one\n- B) two ✅\n\n**Correct Answer: B**\n\n---\n\n### Question 2\n\n> Next?\n\n- A) x ✅\n- B) y\n',
      ['Which?: one | *two*', 'Next?: *x* | y'],
    ],
    [
      'bold numbers and a callout',
      '**Q1.** Which?\n- A) one\n- B) two\n\n> ✅ **Answer: B — two**\n> Since it is.\n\n---\n\n**Q2.** Next?\n- A) x\n- B) y\n\n> ✅ **Answer: A**\n',
      ['Which?: one | *two*', 'Next?: *x* | y'],
    ],
    [
      'colons and blank lines',
      'Question 1: Which?\n\nA: one\n\nB: two\n\n<details>\n<summary>Show Answer</summary>\n\n**Answer:** B\n\n</details>\n',
      ['Which?: one | *two*'],
    ],
    [
      'questions as folds, answers as code',
      '<details>\n<summary>Which?</summary><br><b>\n\n**Options:**\n- `A. one`\n- `B. two`\n\n**Correct Answer:** `B. two`\n\n</b></details>\n\n<details>\n<summary>Which two?</summary>\n\n- `A. x`\n- `B. y`\n- `C. z`\n\n**Correct Answers:** `A. x`, `C. z`\n</details>\n',
      ['Which?: one | *two*', 'Which two?: *x* | y | *z*'],
    ],
    [
      'the answer in its own words',
      '1. Which?\n\n- one\n- **two**\n\nAnswer: Two.\n\n2. Next?\n\n* x\n* y\n\nCorrect answer: x\n',
      ['Which?: one | *two*', 'Next?: *x* | y'],
    ],
    [
      'answers below their label',
      '1) Which two?\na) one\nb) two\nc) three\n\nAnswers:\n- a\n- c\n\n2) Next?\na) x\nb) y\n\n**Answer:**\n\nb) y\n',
      ['Which two?: *one* | two | *three*', 'Next?: x | *y*'],
    ],
    [
      'nothing but a paragraph',
      `Which\nof them?\n\n${OPTIONS}\nAnswer: B\n`,
      ['Which\nof them?: one | *two* | three'],
    ],
    [
      'a list of answers at the end',
      `**1.** Which?\n${OPTIONS}\n**2.** Next?\n${OPTIONS}\n## Answer Key\n\n**1. Answer: B** - two\n*Explanation:* so it is.\n\n**2. Answer: A, C**\n`,
      ['Which?: one | *two* | three', 'Next?: *one* | two | *three*'],
    ],
    [
      'a table of answers',
      `Q1. Which?\n${OPTIONS}\nQ2. Next?\n${OPTIONS}\n## Answers\n\n| Question | Answer |\n|---|---|\n| 1 | B |\n| 2 | C |\n`,
      ['Which?: one | *two* | three', 'Next?: one | two | *three*'],
    ],
    [
      'German words',
      '### Frage 1\nWelche?\n- A) eins\n- B) zwei\n\n**Lösung:** B\n\n**Erklärung:** darum.\n',
      ['Welche?: eins | *zwei*'],
    ],
  ])('may have %s', (_name, text, questions) => expect(told(text)).toEqual(questions))

  it('keeps code in questions and in answers', () => {
    const text =
      '1. What does it print?\n\n```js\nconsole.log(1)\n- [x] no list\n```\n\nA. `1`\nB.\n```\n2\n```\n\nAnswer: A\n'
    expect(told(text)).toEqual(['What does it print?\n\nconsole.log(1)\n- [x] no list: *1* | 2'])
  })

  it('has explanations, reasons for single answers, chapters and names', () => {
    const text = `# Exam\n\n## Part one\n\n### Question 7: Short name\nWhich?\n\n${OPTIONS}\n**Answer: B**\n\n**Explanation:** since it is.\nAnd more.\n\n**Why the others are incorrect:**\n- **A)** too few\n- **C (Wrong)**: too many\n\n---\n\n## Part two\n\n### Question 8\nNext?\n\n${OPTIONS}\nAnswer: A. Because.\n`
    expect(read(text).questions).toMatchObject([
      {
        line: 5,
        name: 'Short name',
        group: 'Part one',
        explanation: 'since it is.\nAnd more.',
        item: { stem: 'Which?', choices: [{ why: 'too few' }, { why: '' }, { why: 'too many' }] },
      },
      { line: 25, name: '', group: 'Part two', explanation: 'Because.' },
    ])
  })

  it('tells lists within questions and explanations from questions', () => {
    const text = `1. It must:\n   1. be small\n   2. be quick\n\n${OPTIONS}\nAnswer: A\n\nExplanation:\n1. first\n2. second\n\n2. Next?\n${OPTIONS}\nAnswer: B\n`
    expect(read(text).questions.map(({ line, item }) => [line, item.stem])).toEqual([
      [1, 'It must:\n1. be small\n2. be quick'],
      [15, 'Next?'],
    ])
  })

  it('gives the case of a chapter to each of its questions', () => {
    const text = `## Case 1\n\n**Scenario**: A firm has two\nservers.\n\n**Question 1**: Which?\n${OPTIONS}\nAnswer: A\n\n**Question 2**: Next?\n${OPTIONS}\nAnswer: B\n\n## Part\n\n**Question 3**: Alone?\n${OPTIONS}\nAnswer: C\n`
    expect(read(text).questions.map(({ item }) => item.stem)).toEqual([
      'A firm has two\nservers.\n\nWhich?',
      'A firm has two\nservers.\n\nNext?',
      'Alone?',
    ])
  })

  it.each([
    ['no key', '', '1 no key is found'],
    ['another letter', 'Answer: D', '1 the key D is none of the answers'],
    ['one or the other', '**Answer: A** OR **B**', '1 the key "A** OR **B" names one or the other'],
    ['words of no answer', 'Answer: A company', '1 the key "A company" is none of the answers'],
    [
      'two that contradict',
      'Answer: A. two',
      '1 the key names one answer by its letter and another by its words',
    ],
    ['all of them', 'Answer: A, B, C', '1 every answer is marked as right'],
  ])('guesses nothing: %s', (_name, key, reason) => {
    expect(reasons(`1. Which?\n${OPTIONS}\n${key}\n`)).toEqual([reason])
  })

  it.each([
    [
      '1. Which? (Choose TWO)\nA. a\nB. b\nC. c\n\nAnswer: B\n',
      ['1 it asks for 2 answers, and the key names 1'],
    ],
    [
      '1. Which?\n- A. a ✅\n- B. b\n\nAnswer: B\n',
      ['1 the answers that are marked are not those that the key names'],
    ],
    [
      '1. Which?\n- A. ![a](a.png)\n- B. ![b](b.png)\n\nAnswer: B\n',
      ['1 an answer has no text (left out: a picture)'],
    ],
    [
      '1. Which?\n- A. a\n- B. A and C\n- C. b\n\nAnswer: B\n',
      ['1 the answer "A and C" speaks of others by their place, and the order is shuffled'],
    ],
    [
      '1. Which?\n- A. a\n- B. b\n\nAnswer: A\n\nAnswer: B\n\n2. Which?\n- A. c\n- B. d\n\nAnswer: A\n\nAnswer: A\n',
      ['1 two lines name different answers as right'],
    ],
    ['1. Explain it.\n\n2. Which?\nA. a\nB. b\n\nAnswer: B\n', ['1 there are no answers to choose from']],
  ])('leaves out with a reason: %j', (text, expected) => expect(reasons(text)).toEqual(expected))

  it('pairs answers at the end only where both count alike', () => {
    const text = `## One\n1. Which?\n${OPTIONS}\n## Two\n1. Next?\n${OPTIONS}\n`
    const several = 'several questions have the number 1: nothing tells whose answers are listed'
    expect(reasons(`${text}\n## Answers\n1. A\n2. B\n`)).toEqual([
      `2 ${several}`,
      `8 ${several}`,
      '16 it names the answer to question 2, which is not found in this file',
    ])
    expect(read(`${text}\n## Answers\n1. A\n1. B\n`).questions.length).toBe(2)
  })

  it('says what it changes: places of answers mean nothing once they are shuffled', () => {
    const { questions, changed } = read('1. Which?\nA. a\nB. b\nC. All of the above\n\nAnswer: C\n')
    expect(questions[0]?.item).toMatchObject({ choices: [{}, {}, { text: 'All of these', right: true }] })
    expect(changed).toEqual([{ line: 1, message: expect.stringContaining('the order is shuffled') }])
  })

  it('is not what notes are that have a few questions at their end', () => {
    const notes = `# Notes\n\n${'Words about it.\n\n'.repeat(20)}## Check yourself\n\n1. Which?\n${OPTIONS}\nAnswer: A\n`
    expect(markdownExam.recognises(fileOf(notes, 'notes.md'))).toBe(false)
  })
})
