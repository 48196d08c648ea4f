import { UserError } from '../../core/errors.js'
import { comparisonCard, topicCard } from '../cards/topic.js'
import type { Deps } from '../deps.js'
import { nextPractice, topicCode } from '../member/practice.js'
import { action } from '../ui/action.js'
import { type Card, note } from '../ui/card.js'
import { topicIds } from '../ui/ids.js'
import { STALE } from '../ui/params.js'
import { instead, privately, publicly } from '../ui/reply.js'
import { newRun } from './practice.js'

function cardOf(slugs: readonly string[], isShared: boolean, { bank }: Deps): Card {
  const topics = slugs.map((slug) => bank.topic(slug)).filter((t) => t !== undefined)
  const [only, ...others] = topics
  if (!only || topics.length !== slugs.length) throw new UserError(STALE)
  return others.length === 0 ? topicCard(only, bank, isShared) : comparisonCard(topics, bank, isShared)
}

export const lookUpActions = [
  action(topicIds.read, { run: async ({ slugs }, _caller, deps) => privately(cardOf(slugs, false, deps)) }),
  action(topicIds.show, {
    async run({ slugs }, caller, deps) {
      const card = cardOf(slugs, true, deps)
      return publicly({ ...card, blocks: [...card.blocks, note('Shown by ', { member: caller.user, name: caller.name })] })
    },
  }),
  action(topicIds.quiz, {
    limit: 'practice',
    run: async ({ slug }, caller, deps) => instead(await nextPractice(newRun(topicCode(slug)), caller, deps)),
  }),
]
