/**
 * Prisma's client is the way to the database; raw SQL stands where one statement has to do what the client
 * cannot.
 */
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'

const RAW = {
  'answers, and what is read of them': [
    'answers',
    'settle',
    'regrades',
    'member-answers',
    'learners',
    'linking',
    'item-figures',
    'team-reports',
    'exams',
    'exports',
    'forget',
    'author-points',
  ],
  'questions of teams: acts that hold a question, and what is read of it at once': [
    'taken-imports',
    'team-questions',
    'team-question-rows',
    'team-question-lists',
    'start-asking',
    'asked-questions',
  ],
  'whole packs of questions': ['questions'],
  boards: ['boards', 'snapshots'],
  'claims of work, what moves them, and how much waits': [
    'rounds',
    'deliveries',
    'team-setup',
    'backlog',
    'reminders',
    'purge',
    'seen-deliveries',
    'sweep',
    'editions',
  ],
  'the database itself: connections, locks, migrations, copies, sequences': [
    'sql',
    'open',
    'embedded',
    'cluster-locks',
    'migrate',
    'move',
    'restored',
  ],
}
/** What asks the server about itself. */
const ELSEWHERE = [/^cli\/doctor-database\.ts$/, /^generated\//]

const STATEMENT = /\$(?:query|execute)Raw|\.query[<(]|\brows[<(](?!\))/

const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.ts') && !ELSEWHERE.some((pattern) => pattern.test(file)),
)
const isRaw = (file: string) => STATEMENT.test(readFileSync(path.join('src', file), 'utf8'))

it('raw SQL stands in the files of answers, questions of teams, whole packs, boards, claims and the database itself', () => {
  const allowed = Object.values(RAW).flat()
  expect(
    files
      .filter((file) => file.startsWith('store/') && isRaw(file))
      .map((file) => path.basename(file, '.ts'))
      .sort(),
  ).toEqual(allowed.sort())
})

it('nothing but the store writes SQL', () => {
  const outside = files.filter(
    (file) =>
      !file.startsWith('store/') && readFileSync(path.join('src', file), 'utf8').includes("from 'pg'"),
  )
  expect(outside).toEqual([])
})
