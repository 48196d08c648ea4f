/** Collects the results of a format's reader while it goes through a file. */
import type { Warning } from '../notes.js'
import { decodeText, tooLarge } from './decode.js'
import type { FoundQuestion, FoundTopic, QuestionFile, SourceFile } from './format.js'
import type { Built } from './item.js'
import { oneLine, tidy } from './tidy.js'

/** The maximum of questions and topics together in a file. */
const MAX_ITEMS = 2000
/** The maximum of messages of each kind about a file; nobody reads as many. */
const MAX_MESSAGES = 2000

export type About = Pick<FoundQuestion, 'explanation' | 'group' | 'name'>

export interface Intake {
  /** Takes the question, or reports why it cannot be taken. `dropped`: what its texts have lost. */
  take(line: number, built: Built, about: About, dropped?: readonly string[]): void
  takeTopic(topic: FoundTopic, dropped?: readonly string[]): void
  leaveOut(line: number, message: string): void
  change(line: number, message: string): void
  /** The following items belong to this part of the file, such as a sheet. */
  enter(part: string): void
  result(): QuestionFile
}

function intake(format: string): Intake {
  const questions: FoundQuestion[] = []
  const topics: FoundTopic[] = []
  const [leftOut, changed]: [Warning[], Warning[]] = [[], []]
  let part = ''
  const tell = (list: Warning[], line: number, message: string) =>
    list.push({ line, message: part === '' ? message : `${part}: ${message}` })
  /** The place of each question, by its whole content. */
  const seen = new Map<string, string>()
  const surplus: number[] = []
  const isFull = (line: number) => {
    const full = questions.length + topics.length >= MAX_ITEMS
    if (full) surplus.push(line)
    return full
  }
  const lose = (line: number, dropped: readonly string[]) => {
    for (const what of new Set(dropped)) tell(changed, line, `${what} is left out`)
  }
  return {
    take(line, built, { explanation, group, name }, dropped = []) {
      const same = 'reason' in built ? undefined : seen.get(JSON.stringify(built.item))
      if ('reason' in built) tell(leftOut, line, withDropped(built.reason, dropped))
      else if (same !== undefined) tell(leftOut, line, `it is the same question as in ${same}`)
      else if (!isFull(line)) {
        seen.set(JSON.stringify(built.item), `line ${line}${part === '' ? '' : ` of ${part}`}`)
        const whole = tidy([explanation, ...built.moved].join('\n\n'))
        questions.push({
          line,
          item: built.item,
          explanation: whole,
          group: oneLine(group),
          name: oneLine(name),
        })
        for (const message of built.changed) tell(changed, line, message)
        lose(line, dropped)
      }
    },
    takeTopic(topic, dropped = []) {
      if (isFull(topic.line)) return
      topics.push(topic)
      lose(topic.line, dropped)
    },
    leaveOut: (line, message) => tell(leftOut, line, message),
    change: (line, message) => tell(changed, line, message),
    enter(name) {
      part = name
    },
    result() {
      const [first] = surplus
      const rest = `${surplus.length} more from here on: at most ${MAX_ITEMS} of a file are taken; split it up`
      if (first !== undefined) leftOut.push({ line: first, message: rest })
      if (questions.length + topics.length + leftOut.length === 0)
        leftOut.push({ line: 1, message: 'there is no question in the file' })
      return {
        format,
        questions,
        leftOut: told(leftOut),
        changed: told(changed),
        ...(topics.length > 0 && { topics }),
      }
    },
  }
}

/** An answer that was only a picture has no text now, so the reason includes what was dropped. */
function withDropped(reason: string, dropped: readonly string[]): string {
  const lost = [...new Set(dropped)].join(', ')
  return lost === '' ? reason : `${reason} (left out: ${lost})`
}

/** By their lines; the last one counts those that are too many. */
function told(warnings: readonly Warning[]): readonly Warning[] {
  const sorted = warnings.toSorted((a, b) => a.line - b.line)
  const first = sorted[MAX_MESSAGES]
  if (first === undefined) return sorted
  const message = `${sorted.length - MAX_MESSAGES} more messages like these, from here on`
  return [...sorted.slice(0, MAX_MESSAGES), { line: first.line, message }]
}

/** Reads the text of a file, if it can be read at all, and reports what was lost in decoding. */
export function readText(
  format: string,
  file: SourceFile,
  read: (text: string, into: Intake) => void,
): QuestionFile {
  return readInto(format, file, (into) => {
    const { text, changed } = decodeText(file)
    for (const { line, message } of changed) into.change(line, message)
    read(text, into)
  })
}

/** Reads a file that is not text, unless it is too large. */
export function readInto(format: string, file: SourceFile, read: (into: Intake) => void): QuestionFile {
  const into = intake(format)
  const large = tooLarge(file)
  if (large === undefined) read(into)
  else into.leaveOut(1, large)
  return into.result()
}
