/**
 * A round of five questions, each of the longest texts, full of what platforms escape: its reveal is long.
 */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { filled } from './worst-content.js'

const QUESTIONS = [1, 2, 3, 4, 5]
const SOURCES = { notes: [1], aws: ['The long book'], checked: '2026-11-01' }

/** A folder with a pack of just these questions. */
export function longContent(choices = 4): string {
  const dir = mkdtempSync(path.join(tmpdir(), 'cohort-long-'))
  const section = path.join(dir, 'long', '01-long')
  mkdirSync(section, { recursive: true })
  const pack = { title: 'Long', exam: 'L-1', domains: [{ number: 1, title: 'Long', weight: 100 }] }
  writeFileSync(
    path.join(dir, 'long', 'pack.yaml'),
    JSON.stringify({ ...pack, sections: [{ id: '01-long', number: 1, title: 'Long' }] }),
  )
  const topic = { title: 'Length', summary: 'How long a text is.', sources: SOURCES }
  writeFileSync(
    path.join(section, 'length.md'),
    `---\n${JSON.stringify(topic)}\n---\n- A text is long.\n\n## Exam tips\n- Read on.\n`,
  )
  writeFileSync(
    path.join(section, 'length.questions.yaml'),
    JSON.stringify(QUESTIONS.flatMap((n) => [question(n, 'a', choices), question(n, 'b', choices)])),
  )
  return dir
}

const question = (n: number, version: string, choices: number) => ({
  ...{
    id: `long-${n}${version}`,
    kind: 'choice',
    topics: ['length'],
    concept: `length-${n}`,
    difficulty: 2,
    domain: 1,
    task: '1.1',
  },
  stem: filled(`Stem ${n} `, 900),
  choices: Array.from({ length: choices }, (_, i) => ({
    text: filled(`Choice ${n}${i} `, 240),
    ...(i === 0 && { right: true }),
    why: filled(`Reason ${n}${i} `, 320),
  })),
  misconception: filled(`Mistake ${n} `, 320),
  sources: SOURCES,
})

/** What the reveal must tell, on whichever page: in whatever order the round has the questions. */
export const TOLD = [
  ...QUESTIONS.flatMap((n) => [`Question ${n}`, `Reason ${n}0`, `Mistake ${n}`]),
  'This season so far',
  'Ann',
]
