/** The cards for an admin about a file of questions: what was found in it, and what happens to that. */

import type { FoundQuestion, QuestionFile } from '../../content/formats/format.js'
import { TAKEN } from '../../content/formats/unknown.js'
import type { Warning } from '../../content/notes.js'
import type { AuthoredItem, Team } from '../../core/model.js'
import { isolated, sentence, short, type Text } from '../../core/text.js'
import { MOST_OF_TEAM } from '../ports/imports.js'
import {
  type Block,
  bold,
  button,
  buttons,
  type Card,
  type FileBlock,
  type Form,
  fields,
  letters,
  note,
  text,
} from '../ui/card.js'
import { importIds } from '../ui/ids.js'
import { isLong, reportFile, shownLines } from './lines.js'
import { count } from './wording.js'

export function importForm(): Form {
  return {
    id: importIds.send.id({}),
    title: 'Import questions',
    submit: 'Read it',
    intro: [text('You see what was found before anything is taken.'), note(TAKEN)],
    fields: [{ kind: 'file', name: 'file', label: 'File of questions', hint: 'One file, at most 5 MB' }],
  }
}

export function readingCard(name: string): Card {
  return {
    title: 'Reading your file',
    blocks: [text(sentence`${name} is being read. What was found comes next.`)],
  }
}

/** The contents of a file; `same`: questions that the team already has. */
export interface Found {
  readonly name: string
  readonly file: QuestionFile
  readonly same: number
}

const STEM = 200

/**
 * Asks whether to take what was found. `kept`: the id under which it waits. `aside`: how many are about none
 * of the topics that the team is asked about.
 */
export function foundCard(found: Found, kept: string, team: Team, aside: number): Card {
  const n = found.file.questions.length
  return {
    title: sentence`${count(n, 'question')} in ${short(found.name, 60)}`,
    blocks: [
      ...reportBlocks(found),
      text(
        sentence`${n === 1 ? 'It is' : 'They are'} asked in ${team.name} from the next round on, labelled “imported”. Nothing is stored before you say so.`,
      ),
      ...asideNote(aside),
      ...takeOrCancel(n, kept, team),
    ],
  }
}

const takeOrCancel = (n: number, kept: string, team: Team) =>
  buttons(
    button(importIds.take.id({ kept, team: team.id }), `Take ${count(n, 'question')}`, 'primary'),
    button(importIds.cancel.id({ kept }), 'Cancel'),
  )

const asideNote = (n: number): Block[] =>
  n === 0
    ? []
    : [
        note(
          `Your team is asked about chosen topics only, and ${count(n, 'question')} of these ${n === 1 ? 'is' : 'are'} about none of them. /team setup with all topics asks them too.`,
        ),
      ]

/** The most options in a menu on the narrowest platform. */
const MENU = 25

/** Asks which team gets the questions, if the file was not sent in the channel of a team. */
export function whichTeamCard(found: Found, kept: string, teams: readonly Team[]): Card {
  const n = found.file.questions.length
  return {
    title: sentence`${count(n, 'question')} in ${short(found.name, 60)}`,
    blocks: [
      ...reportBlocks(found),
      text('Which team gets them? You are asked once more before anything is stored.'),
      {
        ...{
          kind: 'select',
          id: importIds.chooseTeam.id({ kept }),
          label: 'Choose the team',
          min: 1,
          max: 1,
        },
        options: teams.slice(0, MENU).map(({ id, name }) => ({ value: String(id), label: short(name, 60) })),
      },
      ...(teams.length > MENU ? [note('For another team, send the file in its channel: /team import.')] : []),
      ...buttons(button(importIds.cancel.id({ kept }), 'Cancel')),
    ],
  }
}

export function lastQuestionCard(name: string, n: number, kept: string, team: Team, aside: number): Card {
  return {
    title: sentence`Take ${count(n, 'question')} for ${short(team.name, 60)}?`,
    blocks: [
      text(sentence`They are those of ${name}. They are asked from the next round on, labelled “imported”.`),
      ...asideNote(aside),
      ...takeOrCancel(n, kept, team),
    ],
  }
}

