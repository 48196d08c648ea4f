/** Presses on a mock exam: each is stored, and no answer is graded. */
import type { Deps } from '../deps.js'
import { beginExam } from '../exam/begin.js'
import { openExam } from '../exam/open.js'
import { missOf, planned, reportOf } from '../exam/report.js'
import {
  answered,
  askedToHandIn,
  examForm,
  goOnWith,
  handedIn,
  overviewOf,
  ownExam,
  pressed,
} from '../exam/running.js'
import type { Caller } from '../ports/chat.js'
import { type Action, action } from '../ui/action.js'
import type { Card } from '../ui/card.js'
import { examIds } from '../ui/ids.js'
import { pickedNumber } from '../ui/params.js'
import { instead, privately } from '../ui/reply.js'
import { answering } from './answering.js'

const limit = 'answering'

/** An action whose card replaces the one that was pressed. */
function inPlace<P>(draw: (params: P, caller: Caller, deps: Deps) => Promise<Card>) {
  return {
    limit,
    run: async (params: P, caller: Caller, deps: Deps) => instead(await draw(params, caller, deps)),
  } as const
}

export const examActions: readonly Action[] = [
  ...answering({
    ids: examIds,
    limits: { answer: limit, form: limit },
    find: async ({ exam, place, shape }, caller, deps) => ({
      shape,
      record: async (answer) => instead(await answered(exam, place, answer, caller, deps)),
    }),
    async form({ exam, place }, caller, deps) {
      const found = await examForm(exam, place, caller, deps)
      return 'fields' in found ? found : instead(found)
    },
  }),
  action(examIds.open, {
    limit,
    run: async (_params, caller, deps) => privately(await openExam(undefined, caller, deps)),
  }),
  action(examIds.start, inPlace(beginExam)),
  action(
    examIds.show,
    inPlace(({ exam, place }, caller, deps) => pressed(exam, { place, shows: place }, caller, deps)),
  ),
  action(
    examIds.goOn,
    inPlace(({ exam }, caller, deps) => goOnWith(exam, caller, deps)),
  ),
  action(
    examIds.flag,
    inPlace(({ exam, place, on }, caller, deps) =>
      pressed(exam, { place, isFlagged: on, shows: place }, caller, deps),
    ),
  ),
  action(
    examIds.sure,
    inPlace(({ exam, place, confidence }, caller, deps) =>
      pressed(exam, { place, confidence, shows: place }, caller, deps),
    ),
  ),
  action(
    examIds.overview,
    inPlace(({ exam }, caller, deps) => overviewOf(exam, caller, deps)),
  ),
  action(examIds.pick, {
    limit,
    async run({ exam }, caller, deps, { values }) {
      const place = pickedNumber(values)
      return instead(await pressed(exam, { place, shows: place }, caller, deps))
    },
  }),
  action(
    examIds.askToHandIn,
    inPlace(({ exam }, caller, deps) => askedToHandIn(exam, caller, deps)),
  ),
  action(
    examIds.handIn,
    inPlace(({ exam }, caller, deps) => handedIn(exam, caller, deps)),
  ),
  action(
    examIds.report,
    inPlace(async ({ exam: id }, caller, deps) => {
      const exam = await ownExam(id, caller, deps)
      return exam.handedInAt === undefined ? goOnWith(id, caller, deps) : reportOf(exam, caller, deps)
    }),
  ),
  action(
    examIds.miss,
    inPlace(async ({ exam, nth }, caller, deps) =>
      missOf(await ownExam(exam, caller, deps), nth, caller, deps),
    ),
  ),
  action(
    examIds.plan,
    inPlace(async ({ exam }, caller, deps) => planned(await ownExam(exam, caller, deps), caller, deps)),
  ),
]
