import { UserError } from '../../core/errors.js'
import type { Span } from '../../core/model.js'
import { LAST_PAGE, type Whose } from '../cards/board.js'
import { boardCard } from '../team/boards.js'
import { type Action, number, STALE, word } from '../ui/action.js'
import { instead, publicly } from '../ui/reply.js'

function asked(params: readonly string[]): { span: Span; whose: Whose } {
  const span = word(params, 0)
  const whose = word(params, 1)
  if ((span !== 'week' && span !== 'season' && span !== 'all-time') || (whose !== 'members' && whose !== 'teams'))
    throw new UserError(STALE)
  return { span, whose }
}

const board: Action = {
  name: 'board',
  opensForm: false,
  async run(params, _input, caller, deps) {
    const { span, whose } = asked(params)
    return instead(await boardCard(span, whose, number(params, 2, LAST_PAGE), true, caller, deps))
  },
}

const showBoard: Action = {
  name: 'showboard',
  opensForm: false,
  async run(params, _input, caller, deps) {
    const { span, whose } = asked(params)
    return publicly(await boardCard(span, whose, 0, false, caller, deps))
  },
}

export const boardActions = [board, showBoard]