export function nothingFoundCard(found: Found): Card {
  const { same, name, file } = found
  const isAllSame = same > 0 && file.leftOut.length === 0
  return {
    title: isAllSame ? 'Your team has them already' : 'No question could be taken',
    ...(!isAllSame && { outcome: 'trouble' as const }),
    blocks: [
      text(
        isAllSame
          ? sentence`Every question of ${name} is among those of your team. Nothing was changed.`
          : sentence`${name} was read as ${file.format}, and nothing in it can be asked. Nothing was stored.`,
      ),
      ...reportBlocks(found),
    ],
  }
}

function reportBlocks(found: Found): Block[] {
  const { file, same } = found
  const { questions, leftOut, changed, topics = [] } = file
  const [first] = questions
  const [out, taken] = [leftOut.map(lineOf), changed.map(lineOf)]
  return [
    fields({
      Format: file.format,
      ...(questions.length > 0 && { Questions: kindsOf(questions) }),
      ...(same > 0 && { 'Already there': `${count(same, 'question')}, left out` }),
      ...(leftOut.length > 0 && { 'Left out': String(leftOut.length) }),
      ...(changed.length > 0 && { Changed: String(changed.length) }),
      ...(file.attribution !== undefined && { Source: file.attribution }),
    }),
    ...(first ? sample(first) : []),
    ...shownLines('Left out, and why', out),
    ...shownLines('Taken, with a change', taken),
    ...(topics.length > 0 ? [note(cardsNote(topics.length))] : []),
    ...(isLong(out) || isLong(taken) ? [wholeReport(found.name, file.format, out, taken)] : []),
  ]
}

function wholeReport(
  name: string,
  format: string,
  out: readonly string[],
  taken: readonly string[],
): FileBlock {
  const part = (title: string, lines: readonly string[]) => (lines.length === 0 ? [] : [[title, ...lines]])
  const parts = [...part('Left out', out), ...part('Taken, with a change', taken)]
  return reportFile(name, [[`${name}, read as ${format}`], ...parts])
}

const cardsNote = (n: number) =>
  `${count(n, 'card')} without answers to choose from: whoever runs Cohort can make topics of them with cohort pack new.`

const KINDS: Readonly<Record<AuthoredItem['kind'], string>> = {
  choice: 'with one right answer',
  response: 'with several right answers',
  ordering: 'to put in order',
  matching: 'to match',
}

function kindsOf(questions: readonly FoundQuestion[]): string {
  return Object.entries(KINDS)
    .map(([kind, words]) => ({ words, n: questions.filter(({ item }) => item.kind === kind).length }))
    .filter(({ n }) => n > 0)
    .map(({ words, n }) => `${n} ${words}`)
    .join(', ')
}

/** One question as it was read: before taking all, the admin can check that the keys are right. */
function sample({ item }: FoundQuestion): Block[] {
  const stem = text(bold('The first one'), ': ', isolated(short(item.stem, STEM)))
  if (item.kind !== 'choice' && item.kind !== 'response') return [stem]
  const option = ({ text: words, right }: (typeof item.choices)[number]): Text => [
    isolated(short(words, 80)),
    ...(right ? [' ✓'] : []),
  ]
  return [stem, letters(...item.choices.map(option))]
}

const lineOf = ({ line, message }: Warning) => `Line ${line}: ${message}`

export function questionsTakenCard(team: Team, taken: number): Card {
  return {
    title: `${count(taken, 'question')} taken`,
    blocks: [
      text(
        sentence`They are among the questions of ${team.name} from the next round on, labelled “imported”. /team export gives them back as a file.`,
      ),
    ],
  }
}

export function allThereCard(name: string, team: Team): Card {
  return {
    title: 'Your team has them already',
    blocks: [text(sentence`Every question of ${name} is among those of ${team.name}. Nothing was changed.`)],
  }
}

export function fullTeam(team: Team, n: number): string {
  return sentence`${team.name} would have more than ${MOST_OF_TEAM} questions of its own with these ${n}. Retire some, or send a smaller file.`
}

export function notTakenCard(): Card {
  return { title: 'Nothing was taken', blocks: [text('The questions of that file are not kept.')] }
}
