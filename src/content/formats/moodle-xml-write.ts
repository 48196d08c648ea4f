import type { Choice } from '../../core/model.js'
import type { FoundQuestion, WrittenFile } from './format.js'
import { oneLine } from './tidy.js'
import { type Attributes, branch, leaf, xmlBytes } from './xml-write.js'

/** Moodle cuts longer names. */
const MAX_NAME = 255
const PLAIN: Attributes = { format: 'plain_text' }

export function writeMoodleXml(questions: readonly FoundQuestion[]): WrittenFile {
  const warnings: { name: string; message: string }[] = []
  const parts: string[] = []
  let [group, count] = ['', 0]
  for (const question of questions) {
    const warn = (message: string) => warnings.push({ name: question.name, message })
    const answers = answersOf(question, warn)
    if (answers === undefined) continue
    if (group !== question.group) parts.push(category(question.group))
    group = question.group
    count++
    parts.push(branch('question', { type: answers.type }, [...headOf(question), ...answers.parts]))
  }
  return { bytes: xmlBytes(branch('quiz', {}, parts)), extension: '.xml', count, warnings }
}

const text = (name: string, content: string, attributes: Attributes = {}) =>
  branch(name, attributes, [leaf('text', content)])

/** A slash separates nested categories; two slashes stand for one. */
function category(name: string): string {
  const path = ['$course$', 'top', ...(name === '' ? [] : [oneLine(name).replaceAll('/', '//')])]
  return branch('question', { type: 'category' }, [text('category', path.join('/'))])
}

function headOf({ name, item, explanation }: FoundQuestion): readonly string[] {
  return [
    text('name', oneLine(name || item.stem).slice(0, MAX_NAME)),
    text('questiontext', item.stem, PLAIN),
    text('generalfeedback', explanation, PLAIN),
    leaf('defaultgrade', '1'),
  ]
}

interface Answers {
  readonly type: string
  readonly parts: readonly string[]
}

function answersOf({ item }: FoundQuestion, warn: (message: string) => void): Answers | undefined {
  switch (item.kind) {
    case 'choice':
      return multipleChoice(item.choices, true)
    case 'response':
      return multipleChoice(item.choices, false)
    case 'matching':
      if (item.pairs.some(({ why }) => why !== ''))
        warn('Moodle has no reasons for single pairs; they are left out')
      return { type: 'matching', parts: [SHUFFLED, ...item.pairs.map(pair), ...item.spare.map(spareAnswer)] }
    case 'ordering':
      if (item.spare.length > 0) {
        warn('Moodle has no steps that belong nowhere; the question is left out')
        return undefined
      }
      if (item.steps.some(({ why }) => why !== ''))
        warn('Moodle has no reasons for single steps; they are left out')
      return { type: 'ordering', parts: [...ORDERING, ...item.steps.map(step)] }
  }
}

const SHUFFLED = leaf('shuffleanswers', 'true')

function multipleChoice(choices: readonly Choice[], isSingle: boolean): Answers {
  // Moodle knows shares of the points with five decimals; a wrong pick takes all points away.
  const share = Math.round(100e5 / choices.filter(({ right }) => right).length) / 1e5
  const answers = choices.map(({ text: answer, right, why }) =>
    branch('answer', { fraction: right ? share : isSingle ? 0 : -100, ...PLAIN }, [
      leaf('text', answer),
      text('feedback', why, PLAIN),
    ]),
  )
  return { type: 'multichoice', parts: [leaf('single', String(isSingle)), SHUFFLED, ...answers] }
}

const pair = ({ prompt, answer }: { readonly prompt: string; readonly answer: string }) =>
  branch('subquestion', PLAIN, [leaf('text', prompt), text('answer', answer, PLAIN)])

const spareAnswer = (answer: string) => pair({ prompt: '', answer })

/** All steps are shown in one column, and each place counts. */
const ORDERING = [
  leaf('layouttype', 'VERTICAL'),
  leaf('selecttype', 'ALL'),
  leaf('selectcount', '0'),
  leaf('gradingtype', 'ABSOLUTE_POSITION'),
  leaf('showgrading', 'SHOW'),
]

const step = ({ text: content }: { readonly text: string }, place: number) =>
  text('answer', content, { fraction: place + 1, ...PLAIN })
