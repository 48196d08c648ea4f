/** A member's own data: name on boards, problem reports, being forgotten. */
import { UserError } from '../../core/errors.js'
import type { Question } from '../../core/model.js'
import { notHere } from '../cards/wording.js'
import type { Deps } from '../deps.js'
import { exportCard, forgetCard } from '../member/own-data.js'
import { action, field } from '../ui/action.js'
import { text } from '../ui/card.js'
import { clean } from '../ui/clean.js'
import { memberIds } from '../ui/ids.js'
import { type QuestionRef, STALE } from '../ui/params.js'
import { inPassing, instead, opening, privately } from '../ui/reply.js'

const NO_NAME =
  'Nothing is stored about you here, so that no board has your name. Once you have answered again, you can hide it on /stats.'

const NO_MENTION =
  'Nothing is stored about you here, so that no podium has your name. Once you have answered, you can choose it on /stats.'

const NO_MEMBER =
  'Answer a question in the channel of your team first: then you are in it, and can have its questions directly.'

const REASONS = [
  'The key is wrong',
  'The question is unclear',
  'It is out of date',
  'There is a slip in the text',
  'Something else',
]

/** The version of a question that a button names; one of version 0.2 names it by id and version. */
async function reportable(
  ref: QuestionRef,
  { questions, store }: Deps,
): Promise<Pick<Question, 'id' | 'version' | 'number'>> {
  const found =
    'number' in ref
      ? (questions.numbered(ref.number) ?? (await store.questionNumbered(ref.number)))
      : await store.question(ref.id, ref.version)
  if (!found) throw new UserError(STALE)
  return found
}

export const memberActions = [
  action(memberIds.hide, {
    async run({ hidden }, caller, deps) {
      if (!(await deps.store.hide(caller, hidden)))
        return instead({ title: 'No name to hide', blocks: [text(NO_NAME)] })
      return instead({
        title: hidden ? 'Your name is hidden' : 'Your name is shown',
        blocks: [
          text(
            hidden
              ? 'Boards say "Hidden member" in its place; you still see yourself.'
              : 'Boards show your name again.',
          ),
        ],
      })
    },
  }),
  action(memberIds.mention, {
    async run({ mentioned }, caller, deps) {
      if (!(await deps.store.allowMention(caller, mentioned)))
        return instead({ title: 'Nothing to change', blocks: [text(NO_MENTION)] })
      return instead({
        title: mentioned ? 'You are mentioned on podiums' : 'You are not mentioned',
        blocks: [
          text(
            mentioned
              ? 'When you are among the first three of a season, the podium notifies you. /stats takes it back.'
              : 'Podiums show your name without notifying you.',
          ),
        ],
      })
    },
  }),
  action(memberIds.directly, {
    async run({ directly }, caller, deps) {
      if (!(await deps.store.askDirectly(caller, directly)))
        return privately({ title: 'Nothing to change', blocks: [text(NO_MEMBER)] })
      return privately({
        title: directly ? 'Questions come as direct messages' : 'No direct messages',
        blocks: [
          text(
            directly
              ? 'From the next question on, each comes to you directly too, and can be answered there. /stats takes it back.'
              : 'The question of the day is in the channel of your team, as for everybody.',
          ),
        ],
      })
    },
  }),
  action(memberIds.exportData, {
    limit: 'export',
    run: async (_params, caller, deps) => privately(await exportCard(caller, deps)),
  }),
  action(memberIds.askToForget, { run: async () => privately(forgetCard()) }),
  action(memberIds.forget, {
    limit: 'deletion',
    async run({ sure }, caller, deps) {
      if (!sure) return instead({ title: 'Kept', blocks: [text('Nothing was deleted.')] })
      const deleted = await deps.store.forgetMember(caller)
      await deps.chats.get(caller.platform)?.forget(caller.workspace, caller.user)
      return inPassing({
        title: deleted ? 'Deleted' : 'Nothing was stored',
        blocks: [
          text(
            deleted
              ? 'Everything stored about you is gone: answers, points, streaks and reports. What was posted in a channel before stays there.'
              : 'There was nothing stored about you.',
          ),
        ],
      })
    },
  }),
  action(memberIds.openReport, {
    opensForm: true,
    async run({ question }, _caller, deps) {
      return opening({
        id: memberIds.sendReport.id({ question: await reportable(question, deps) }),
        title: 'Report a problem',
        submit: 'Send',
        isKept: true,
        fields: [
          {
            kind: 'select',
            name: 'reason',
            label: 'What is wrong',
            options: REASONS.map((label) => ({ value: label, label })),
          },
          { kind: 'text', name: 'detail', label: 'In your own words', long: true, optional: true, max: 1000 },
        ],
      })
    },
  }),
  action(memberIds.sendReport, {
    limit: 'report',
    opener: memberIds.openReport.id,
    async run(params, caller, deps, { form }) {
      const { id: question, version } = await reportable(params.question, deps)
      const reason = field(form, 'reason')
      const detail = clean(field(form, 'detail'))
      if (!REASONS.includes(reason)) throw new UserError('Pick what is wrong from the list.', 'reason')
      if (detail.length > 1000) throw new UserError('Please keep it under 1,000 characters.', 'detail')
      const { platform, workspace, user, name } = caller
      const report = { platform, workspace, user, name, question, version, reason, detail, now: deps.clock() }
      if ((await deps.store.saveReport(report)) === undefined) throw notHere()
      return privately({
        title: 'Thank you',
        blocks: [text('The report is stored for the authors of the questions.')],
      })
    },
  }),
]
