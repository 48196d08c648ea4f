/**
 * Imports questions of a file from an admin: they are read in a separate thread, shown, and taken only after
 * a confirmation.
 */
import { explained } from '../../content/formats/explanation.js'
import type { FoundQuestion, QuestionFile } from '../../content/formats/format.js'
import { Over, UserError } from '../../core/errors.js'
import type { Team } from '../../core/model.js'
import {
  allThereCard,
  foundCard,
  fullTeam,
  importForm,
  lastQuestionCard,
  nothingFoundCard,
  notTakenCard,
  questionsTakenCard,
  whichTeamCard,
} from '../cards/import.js'
import { noTeam, notHere } from '../cards/wording.js'
import type { Deps } from '../deps.js'
import type { Caller } from '../ports/chat.js'
import type { KeptImport } from '../ports/imports.js'
import type { Upload } from '../ports/upload.js'
import type { Card, Form } from '../ui/card.js'
import { clean } from '../ui/clean.js'
import { checkAdmin } from './control.js'
import { askedAs, onlyNew, topicFinder, written } from './imported-questions.js'
import { reachableTeam, reachableTeams } from './reach.js'

const TOO_MUCH =
  'That file took too long to read, so it was given up and nothing was stored. Split it, or export it in another format, such as GIFT or CSV.'
const NOT_KEPT =
  'The questions of that file are no longer kept: they were taken, or left, or a day has passed. /team questions shows what your team has; if they are not there, send the file again with /team import.'

export async function openImport(caller: Caller, deps: Deps): Promise<Form> {
  await checkAdmin(caller)
  await teamsFor(caller, deps)
  return importForm()
}

/** Checks that the sender may import before anything of the file is fetched. */
export async function readImport(upload: Upload, caller: Caller, deps: Deps): Promise<Card> {
  await checkAdmin(caller)
  const teams = await teamsFor(caller, deps)
  const reading = await deps.files.read(upload)
  switch (reading.kind) {
    case 'too-much':
      throw new UserError(TOO_MUCH)
    case 'unknown':
      throw new UserError(reading.why)
    case 'read':
      return report(nameOf(upload), withReasons(reading.file), teams, caller, deps)
  }
}

const MAX_NAME = 100
const nameOf = ({ name }: Upload) =>
  clean(name).replace(/\s+/g, ' ').slice(0, MAX_NAME).toWellFormed() || 'your file'

/** Makes an explanation of a whole question the reason of its key; a loss is reported. */
function withReasons(file: QuestionFile): QuestionFile {
  const all = file.questions.map((question) => ({
    question,
    ...explained(question.item, question.explanation),
  }))
  const lost = all.flatMap(({ question, lost: why }) =>
    why === '' ? [] : [{ line: question.line, message: `its explanation ${why}` }],
  )
  return {
    ...file,
    questions: all.map(({ question, item }) => ({ ...question, item, explanation: '' })),
    changed: [...file.changed, ...lost].toSorted((a, b) => a.line - b.line),
  }
}

async function report(
  name: string,
  file: QuestionFile,
  teams: readonly Team[],
  caller: Caller,
  deps: Deps,
): Promise<Card> {
  const [only, ...others] = teams
  const team = others.length === 0 ? only : undefined
  const questions = team ? await newTo(team, file.questions, deps) : onlyNew(file.questions, [])
  const found = { name, file: { ...file, questions }, same: file.questions.length - questions.length }
  if (questions.length === 0) return nothingFoundCard(found)
  const kept = await deps.store.keepImport(caller, { name, format: file.format, questions }, deps.clock())
  if (kept === undefined) throw notHere()
  return team ? foundCard(found, kept, team, aside(team, questions, deps)) : whichTeamCard(found, kept, teams)
}

async function newTo(team: Team, questions: readonly FoundQuestion[], { store }: Deps) {
  return onlyNew(questions, await store.questionsOfTeam(team.id))
}

/** The number of questions that are about none of the topics that the team is asked about. */
function aside(team: Team, questions: readonly FoundQuestion[], { packs }: Deps): number {
  const topicsOf = topicFinder(packs.preparing(team))
  const isAsked = (group: string) => topicsOf(group).some((topic) => team.topics.includes(topic))
  return team.topics.length === 0 ? 0 : questions.filter(({ group }) => !isAsked(group)).length
}

/** The team of the channel; elsewhere all that the admin sees. Throws a `UserError` if there is none. */
async function teamsFor(caller: Caller, deps: Deps): Promise<readonly Team[]> {
  const here = await deps.store.teamIn(caller)
  if (here) return [here]
  const { teams } = await reachableTeams(caller, deps)
  if (teams.length === 0) throw noTeam(false)
  return teams.map(({ team }) => team)
}

/** Asks for confirmation, in place of the menu of teams. */
export async function chooseTeam(kept: string, id: number, caller: Caller, deps: Deps): Promise<Card> {
  await checkAdmin(caller)
  const { team } = await reachableTeam(id, caller, deps)
  const { name, questions } = await keptImport(kept, caller, deps)
  const left = await newTo(team, questions, deps)
  if (left.length === 0) return allThereCard(name, team)
  return lastQuestionCard(name, left.length, kept, team, aside(team, left, deps))
}

async function keptImport(kept: string, caller: Caller, deps: Deps): Promise<KeptImport> {
  const found = await deps.store.keptImport(caller, kept, deps.clock())
  if (!found) throw new Over(NOT_KEPT)
  return found
}

/** Takes the questions. If it is pressed twice, only the press that deletes the waiting file takes them. */
export async function takeImport(kept: string, id: number, caller: Caller, deps: Deps): Promise<Card> {
  await checkAdmin(caller)
  const { team } = await reachableTeam(id, caller, deps)
  const { name, questions } = await keptImport(kept, caller, deps)
  const topicsOf = topicFinder(deps.packs.preparing(team))
  const done = await deps.store.takeImport(caller, kept, {
    ...{ team: team.id, pack: team.pack, now: deps.clock() },
    // Another file may have added some of them meanwhile.
    questions: (known) => onlyNew(questions, known).map((question) => written(question, name, topicsOf)),
    asked: (question, content) => askedAs(team, question, content),
  })
  if (done === undefined) throw new Over(NOT_KEPT)
  if (done.isFull) throw new UserError(fullTeam(team, done.questions))
  if (done.questions === 0) return allThereCard(name, team)
  await deps.questions.catchUp()
  deps.log.info({ team: team.id, questions: done.questions }, 'questions imported')
  return questionsTakenCard(team, done.questions)
}

export async function cancelImport(kept: string, caller: Caller, deps: Deps): Promise<Card> {
  await keptImport(kept, caller, deps)
  await deps.store.dropFormDraft(caller, kept)
  return notTakenCard()
}
