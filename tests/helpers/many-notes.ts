/** A folder of notes as large as asked for: what a long-lived vault or a site of documents holds. */
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { SourceFile } from '../../src/content/formats/format.js'

export interface Size {
  readonly files: number
  /** Of all files together, about. */
  readonly bytes: number
  /** In files of questions beside the notes. */
  readonly questions: number
}

const QUESTIONS_A_FILE = 50

/** One after another, as text. */
export function* manyNotes({ files, bytes, questions }: Size): Generator<SourceFile> {
  const banks = Math.ceil(questions / QUESTIONS_A_FILE)
  const notes = files - banks
  for (let i = 0; i < notes; i++) {
    const folder = `${String(1 + (i % 20)).padStart(2, '0')}-part-${i % 20}`
    yield { path: `${folder}/note-${i}.md`, bytes: Buffer.from(note(i, notes, bytes / files)) }
  }
  for (let i = 0; i < banks; i++)
    yield {
      path: `questions/bank-${i}.txt`,
      bytes: Buffer.from(bank(i, Math.min(QUESTIONS_A_FILE, questions))),
    }
}

export function writeNotes(dir: string, size: Size): void {
  for (const { path: file, bytes } of manyNotes(size)) {
    mkdirSync(path.join(dir, path.dirname(file)), { recursive: true })
    writeFileSync(path.join(dir, file), bytes)
  }
}

function note(i: number, all: number, bytes: number): string {
  const parts = [
    `---\ntags: [part-${i % 20}]\n---\n# Service ${i}\n\nWhat service ${i} is for, and who asks for it.\n\n`,
  ]
  for (let n = 0, size = 0; n === 0 || size < bytes * 0.7; n++) {
    const part = section(i, n, all)
    parts.push(part)
    size += part.length
  }
  return parts.join('')
}

/** Of about five kilobytes: two of them a file, where a file has ten. */
function section(i: number, n: number, all: number): string {
  const facts = Array.from({ length: 7 }, (_, k) => facet(i, n * 7 + k, all))
  return `## ${n === 0 ? 'Overview' : `Part ${n} of service ${i}`}\n\n${facts.join('')}`
}

function facet(i: number, n: number, all: number): string {
  return `It keeps **part ${n}** of what others send, and answers with \`code-${n}\` where it can, see [[Service ${(i + 1) % all}]] or [the next](note-${i}.md#overview).
The second line goes on about limits, costs and the like, in words that nobody has to remember for long.

- The first fact says that service ${i} is *regional*, not zonal.
- The second fact says what happens when a zone fails:
  - the other zones go on,
  - and nothing is lost.

| Limit | Value |
|---|---|
| Requests a second | ${n * 100} |
| Size of a request | ${n} MB |

1. Make a role.
2. Give it to the service.
   \`\`\`sh
   service create --name s${i} --part ${n}
   \`\`\`
3. Look at the log, where $a_${n} * b$ says how much was used.

`
}

function bank(file: number, count: number): string {
  return Array.from(
    { length: count },
    (_, i) =>
      `Which part does service ${file} keep for the request number ${i}?\nA. The part that is number ${i}\nB. Another part of it\nC. None that anybody has seen\nD. What stands in bank ${file}\nANSWER: ${'ABCD'[i % 4]}\n`,
  ).join('\n')
}
