/** Reads practice exams in Markdown, as people keep them in repositories, in many ways of writing. */
import { decodeText } from './decode.js'
import { notesBeside, type Prose, proseBeside } from './exam-prose.js'
import { type Exam, type ExamQuestion, examQuestions } from './exam-questions.js'
import { CHOOSE } from './exam-shape.js'
import type { QuestionFile, QuestionFormat, SourceFile } from './format.js'
import { type Intake, readText } from './intake.js'
import { choiceItem } from './item.js'
import { markdownText } from './markdown-text.js'

const NAME = 'practice exam in Markdown'

export const markdownExam: QuestionFormat = {
  id: 'markdown',
  name: NAME,
  recognises: (file) => isExam(examIn(decodeText(file).text)),
  read: (file) => readText(NAME, file, readExam),
}

/**
 * Matches answers by letters or with boxes, or the name of a key: a text without any of them is not examined
 * further.
 */
const MAY_BE =
  /(?:^|\n)[\s>*+•-]{0,12}(?:[*_`(]{0,3}[Aa][.):*_]|\[[ xX]\]\s|\([ xX]?\)\s)|\b(?:answers?|solutions?|correct|antwort|lösung|réponse|respuesta)\b/i

/** Matches JSON, and XML or pages of HTML; Markdown may begin with a tag, too. */
const OTHER_LANGUAGE = /^\s*(?:\{|<(?!details|summary|p\b|div|h\d|a\b|img|center|br|!--))/i

const examIn = (text: string): Exam | undefined =>
  OTHER_LANGUAGE.test(text) || !MAY_BE.test(text) ? undefined : examQuestions(text)

/**
 * Notes with a few questions at their end are notes: at least half of the lines must belong to questions.
 * Without any key, such as in a licence with lettered lists, there must be question marks.
 */
function isExam(exam: Exam | undefined): boolean {
  if (!exam) return false
  const { questions, lines, covered } = exam
  const asking = questions.filter(({ stem }) => /[?？]/.test(stem)).length
  const isAsking = asking > 2 && asking * 2 >= questions.length
  return (questions.some(isSure) || isAsking) && covered * 2 >= lines
}

const isSure = ({ key, isAsked }: ExamQuestion) => key !== undefined && isAsked

function readExam(text: string, into: Intake): void {
  const exam = examQuestions(text)
  takeAll(exam, into)
  for (const one of proseBeside(exam.all, claimedBy(exam))) leaveProse(one, into)
}

function takeAll(exam: Exam, into: Intake): void {
  for (const { begin } of exam.open)
    into.leaveOut(exam.all[begin]?.number ?? 1, 'there are no answers to choose from')
  for (const { line, number } of exam.spare)
    into.leaveOut(line, `it names the answer to question ${number}, which is not found in this file`)
  const isClear = isMostlyAsked(exam)
  for (const question of exam.questions)
    if (question.isAsked || isClear) readQuestion(question, into)
    else into.leaveOut(question.line, TO_DO)
}

/** In such an exam, a question without a question mark is a question all the same. */
const isMostlyAsked = ({ questions }: Exam) =>
  questions.filter(({ isAsked }) => !isAsked).length <= questions.filter(isSure).length

const TO_DO = 'it may be a list of things to do: it has no question mark, and no line names the answer'

export function leaveProse({ line, text, lines }: Prose, into: Intake): void {
  const begin = text.length > 60 ? `${text.slice(0, 59)}…` : text
  into.leaveOut(line, `text beside the questions: "${begin}"${lines > 1 ? `, ${lines} lines` : ''}`)
}

function claimedBy({ questions, open, lists }: Pick<Exam, 'questions' | 'open' | 'lists'>): Set<number> {
  const claimed = new Set<number>()
  for (const { begin, end } of [...questions.map(({ place }) => place), ...open, ...lists])
    for (let i = begin; i < end; i++) claimed.add(i)
  return claimed
}

export interface Sorted {
  readonly found: QuestionFile | undefined
  /** Undefined if nothing is left to look up. */
  readonly notes: Notes | undefined
}

export interface Notes {
  /** The file without the questions. */
  readonly file: SourceFile
  /** Lines of headings that have lost all their text. */
  readonly emptied: ReadonlySet<number>
}

/** Separates the questions in notes from the notes: everything in the file is in exactly one of the two. */
export function apartFromNotes(file: SourceFile): Sorted {
  const exam = examIn(decodeText(file).text)
  if (!exam || !(isExam(exam) || exam.questions.some(isSure)))
    return { found: undefined, notes: { file, emptied: new Set() } }
  const isWhole = isExam(exam) && isMostlyAsked(exam)
  const taken = isWhole ? exam : { ...exam, questions: exam.questions.filter(isSure), open: [], spare: [] }
  const claimed = claimedBy(taken)
  const prose = proseBeside(exam.all, claimed)
  let notes: Notes | undefined
  const found = readText(NAME, file, (text, into) => {
    takeAll(taken, into)
    if (!isWhole) for (const one of exam.questions) if (isDoubtful(one)) into.change(one.line, STAYS)
    if (isWhole && isAside(prose, exam)) for (const one of prose) leaveProse(one, into)
    else if (prose.length > 0) {
      const { text: rest, emptied } = notesBeside(text, exam.all, claimed, isWhole)
      notes = { file: { path: file.path, bytes: Buffer.from(rest) }, emptied }
    }
  })
  return { found, notes }
}

const isDoubtful = ({ key, isAsked }: ExamQuestion) => key !== undefined && !isAsked
const STAYS = `it stays with the notes: ${TO_DO}`

/** More questions than a self-test has. */
const MANY = 10

/** A few lines next to many questions, such as how long the exam takes, are not worth looking up. */
const isAside = (prose: readonly Prose[], { questions, lines }: Exam) =>
  questions.length >= MANY && prose.reduce((sum, one) => sum + one.lines, 0) * 10 <= lines

const NUMBERS = ['one', 'two', 'three', 'four', 'five', 'six']

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
