/** Actions in the channel of a team, pressed on a member's own page. */
import { UserError } from '../../core/errors.js'
import type { Deps } from '../deps.js'
import type { Caller, Reply } from '../ports/chat.js'
import { maySee, NOT_HERE } from '../team/access.js'
import { type Action, action, findAction, type Input } from '../ui/action.js'
import type { Button } from '../ui/card.js'
import { homeIds } from '../ui/ids.js'
import { STALE } from '../ui/params.js'
import { checkChannel, offered, withButtons } from './in-channel.js'

type Nested = { readonly team: number; readonly act: string }

/** `all`: the actions that may be nested. A caller who may not see the channel of the team gets nothing. */
export function homeActions(all: readonly Action[]): readonly Action[] {
  async function act({ team: id, act }: Nested, caller: Caller, deps: Deps, input: Input): Promise<Reply> {
    const found = findAction(act, all)
    if (!found) throw new UserError(STALE)
    checkChannel(found.action, { ...caller, channel: '' })
    const team = await deps.store.team(caller, id)
    if (!team || !(await maySee(team, caller, deps))) throw new UserError(NOT_HERE)
    const there = { ...caller, channel: team.channel }
    const reply = await found.action.run(found.action.read(found.words), there, deps, input)
    if (reply.kind === 'form') return reply
    const { card } = reply
    return { ...reply, to: 'caller', card: withButtons(card, (button) => inTeam(button, id, all)) }
  }
  return [
    action(homeIds.act, {
      run: async (params, caller, deps, input) =>
        offered(await act(params, caller, deps, input), all, { ...caller, channel: '' }),
    }),
    action(homeIds.openForm, { opensForm: true, run: act }),
  ]
}

/** The button for the same action there; unchanged if its id has no room for that. */
function inTeam(button: Button, team: number, all: readonly Action[]): Button | undefined {
  const inner = findAction(button.id, all)?.action
  if (inner?.needsChannel) return undefined
  const outer = inner?.opensForm ? homeIds.openForm : homeIds.act
  return { ...button, id: outer.idIfShort({ team, act: button.id }) ?? button.id }
}
