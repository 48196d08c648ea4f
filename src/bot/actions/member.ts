/** A member's own data: name on boards, problem reports, being forgotten. */
import { UserError } from '../../core/errors.js'
import type { Question } from '../../core/model.js'
import { notHere } from '../cards/voice.js'
import type { Deps } from '../deps.js'
import { exportCard, forgetCard } from '../member/own-data.js'
import { type Action, encode, encodeQuestion, field, questionNumber, STALE, word } from '../ui/action.js'
import { text } from '../ui/card.js'
import { clean } from '../ui/clean.js'
import { inPassing, instead, opening, privately } from '../ui/reply.js'

const NO_NAME = 'Nothing is stored about you here, so that no board has your name. Once you have answered again, you can hide it on /stats.'

const hide: Action = {
  name: 'hide',
  opensForm: false,
  async run(params, _input, caller, deps) {
    const hidden = word(params, 0) === 'yes'
    if (!(await deps.store.hide(caller, hidden))) return instead({ title: 'No name to hide', blocks: [text(NO_NAME)] })
    return instead({
      title: hidden ? 'Your name is hidden' : 'Your name is shown',
      blocks: [text(hidden ? 'Boards say "Hidden member" in its place; you still see yourself.' : 'Boards show your name again.')],
    })
  },
}

const forget: Action = {
  name: 'forget',
  opensForm: false,
  limit: 'deletion',
  async run(params, _input, caller, deps) {
    if (word(params, 0) !== 'yes') return instead({ title: 'Kept', blocks: [text('Nothing was deleted.')] })
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
}

export const REASONS = ['The key is wrong', 'The question is unclear', 'It is out of date', 'There is a slip in the text', 'Something else']

/** The version of a question that a button names; one of version 0.2 names it by id and version. */
async function reportable(params: readonly string[], { bank, store }: Deps): Promise<Pick<Question, 'id' | 'version' | 'number'>> {
  const number = questionNumber(params, 0)
  const found =
    number === undefined
      ? await store.question(word(params, 0), word(params, 1))
      : (bank.questionNumbered(number) ?? (await store.questionNumbered(number)))
  if (!found) throw new UserError(STALE)
  return found
}

const report: Action = {
  name: 'report',
  opensForm: true,
  async run(params, _input, _caller, deps) {
    return opening({
      id: encode('reported', encodeQuestion(await reportable(params, deps))),
      title: 'Report a problem',
      submit: 'Send',
      fields: [
        { kind: 'select', name: 'reason', label: 'What is wrong', options: REASONS.map((label) => ({ value: label, label })) },
        { kind: 'text', name: 'detail', label: 'In your own words', long: true, optional: true, max: 1000 },
      ],
    })
  },
}

const reported: Action = {
  name: 'reported',
  opensForm: false,
  limit: 'report',
  async run(params, input, caller, deps) {
    const { id: question, version } = await reportable(params, deps)
    const reason = field(input.form, 'reason')
    const detail = clean(field(input.form, 'detail'))
    if (!REASONS.includes(reason)) throw new UserError('Pick what is wrong from the list.')
    if (detail.length > 1000) throw new UserError('Please keep it under 1,000 characters.')
    const { platform, workspace, user, name } = caller
    const report = { platform, workspace, user, name, question, version, reason, detail, now: deps.clock() }
    if ((await deps.store.saveReport(report)) === undefined) throw notHere()
    return privately({ title: 'Thank you', blocks: [text('The report is stored for the authors of the questions.')] })
  },
}

const myData: Action = {
  name: 'mydata',
  opensForm: false,
  limit: 'export',
  run: async (_params, _input, caller, deps) => privately(await exportCard(caller, deps)),
}

const forgetMe: Action = {
  name: 'forgetme',
  opensForm: false,
  run: async () => privately(forgetCard()),
}

export const memberActions = [hide, forget, forgetMe, myData, report, reported]
