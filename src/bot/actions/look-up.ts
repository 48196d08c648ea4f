import { UserError } from '../../core/errors.js'
import type { Topic } from '../../core/model.js'
import { comparisonCard, topicCard } from '../cards/topic.js'
import type { Deps } from '../deps.js'
import { nextPractice, topicCode } from '../member/practice.js'
import { type Action, STALE, word } from '../ui/action.js'
import { note } from '../ui/card.js'
import { instead, privately, publicly } from '../ui/reply.js'
import { newRun } from './practice.js'

function topics(params: readonly string[], deps: Deps): [Topic, ...Topic[]] {
  const [first, ...rest] = params.map((slug) => deps.bank.topic(slug)).filter((t) => t !== undefined)
  if (!first || rest.length + 1 !== params.length) throw new UserError(STALE)
  return [first, ...rest]
}

const topic: Action = {
  name: 'topic',
  opensForm: false,
  async run(params, _input, _caller, deps) {
    const shown = topics(params, deps)
    return privately(shown.length === 1 ? topicCard(shown[0], deps.bank) : comparisonCard(shown, deps.bank))
  },
}

const show: Action = {
  name: 'show',
  opensForm: false,
  async run(params, _input, caller, deps) {
    const shown = topics(params, deps)
    const card = shown.length === 1 ? topicCard(shown[0], deps.bank, true) : comparisonCard(shown, deps.bank, true)
    return publicly({ ...card, blocks: [...card.blocks, note('Shown by ', { member: caller.user, name: caller.name })] })
  },
}

const quiz: Action = {
  name: 'quiz',
  opensForm: false,
  limit: 'practice',
  run: async (params, _input, caller, deps) => instead(await nextPractice(newRun(topicCode(word(params, 0))), caller, deps)),
}

export const lookUpActions = [topic, show, quiz]
