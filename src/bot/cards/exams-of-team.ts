/** A team whose exam is no longer held. */
import type { Exam, Team } from '../../core/model.js'
import { sentence } from '../../core/text.js'
import { type Block, button, buttons, type Card, text } from '../ui/card.js'
import { teamIds } from '../ui/ids.js'
import { shortCode } from '../ui/params.js'
import { type Lack, lackInWords } from './trouble.js'

interface Held {
  readonly old: Exam
  readonly next: Exam
}

/** The card for the channel. */
export function newExamCard(team: Team, held: Held): Card {
  const { old, next } = held
  const since = old.until === undefined ? 'is no longer held' : `was last held on ${old.until}`
  return {
    title: sentence`${old.name} has become ${next.name}`,
    blocks: [
      text(
        sentence`${old.name} ${since}, and ${team.name} still prepares for it. With ${next.name} the questions, practice, the mock exam and readiness follow the new exam; points, streaks and what everybody remembers stay. An admin can switch here, and later with /team setup.`,
      ),
      ...successorButtons(team, held),
    ],
  }
}

/** The buttons for the admins of the team. */
export function successorButtons({ id: team }: Team, { old, next }: Held): Block[] {
  return buttons(
    button(
      teamIds.chooseExam.id({ team, exam: shortCode(next.id) }),
      sentence`Switch to ${next.name}`,
      'primary',
    ),
    button(teamIds.chooseExam.id({ team, exam: shortCode(old.id) }), sentence`Stay with ${old.name}`),
  )
}

export function chosenExamCard(team: Team, exam: Exam, lack: Lack | undefined): Card {
  return {
    title: sentence`${team.name} prepares for ${exam.name}`,
    blocks: [
      text(sentence`The next question is one for ${exam.name}. /team setup changes that at any time.`),
      ...(lack ? [text(lackInWords(lack), ' Pick others with /team setup.')] : []),
    ],
  }
}
