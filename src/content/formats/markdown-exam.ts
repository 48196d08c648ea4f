/** Practice exams in Markdown, as people keep them in repositories: many ways of writing the same. */
import { decodeText } from './decode.js'
import { type ExamQuestion, examQuestions } from './exam-questions.js'
import type { QuestionFormat } from './format.js'
import { type Intake, readText } from './intake.js'
import { choiceItem } from './item.js'
import { markdownText } from './markdown-text.js'

const NAME = 'practice exam in Markdown'

export const markdownExam: QuestionFormat = {
  id: 'markdown',
  name: NAME,
  recognises: (file) => looksLikeExam(decodeText(file).text),
  read: (file) => readText(NAME, file, readExam),
}

/** Answers by letters or with boxes, or the name of a key: without any of them it is not worth a closer look. */
const MAY_BE =
  /(?:^|\n)[\s>*+•-]{0,12}(?:[*_`(]{0,3}[Aa][.):*_]|\[[ xX]\]\s|\([ xX]?\)\s)|\b(?:answers?|solutions?|correct|antwort|lösung|réponse|respuesta)\b/i

/** JSON, or XML and pages of HTML; Markdown may begin with a tag, too. */
const OTHER_LANGUAGE = /^\s*(?:\{|<(?!details|summary|p\b|div|h\d|a\b|img|center|br|!--))/i

/**
 * Notes with a few questions at their end are notes: half of the lines must belong to questions. Without any
 * key, such as in a licence with lettered lists, there must be question marks.
 */
function looksLikeExam(text: string): boolean {
  if (OTHER_LANGUAGE.test(text) || !MAY_BE.test(text)) return false
  const { questions, lines, covered } = examQuestions(text)
  const withKey = questions.filter(({ key }) => key !== undefined).length
  const asking = questions.filter(({ stem }) => /[?？]/.test(stem)).length
  return (withKey > 0 || (asking > 2 && asking * 2 >= questions.length)) && covered * 2 >= lines
}

function readExam(text: string, into: Intake): void {
  const { questions, open } = examQuestions(text)
  for (const line of open) into.leaveOut(line, 'there are no answers to choose from')
  for (const question of questions) readQuestion(question, into)
}

const NUMBERS = ['one', 'two', 'three', 'four', 'five', 'six']
const CHOOSE = /\b(?:choose|select|pick)\s(?:the\s|any\s|exactly\s)?(one|two|three|four|five|six|[1-6])\b/i

function readQuestion(question: ExamQuestion, into: Intake): void {
  const dropped: string[] = []
  const plain = (source: string) => {
    const { text, dropped: lost } = markdownText(source)
    dropped.push(...lost)
    return text
  }
  const stem = plain(question.stem)
  const reason = question.reason ?? keyProblem(stem, question.key)
  const choices = question.options.map(({ text, why }, place) => ({
    text: plain(text),
    right: question.key?.includes(place) === true,
    why: plain(why),
  }))
  const about = {
    explanation: plain(question.explanation),
    group: plain(question.group),
    name: plain(question.name),
  }
  into.take(question.line, reason === undefined ? choiceItem(stem, choices) : { reason }, about, dropped)
}

function keyProblem(stem: string, key: readonly number[] | undefined): string | undefined {
  if (key === undefined) return 'no key is found'
  const wanted = CHOOSE.exec(stem)?.[1]?.toLowerCase()
  if (wanted === undefined) return undefined
  const count = NUMBERS.includes(wanted) ? NUMBERS.indexOf(wanted) + 1 : Number(wanted)
  return count === key.length ? undefined : `it asks for ${count} answers, and the key names ${key.length}`
}
