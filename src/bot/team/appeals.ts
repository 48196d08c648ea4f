/** *This key is wrong*: members say so under a reveal, and the admins of their team decide. */
import { UserError } from '../../core/errors.js'
import type { SlotView, Team } from '../../core/model.js'
import {
  appealedCard,
  appealForm,
  appealList,
  GIVEN,
  givenCard,
  keptCard,
  MAX_REASON,
} from '../cards/appeal.js'
import { askedIn } from '../cards/asked.js'
import { notHere } from '../cards/wording.js'
import type { Deps } from '../deps.js'
import type { Caller, FormValues } from '../ports/chat.js'
import { instantiateRound } from '../rounds/instantiate.js'
import { giveToAll } from '../rounds/regrade.js'
import { field } from '../ui/action.js'
import type { Block, Card, Form } from '../ui/card.js'
import { clean } from '../ui/clean.js'
import { STALE } from '../ui/params.js'
import { roundRevealed } from './access.js'
import { checkAdmin } from './control.js'
import { teamNumbered } from './team.js'
import { stemOf } from './team-report.js'

/** Questions with appeals that a card shows. */
const SHOWN = 3

/** The questions of a round, once it is over. */
async function revealed(id: number, caller: Caller, deps: Deps): Promise<SlotView[]> {
  return instantiateRound((await roundRevealed(id, caller, deps)).questions, deps)
}

export async function openAppeal(round: number, caller: Caller, deps: Deps): Promise<Form> {
  return appealForm(round, await revealed(round, caller, deps))
}

export async function sendAppeal(round: number, form: FormValues, caller: Caller, deps: Deps): Promise<Card> {
  const asked = askedIn(await revealed(round, caller, deps))
  const place = asked.length > 1 ? field(form, 'question') : '1'
  const one = asked.find((_, i) => String(i + 1) === place)
  const slot = one?.parts[0]?.view.slot
  if (!one || slot === undefined) throw new UserError('Pick the question from the list.', 'question')
  const reason = clean(field(form, 'reason'))
  if (reason === '') throw new UserError('Say in a few words what is right instead.', 'reason')
  if (reason.length > MAX_REASON)
    throw new UserError(`Please keep it under ${MAX_REASON} characters.`, 'reason')
  const { id: question, version } = one.instance.question
  const { platform, workspace, user, name } = caller
  const appeal = { platform, workspace, user, name, round, slot, question, version, reason }
  const saved = await deps.store.saveAppeal({ ...appeal, now: deps.clock() })
  if (saved === undefined) throw notHere()
  return appealedCard(saved)
}

export async function appealBlocks(team: Team, { store, questions }: Deps): Promise<Block[]> {
  const waiting = await store.waitingAppeals(team.id)
  const shown = await Promise.all(
    waiting.slice(0, SHOWN).map(async (one) => {
      const question = await questionAsked(one, { store, questions })
      return { ...one, asked: stemOf(question) ?? '', isOwn: question?.origin.kind === 'team' }
    }),
  )
  return appealList(shown, waiting.length - shown.length)
}

/** The question as it is now, or as it was asked. */
const questionAsked = async (
  { question, version }: { readonly question: string; readonly version: string },
  { store, questions }: Pick<Deps, 'store' | 'questions'>,
) => questions.question(question) ?? (await store.question(question, version))

/** `where`: the round and slot of the appeal, which anybody can make up. */
async function appealedIn(where: Where, caller: Caller, deps: Deps) {
  await checkAdmin(caller)
  const round = await deps.store.round(where.round)
  const asked = round?.questions.findLast(({ slot }) => slot <= where.slot)
  if (!round || !asked || round.state !== 'closed') throw new UserError(STALE)
  const team = await teamNumbered(round.team.id, caller, deps)
  const { question, version } = asked
  const isOwn = (await questionAsked(asked, deps))?.origin.kind === 'team'
  return { team, question, version, own: isOwn ? team.id : undefined }
}

interface Where {
  readonly round: number
  readonly slot: number
}

/** Changes keys, points and boards in one press, and notifies the channel. */
export async function giveAppealed(where: Where, caller: Caller, deps: Deps): Promise<Card> {
  const { team, question, version, own } = await appealedIn(where, caller, deps)
  const result = await giveToAll({ team: team.id, question, version, why: GIVEN }, deps)
  await deps.store.decideAppeals(team.id, { question, version }, 'given')
  return givenCard(result, own)
}

export async function keepKey(where: Where, caller: Caller, deps: Deps): Promise<Card> {
  const { team, question, version, own } = await appealedIn(where, caller, deps)
  await deps.store.decideAppeals(team.id, { question, version }, 'kept')
  return keptCard(own)
}
