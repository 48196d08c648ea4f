/** Questions that members write: the form, the queue, and a member's own questions. */
import { allow, ofMessage } from '../authoring/of-message.js'
import {
  allQuestions,
  ownQuestions,
  retire,
  setLeadApproves,
  showQuestion,
  withdraw,
} from '../authoring/own.js'
import { approve, openReject, reject, reviewNext } from '../authoring/review.js'
import { openChange, openWrite, saveAnyway, saveWritten } from '../authoring/write.js'
import { action } from '../ui/action.js'
import { authoringIds, topicIds } from '../ui/ids.js'
import { pickedNumber } from '../ui/params.js'
import { instead, opening, privately } from '../ui/reply.js'
import { titleOf } from './look-up.js'

export const authoringActions = [
  action(authoringIds.open, {
    opensForm: true,
    run: async ({ team }, caller, deps) => opening(await openWrite(caller, deps, team)),
  }),
  action(topicIds.write, {
    opensForm: true,
    run: async ({ topics }, caller, deps) =>
      opening(await openWrite(caller, deps, undefined, { topic: await titleOf(topics, caller, deps) })),
  }),
  action(authoringIds.openChange, {
    opensForm: true,
    run: async ({ question, version }, caller, deps) =>
      opening(await openChange(question, version, caller, deps)),
  }),
  action(authoringIds.save, {
    opener: authoringIds.open.id,
    run: async (target, caller, deps, { form }) => privately(await saveWritten(target, form, caller, deps)),
  }),
  action(authoringIds.change, {
    opener: authoringIds.openChange.id,
    run: async (target, caller, deps, { form }) => privately(await saveWritten(target, form, caller, deps)),
  }),
  action(authoringIds.saveAnyway, {
    run: async ({ draft }, caller, deps) => instead(await saveAnyway(draft, caller, deps)),
  }),
  action(authoringIds.next, {
    run: async ({ team, after }, caller, deps) => instead(await reviewNext(caller, deps, team, after)),
  }),
  action(authoringIds.approve, {
    run: async ({ question, version }, caller, deps) =>
      instead(await approve(question, version, caller, deps)),
  }),
  action(authoringIds.openReject, {
    opensForm: true,
    run: async ({ question, version }, caller, deps) =>
      opening(await openReject(question, version, caller, deps)),
  }),
  action(authoringIds.reject, {
    opener: authoringIds.openReject.id,
    run: async ({ question, version }, caller, deps, { form }) =>
      privately(await reject(question, version, form, caller, deps)),
  }),
  action(authoringIds.withdraw, {
    run: async ({ question, version }, caller, deps) =>
      instead(await withdraw(question, version, caller, deps)),
  }),
  action(authoringIds.retire, {
    run: async (which, caller, deps) => instead(await retire(which, caller, deps)),
  }),
  action(authoringIds.own, {
    run: async (_params, caller, deps) => instead(await ownQuestions(caller, deps)),
  }),
  action(authoringIds.ownPage, {
    run: async ({ offset }, caller, deps) => instead(await ownQuestions(caller, deps, offset)),
  }),
  action(authoringIds.all, {
    run: async ({ team }, caller, deps) =>
      instead(await allQuestions(caller, deps, { team, list: 'all', offset: 0 })),
  }),
  action(authoringIds.allPage, {
    run: async (listed, caller, deps) => instead(await allQuestions(caller, deps, listed)),
  }),
  action(authoringIds.show, {
    run: async (_params, caller, deps, { values }) =>
      instead(await showQuestion(pickedNumber(values), caller, deps)),
  }),
  action(authoringIds.showOne, {
    run: async ({ question }, caller, deps) => instead(await showQuestion(question, caller, deps)),
  }),
  action(authoringIds.ofMessage, {
    opensForm: true,
    async run(_params, caller, deps, { form }) {
      const answer = await ofMessage(form, caller, deps)
      return 'fields' in answer ? opening(answer) : privately(answer)
    },
  }),
  action(authoringIds.allow, {
    run: async ({ ask, yes }, caller, deps) => instead(await allow(ask, yes, caller, deps)),
  }),
  action(authoringIds.leadApproves, {
    run: async ({ team, on }, caller, deps) => instead(await setLeadApproves(team, on, caller, deps)),
  }),
]
