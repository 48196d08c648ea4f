/** A member's own data: name on boards, an export, being forgotten. */
import { count } from '../cards/wording.js'
import { exportCard, forget, forgetAll, forgetCard } from '../member/own-data.js'
import { shareProgress } from '../member/sharing.js'
import { action } from '../ui/action.js'
import { text } from '../ui/card.js'
import { memberIds } from '../ui/ids.js'
import { inPassing, instead, privately } from '../ui/reply.js'

const NO_NAME =
  'Nothing is stored about you here, so that no board has your name. Once you have answered again, you can hide it on /stats.'

const NO_MENTION =
  'Nothing is stored about you here, so that no podium has your name. Once you have answered, you can choose it on /stats.'

const NO_MEMBER =
  'Answer a question in the channel of your team first: then you are in it, and can have its questions directly.'

const KEPT = { title: 'Kept', blocks: [text('Nothing was deleted.')] }

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
  action(memberIds.share, {
    run: async ({ shares }, caller, deps) => privately(await shareProgress(shares, caller, deps)),
  }),
  action(memberIds.exportData, {
    limit: 'export',
    run: async (_params, caller, deps) => privately(await exportCard(caller, deps)),
  }),
  action(memberIds.askToForget, {
    run: async (_params, caller, deps) => privately(await forgetCard(caller, deps)),
  }),
  action(memberIds.forget, {
    limit: 'deletion',
    async run({ sure }, caller, deps) {
      if (!sure) return instead(KEPT)
      const deleted = await forget(caller, deps)
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
  action(memberIds.forgetAll, {
    limit: 'deletion',
    async run({ sure }, caller, deps) {
      if (!sure) return instead(KEPT)
      const deleted = await forgetAll(caller, deps)
      return inPassing({
        title: 'Deleted',
        blocks: [
          text(
            deleted > 0
              ? `Everything stored about you is gone, on ${count(deleted, 'account')}: answers, points, streaks, reports, plan and memory. What was posted in a channel before stays there.`
              : 'There was nothing stored about you.',
          ),
        ],
      })
    },
  }),
]
