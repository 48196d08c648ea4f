/** `pack review`: lets the operator approve or reject drafts of questions that were made from notes. */
import { existsSync } from 'node:fs'
import path from 'node:path'
import { stringify } from 'yaml'
import type { Config } from '../config.js'
import { packIds, packsFolder } from '../content/data-packs.js'
import { openReview, type Review } from '../content/drafts/decide.js'
import type { Waiting } from '../content/drafts/draft-file.js'
import { question as questionSchema } from '../content/schema.js'
import { check, readYaml } from '../content/yaml.js'
import { UserError } from '../core/errors.js'
import { type Io, pathIn } from '../io.js'
import { draftLines, drafts, stemOf } from './pack-review-words.js'

export interface ReviewOptions {
  readonly list?: boolean
  readonly json?: boolean
  readonly approve?: string
  readonly reject?: string
}

/** Returns exit code 1 if something could not be approved. */
export async function reviewPack(
  id: string,
  { list, json, approve, reject }: ReviewOptions,
  config: Config,
  io: Io,
): Promise<number> {
  const review = await openReview(await folderOf(id, config, io))
  for (const problem of review.problems) io.err(problem)
  if (list || json) return listDrafts(review, json === true, io)
  if (approve === undefined && reject === undefined) return oneByOne(review, io)
  const rejected = named(reject, review)
  const approved = named(approve, review).filter((draft) => !rejected.includes(draft))
  await review.reject(rejected)
  if (reject !== undefined) io.out(`${drafts(rejected.length)} rejected`)
  return approve === undefined ? 0 : approveAll(review, approved, io)
}

async function folderOf(id: string, config: Config, io: Io): Promise<string> {
  const packs = packsFolder(config.COHORT_DATA_DIR)
  // This call undoes an interrupted exchange.
  const ids = await packIds(packs)
  const dir = [path.join(packs, id), path.join(config.CONTENT_DIR, id), pathIn(io, id)].find((folder) =>
    existsSync(path.join(folder, 'pack.yaml')),
  )
  if (dir !== undefined) return path.resolve(dir)
  const there = ids.length === 0 ? 'none was made or added yet' : `there is ${ids.join(', ')}`
  throw new UserError(`there is no pack "${id}"; ${there}. "cohort pack new" makes one of a folder of notes`)
}

function listDrafts(review: Review, json: boolean, { out }: Io): number {
  const waiting = review.waiting()
  if (json) out(JSON.stringify(waiting.map(({ section, value, from }) => ({ section, from, ...value }))))
  else
    for (const line of [...waiting.flatMap((draft) => [...draftLines(draft), '']), summary(review)]) out(line)
  return 0
}

const summary = (review: Review): string => {
  const n = review.waiting().length
  return n === 0 ? `No draft of ${review.id} waits` : `${drafts(n)} of ${review.id} wait${n === 1 ? 's' : ''}`
}

/** Throws a `UserError` for an unknown id before anything is done. */
function named(ids: string | undefined, review: Review): Waiting[] {
  if (ids === undefined) return []
  const waiting = review.waiting()
  if (ids === 'all') return [...waiting]
  return ids
    .split(/[\s,]+/)
    .filter(Boolean)
    .map((id) => {
      const found = waiting.find((draft) => draft.id === id)
      if (found) return found
      throw new UserError(
        `no draft "${id}" waits; "cohort pack review ${review.id} --list" shows those that do`,
      )
    })
}

async function approveAll(review: Review, wanted: readonly Waiting[], io: Io): Promise<number> {
  const faults = await review.approve(wanted)
  for (const fault of faults) io.err(fault)
  io.out(`${drafts(wanted.length - faults.length)} approved. ${ASKED}`)
  return faults.length === 0 ? 0 : 1
}

const ASKED = 'The pack asks them after the next start of Cohort.'

// ---- one by one, at a terminal ------------------------------------------------------------

const KEYS = 'a approve, e edit, r reject, s skip, A approve all that are left of this section, q quit > '

async function oneByOne(review: Review, io: Io): Promise<number> {
  const { ask, out } = io
  const all = review.waiting()
  if (all.length === 0) {
    out(`${summary(review)}. "cohort pack new" makes drafts of notes that explain, tabulate or number things`)
    return 0
  }
  if (!ask)
    throw new UserError(
      'there is no terminal to ask at; use --list, and --approve or --reject with the ids that it shows',
    )
  const counts = { approved: 0, rejected: 0 }
  for (const [i, draft] of all.entries()) {
    if (!isWaiting(review, draft)) continue
    out('')
    out(`${i + 1} of ${all.length}`)
    if (!(await decide(review, draft, counts, ask, io))) break
  }
  out(`${counts.approved} approved, ${counts.rejected} rejected. ${summary(review)}`)
  if (counts.approved > 0) out(ASKED)
  return 0
}

const isWaiting = (review: Review, { id }: Waiting) => review.waiting().some((one) => one.id === id)

type Ask = NonNullable<Io['ask']>

/** Returns false if the person wants to stop. */
async function decide(
  review: Review,
  given: Waiting,
  counts: { approved: number; rejected: number },
  ask: Ask,
  io: Io,
): Promise<boolean> {
  let draft = given
  for (;;) {
    for (const line of draftLines(draft)) io.out(line)
    const key = (await ask(KEYS))?.trim()
    if (key === undefined || key === 'q') return false
    if (key === 's') return true
    if (key === 'a' || key === 'A') {
      const wanted = key === 'a' ? [draft] : await restOf(review, draft, ask, io)
      const faults = await review.approve(wanted)
      for (const fault of faults) io.err(fault)
      counts.approved += wanted.length - faults.length
      if (wanted.length > 0) return true
    } else if (key === 'r') {
      await review.reject([draft])
      counts.rejected++
      return true
    } else if (key === 'e') {
      draft = edited(draft, io)
      await review.change(draft)
    } else io.out('Type one of the letters a, e, r, s, A or q, and Enter')
  }
}

/** Returns the undecided drafts of the section, if the person confirms after seeing them. */
async function restOf(review: Review, { section }: Waiting, ask: Ask, io: Io): Promise<Waiting[]> {
  const rest = review.waiting().filter((one) => one.section === section)
  for (const one of rest) io.out(`  ${stemOf(one)}`)
  const answer = await ask(`Approve ${rest.length === 1 ? 'this one' : `all ${rest.length}`}? yes or no > `)
  return /^y(?:es)?$/i.test(answer?.trim() ?? '') ? rest : []
}

/** Returns the unchanged draft if the edited text is not a valid question. */
function edited(draft: Waiting, { edit, err }: Io): Waiting {
  const { id, ...rest } = draft.value
  const text = edit?.(stringify(rest, { lineWidth: 0 }), `${draft.id}.yaml`)
  if (text === undefined) {
    err('The editor could not be opened; EDITOR names the one that you use')
    return draft
  }
  const told = (line: number, message: string) => err(`line ${line}: ${message}; nothing is changed`)
  const yaml = readYaml(text, 0, told)
  if (!yaml || typeof yaml.value !== 'object' || yaml.value === null) return draft
  const value = { ...yaml.value, id: draft.id }
  return check({ ...yaml, value }, value, questionSchema, [], told) ? { ...draft, value } : draft
}
