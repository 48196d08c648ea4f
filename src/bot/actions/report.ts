/** Problem reports: about one question, or about one of those that a round asked. */
import { UserError } from '../../core/errors.js'
import type { Question, SlotView } from '../../core/model.js'
import { askedIn } from '../cards/asked.js'
import { MAX_DETAIL, REASONS, reportedCard, reportForm, whichQuestion } from '../cards/report.js'
import { notHere } from '../cards/wording.js'
import type { Deps } from '../deps.js'
import type { Caller, FormValues, Reply } from '../ports/chat.js'
import { instantiateRound } from '../rounds/instantiate.js'
import { roundOut } from '../team/access.js'
import { action, field } from '../ui/action.js'
import { clean } from '../ui/clean.js'
import { memberIds } from '../ui/ids.js'
import { type QuestionRef, STALE } from '../ui/params.js'
import { opening, privately } from '../ui/reply.js'

type Reportable = Pick<Question, 'id' | 'version' | 'number'>

/** The version of a question that a button names; a button of version 0.2 names it by id and version. */
async function reportable(ref: QuestionRef, { questions, store }: Deps): Promise<Reportable> {
  const found =
    'number' in ref
      ? (questions.numbered(ref.number) ?? (await store.questionNumbered(ref.number)))
      : await store.question(ref.id, ref.version)
  if (!found) throw new UserError(STALE)
  return found
}

/** The questions of a round; throws a `UserError` for a caller who may not see it. */
async function askedBy(id: number, caller: Caller, deps: Deps): Promise<SlotView[]> {
  return instantiateRound((await roundOut(id, caller, deps)).questions, deps)
}

async function send(
  { id: question, version }: Reportable,
  form: FormValues,
  caller: Caller,
  deps: Deps,
): Promise<Reply> {
  const reason = field(form, 'reason')
  const detail = clean(field(form, 'detail'))
  if (!REASONS.includes(reason)) throw new UserError('Pick what is wrong from the list.', 'reason')
  if (detail.length > MAX_DETAIL) throw new UserError('Please keep it under 1,000 characters.', 'detail')
  const { platform, workspace, user, name } = caller
  const report = { platform, workspace, user, name, question, version, reason, detail, now: deps.clock() }
  const saved = await deps.store.saveReport(report)
  if (saved === undefined) throw notHere()
  const isOwn = deps.questions.question(question)?.origin.kind === 'team'
  return privately(reportedCard(saved, isOwn))
}

export const reportActions = [
  action(memberIds.openReport, {
    opensForm: true,
    run: async ({ question }, _caller, deps) =>
      opening(reportForm(memberIds.sendReport.id({ question: await reportable(question, deps) }))),
  }),
  action(memberIds.sendReport, {
    limit: 'report',
    opener: memberIds.openReport.id,
    run: async ({ question }, caller, deps, { form }) =>
      send(await reportable(question, deps), form, caller, deps),
  }),
  action(memberIds.openRoundReport, {
    opensForm: true,
    async run({ round }, caller, deps) {
      const slots = await askedBy(round, caller, deps)
      return opening(reportForm(memberIds.sendRoundReport.id({ round }), whichQuestion(slots)))
    },
  }),
  action(memberIds.sendRoundReport, {
    limit: 'report',
    opener: memberIds.openRoundReport.id,
    async run({ round }, caller, deps, { form }) {
      const place = field(form, 'question')
      const asked = askedIn(await askedBy(round, caller, deps)).find((_, i) => String(i + 1) === place)
      if (!asked) throw new UserError('Pick the question from the list.', 'question')
      return send(asked.instance.question, form, caller, deps)
    },
  }),
]
