import { describe, expect, it } from 'vitest'
import { moodleXml } from '../../../src/content/formats/moodle-xml.js'

const file = (text: string) => ({ path: 'quiz.xml', bytes: new TextEncoder().encode(text) })
const read = (questions: string) =>
  moodleXml.read(file(`<?xml version="1.0"?>\n<quiz>\n${questions}\n</quiz>`))
const items = (questions: string) => read(questions).questions.map(({ item }) => item)
const reasons = (questions: string) =>
  read(questions).leftOut.map(({ line, message }) => `${line}: ${message}`)

const answer = (fraction: string | number, text: string, feedback = '') =>
  `<answer fraction="${fraction}" format="html"><text>${text}</text><feedback format="html"><text>${feedback}</text></feedback></answer>`
const question = (type: string, inner: string, stem = '<![CDATA[<p>Which <b>one</b>?</p>]]>') =>
  `<question type="${type}"><name><text>A name</text></name><questiontext format="html"><text>${stem}</text></questiontext>${inner}</question>`

describe('Moodle XML', () => {
  it('is known by its first element', () => {
    expect(moodleXml.recognises(file('\ufeff<?xml version="1.0"?><!-- x -->\n<quiz></quiz>'))).toBe(true)
    expect(moodleXml.recognises(file('<quizzes/>'))).toBe(false)
    expect(moodleXml.recognises(file('1. <quiz>'))).toBe(false)
  })

  it('is read with HTML as text, reasons, explanation, name and category', () => {
    const { questions, leftOut } = read(
      `<question type="category"><category><text>$course$/top/Networks/TCP//IP</text></category></question>
      ${question(
        'multichoice',
        `<generalfeedback format="html"><text><![CDATA[<p>It is &amp; stays.</p>]]></text></generalfeedback><single>true</single>${answer(0, 'x &lt; y')}${answer(100, '<![CDATA[<p>This</p>]]>', 'Yes')}`,
      )}`,
    )
    expect(leftOut).toEqual([])
    expect(questions).toEqual([
      {
        line: 4,
        name: 'A name',
        group: 'Networks / TCP/IP',
        explanation: 'It is & stays.',
        item: {
          kind: 'choice',
          stem: 'Which one?',
          choices: [
            { text: 'x < y', right: false, why: '' },
            { text: 'This', right: true, why: 'Yes' },
          ],
        },
      },
    ])
  })

  it('asks for all answers with points where several may be chosen', () => {
    const [item] = items(
      question(
        'multichoice',
        `<single>false</single>${answer(50, 'a')}${answer('50', 'b')}${answer(-100, 'c')}`,
      ),
    )
    expect(item).toMatchObject({
      kind: 'response',
      choices: [{ right: true }, { right: true }, { right: false }],
    })
  })

  it('takes the whole points as the key where one is to be chosen, and says so', () => {
    const { questions, changed } = read(
      question('multichoice', `<single>true</single>${answer(50, 'a')}${answer(100, 'b')}${answer(0, 'c')}`),
    )
    expect(questions[0]?.item).toMatchObject({
      kind: 'choice',
      choices: [{ right: false }, { right: true }, {}],
    })
    expect(changed[0]?.message).toContain('part of the points')
    expect(
      reasons(
        question(
          'multichoice',
          `<single>true</single>${answer(100, 'a')}${answer(100, 'b')}${answer(0, 'c')}`,
        ),
      ),
    ).toEqual(['3: each of several answers is right by itself, and one is to be chosen'])
  })

  it('has true or false, pairs with spare answers, and an order', () => {
    expect(items(question('truefalse', answer(100, 'true') + answer(0, 'false', 'No')))).toMatchObject([
      {
        kind: 'choice',
        choices: [
          { text: 'True', right: true },
          { text: 'False', right: false, why: 'No' },
        ],
      },
    ])
    const pair = (prompt: string, text: string) =>
      `<subquestion format="html"><text>${prompt}</text><answer><text>${text}</text></answer></subquestion>`
    expect(items(question('matching', pair('a', '1') + pair('b', '2') + pair('', '3')))).toMatchObject([
      {
        kind: 'matching',
        pairs: [
          { prompt: 'a', answer: '1' },
          { prompt: 'b', answer: '2' },
        ],
        spare: ['3'],
      },
    ])
    expect(
      items(question('ordering', answer(2, 'two') + answer(1, 'one') + answer(3, 'three'))),
    ).toMatchObject([{ kind: 'ordering', steps: [{ text: 'one' }, { text: 'two' }, { text: 'three' }] }])
  })

  it('leaves out pictures with a remark, and what has no text without them', () => {
    const { questions, changed } = read(
      question(
        'truefalse',
        answer(100, 'true') + answer(0, 'false'),
        '<![CDATA[See <img src="@@PLUGINFILE@@/a.png"/> it]]>',
      ),
    )
    expect(questions[0]?.item.stem).toBe('See it')
    expect(changed).toEqual([{ line: 3, message: 'a picture is left out' }])
    const picture = '<![CDATA[<img src="x">]]>'
    expect(reasons(question('multichoice', answer(100, picture) + answer(0, 'a')))[0]).toContain('a picture')
  })

  it.each([
    ['essay', "a text of one's own"],
    ['shortanswer', 'type a word'],
    ['numerical', 'type a number'],
    ['multianswer', 'Cloze'],
    ['description', 'no question'],
    ['coderunner', 'questions of the type "coderunner"'],
  ])('leaves out %s, with the reason', (type, reason) => {
    expect(reasons(question(type, ''))).toEqual([expect.stringContaining(reason)])
  })

  it('takes no question without a key, and none that is hidden', () => {
    expect(reasons(question('multichoice', answer(0, 'a') + answer(0, 'b')))).toEqual([
      '3: no answer is marked as right',
    ])
    expect(
      reasons(question('truefalse', `<hidden>1</hidden>${answer(100, 'true')}${answer(0, 'false')}`))[0],
    ).toContain('hidden')
  })

  it('reads plain texts, Markdown and Moodle’s own format as what they are', () => {
    const stem = (format: string, text: string) =>
      items(
        `<question type="truefalse"><questiontext format="${format}"><text>${text}</text></questiontext>${answer(100, 'true')}${answer(0, 'false')}</question>`,
      )[0]?.stem
    expect(stem('plain_text', 'a &lt;b&gt; *c*\nd')).toBe('a <b> *c*\nd')
    expect(stem('markdown', 'a **c**')).toBe('a c')
    expect(stem('moodle_auto_format', 'a &lt;b&gt;c&lt;/b&gt;\nd')).toBe('a c\nd')
  })

  it('reads HTML that was not written as text', () => {
    expect(
      items(question('truefalse', answer(100, 'true') + answer(0, 'false'), '<p>Is <b>it</b>?</p>'))[0]?.stem,
    ).toBe('Is it?')
  })

  it('says which texts for a try or for the whole answer are not taken', () => {
    const inner = `${answer(100, 'a')}${answer(0, 'b')}<hint format="html"><text>Twice.</text></hint><incorrectfeedback><text>Read chapter five of the book again, please.</text></incorrectfeedback>`
    const usual = '<correctfeedback><text>Your answer is correct.</text></correctfeedback>'
    const told = (more: string) => read(question('multichoice', more)).changed.map(({ message }) => message)
    expect(told(inner)).toEqual([
      'a hint is left out',
      'a feedback that belongs to no single answer is left out',
    ])
    expect(told(`${answer(100, 'a')}${answer(0, 'b')}${usual}`)).toEqual([])
  })

  it('knows GIFT inside XML, and says that it read it', () => {
    const { questions, changed } = read(question('multichoice', '', 'What is it? {=right ~wrong}'))
    expect(questions[0]).toMatchObject({ name: 'A name', item: { kind: 'choice', stem: 'What is it?' } })
    expect(changed[0]?.message).toContain('GIFT in XML')
  })

  it('takes the good questions of a damaged file', () => {
    const good = question('truefalse', answer(100, 'true') + answer(0, 'false'))
    const { questions, leftOut } = read(
      `${good}\n<question type="essay"><name>\n${good.replace('Which', 'What')}\n${good.slice(0, -40)}`,
    )
    expect(questions.length).toBe(2)
    expect(leftOut.map(({ line }) => line)).toEqual([4, 6])
    expect(moodleXml.read(file(`<quiz>\n${good}\n${good.slice(0, -30)}`)).leftOut).toEqual([
      { line: 3, message: 'the file ends in the midst of it' },
    ])
  })

  it('with entities of its own is refused whole', () => {
    const { questions, leftOut } = moodleXml.read(file('<!DOCTYPE quiz [<!ENTITY a "b">]>\n<quiz>&a;</quiz>'))
    expect(questions).toEqual([])
    expect(leftOut[0]?.message).toContain('declares entities of its own')
  })
})
