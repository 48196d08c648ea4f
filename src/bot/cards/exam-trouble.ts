/** Why there is no mock exam, and what to do. */
import { UserError } from '../../core/errors.js'
import type { ExamSize } from '../../core/exam.js'
import { sentence } from '../../core/text.js'
import { count } from './wording.js'

/** `name`: an exam for which the pack has too little information. */
export function noExam(pack: string, name: string | undefined): UserError {
  const lacks =
    name === undefined
      ? sentence`"${pack}" prepares for no exam`
      : sentence`"${pack}" does not say how many questions and minutes ${name} has`
  return new UserError(
    `${lacks}, so there is no mock exam. Whoever runs Cohort can add that under exams: in its pack.yaml (items and minutes). /quiz is open meanwhile.`,
  )
}

export function tooFewForExam(name: string, available: number, sizes: readonly ExamSize[]): UserError {
  const needed = sizes.map(
    ({ length, items }) => `${length === 'full' ? 'a full one' : 'a short one'} has ${items}`,
  )
  return new UserError(
    sentence`${count(available, 'question')} of this pack fit ${name}, and ${needed.join(', ')}: too few for a mock exam. /quiz practises with those that there are.`,
  )
}
