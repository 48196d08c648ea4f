/** Fills in Kahoot's template for spreadsheets: a text that is too long for it is reported, and never cut. */
import type { Choice } from '../../core/model.js'
import type { FoundQuestion, WrittenFile } from './format.js'
import { oneLine } from './tidy.js'
import { xlsxBytes } from './xlsx-write.js'

/** The limits of the template: characters of a question and of an answer, and answers per question. */
const [MAX_QUESTION, MAX_ANSWER, MAX_ANSWERS] = [120, 75, 4]
/** The times in seconds that Kahoot offers. */
const TIMES = [5, 10, 20, 30, 60, 90, 120, 240]
/** The reading speed (150 words a minute); 20 seconds to think are added. */
const CHARACTERS_A_SECOND = 15
const HEADER_ROW = 8

const HEADER = [
  '',
  `Question - max ${MAX_QUESTION} characters`,
  ...[1, 2, 3, 4].map((n) => `Answer ${n} - max ${MAX_ANSWER} characters`),
  `Time limit (sec) - ${TIMES.join(', ')} secs`,
  'Correct answer(s) - choose at least one',
]

export function writeKahoot(questions: readonly FoundQuestion[], title: string): WrittenFile {
  const warnings: { readonly name: string; readonly message: string }[] = []
  const rows = questions.flatMap((question) => {
    const { item, name, explanation, group } = question
    const warn = (message: string) => warnings.push({ name, message })
    if (item.kind === 'ordering' || item.kind === 'matching') {
      warn('the template of Kahoot has questions with choices alone; it is left out')
      return []
    }
    if (item.choices.length > MAX_ANSWERS) {
      warn(
        `Kahoot takes ${MAX_ANSWERS} answers to a question, and it has ${item.choices.length}; it is left out`,
      )
      return []
    }
    if (new Set(item.choices.map(({ text }) => oneLine(text))).size < item.choices.length) {
      warn('two of its answers are the same once they stand in one line, as in Kahoot; it is left out')
      return []
    }
    if (explanation !== '' || group !== '' || item.choices.some(({ why }) => why !== ''))
      warn('Kahoot has no reasons and no topics; they are left out')
    for (const message of tooLong(item.stem, item.choices)) warn(message)
    return [rowOf(oneLine(item.stem), item.choices)]
  })
  const intro = [['', oneLine(title)], ...Array.from({ length: HEADER_ROW - 2 }, () => [])]
  const numbered = rows.map((row, i) => [String(i + 1), ...row])
  const bytes = xlsxBytes('Quiz', [...intro, HEADER, ...numbered])
  return { bytes, extension: '.xlsx', count: rows.length, warnings }
}

function tooLong(stem: string, choices: readonly Choice[]): string[] {
  const longest = Math.max(...choices.map(({ text }) => text.length))
  return [
    ...(stem.length > MAX_QUESTION
      ? [`Kahoot takes ${MAX_QUESTION} characters of a question, and it has ${stem.length}; shorten it there`]
      : []),
    ...(longest > MAX_ANSWER
      ? [`Kahoot takes ${MAX_ANSWER} characters of an answer, and one has ${longest}; shorten it there`]
      : []),
  ]
}

function rowOf(stem: string, choices: readonly Choice[]): string[] {
  const texts = choices.map(({ text }) => oneLine(text))
  const characters = [stem, ...texts].join('').length
  const seconds = TIMES.find((time) => time >= 20 + characters / CHARACTERS_A_SECOND) ?? TIMES.at(-1)
  const rights = choices.flatMap(({ right }, i) => (right ? [i + 1] : []))
  const empty = Array.from({ length: MAX_ANSWERS - texts.length }, () => '')
  return [stem, ...texts, ...empty, String(seconds), rights.join(',')]
}
