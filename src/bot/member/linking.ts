/**
 * `/study link` and `/study unlink`: several accounts of one person. Accounts are never linked automatically.
 */

import { Over, UserError } from '../../core/errors.js'
import { MINUTE_MS } from '../../core/time.js'
import {
  askedThereCard,
  askToUnlinkCard,
  codeCard,
  confirmCard,
  isThisYouCard,
  linkedAlreadyCard,
  linkedCard,
  notLinkedCard,
  stillLinkedCard,
  unlinkedCard,
  waitsCard,
} from '../cards/linking.js'
import { count, notHere } from '../cards/wording.js'
import type { Deps } from '../deps.js'
import { whereItWasAsked } from '../exam/place.js'
import type { Caller } from '../ports/chat.js'
import type { Account } from '../ports/linking.js'
import type { Card } from '../ui/card.js'
import { createCode, hashCode, isCode, readCode, shownCode } from './link-code.js'
import { zoneOf } from './plan.js'

/** How long a code can be typed, and then how long both can confirm. */
const OPEN_MS = 10 * MINUTE_MS

const OVER = 'This is over: it was answered, or ten minutes have passed. /study link gives a fresh code.'
const EXAMS =
  'Both accounts have a mock exam that runs, and one person has one at a time. Hand one of them in, then press Link again.'
const ALONE = 'This account is not linked with another. /study link links it.'

/** Shows a code, or takes one. */
export function link(typed: string | undefined, caller: Caller, deps: Deps): Promise<Card> {
  return typed === undefined || typed.trim() === '' ? giveCode(caller, deps) : takeCode(typed, caller, deps)
}

async function giveCode(caller: Caller, deps: Deps): Promise<Card> {
  const open = await openCard(caller, deps)
  if (open) return open
  const now = deps.clock()
  const [code, expiresAt] = [createCode(), now + OPEN_MS]
  if (!(await deps.store.openLinking(caller, hashCode(code), { now, expiresAt }))) throw notHere()
  const [[, ...linked], zone] = await Promise.all([deps.store.accounts(caller), zoneOf(caller, deps)])
  return codeCard(shownCode(code), expiresAt, zone, linked)
}

/** The state of this member's code; undefined if nobody has typed it. */
async function openCard(caller: Caller, { store, clock }: Deps): Promise<Card | undefined> {
  const open = await store.linking(caller, clock())
  const [self] = await store.accounts(caller)
  if (!open || !self) return undefined
  const { other, isAgreed } = open
  return isAgreed ? confirmCard(self, other, await linkedWith(other, store)) : waitsCard(self, other)
}

/** Asks the owner of the code once the other has agreed; a string says why there is nothing to ask. */
export async function confirmationFor(who: Account, { store, clock }: Deps): Promise<Card | string> {
  const open = await store.linking(who, clock())
  return open?.isAgreed ? confirmCard(who, open.other, await linkedWith(open.other, store)) : 'it is over'
}

const linkedWith = async (account: Account, store: Deps['store']): Promise<Account[]> =>
  (await store.accounts(account)).slice(1)

async function takeCode(typed: string, caller: Caller, { store, clock }: Deps): Promise<Card> {
  const [code, now] = [readCode(typed), clock()]
  const result = await store.typeCode(caller, (one) => isCode(code, one), { now, expiresAt: now + OPEN_MS })
  switch (result.outcome) {
    case 'unknown':
      throw notHere()
    case 'locked':
      throw new UserError(
        `Too many codes were wrong. The next can be typed in ${count(Math.ceil((result.until - now) / MINUTE_MS), 'minute')}.`,
      )
    case 'wrong':
      throw new UserError(
        `There is no such code, or it no longer works. /study link on the other side gives a fresh one. ${triesLeft(result.left)}`,
      )
    case 'own':
      throw new UserError('This is the code of this very account. Type it on the other side.')
    case 'linked':
      return linkedAlreadyCard(await store.accounts(caller))
    case 'found':
      return isThisYouCard(result.first, await linkedWith(result.first, store))
  }
}

const triesLeft = (left: number) =>
  left === 0 ? 'The next can be typed in an hour.' : `${count(left, 'more try', 'more tries')}.`

/** The person who typed the code agrees. */
export async function agree(first: number, caller: Caller, { store, clock }: Deps): Promise<Card> {
  const account = await store.account(first)
  if (!account || !(await store.agree(caller, first, clock()))) throw new Over(OVER)
  return askedThereCard(account)
}

/** The owner of the code agrees, wherever they were asked. */
export async function confirm(first: number, other: number, caller: Caller, deps: Deps): Promise<Card> {
  const linked = await deps.store.link(await ownAccount(first, caller, deps), other, deps.clock())
  if (!linked) throw new Over(OVER)
  if (linked === 'exams') throw new UserError(EXAMS)
  return linkedCard(linked)
}

export async function refuse(first: number, caller: Caller, deps: Deps): Promise<Card> {
  const own = await ownAccount(first, caller, deps)
  if (!(await deps.store.refuseLinking(own, first))) throw new Over(OVER)
  return notLinkedCard()
}

/**
 * The account with that id, if it belongs to the caller. A direct message may not say which workspace it
 * comes from: then the account is theirs once the platform has confirmed that they are in its workspace.
 */
async function ownAccount(id: number, caller: Caller, deps: Deps): Promise<Caller> {
  const account = await deps.store.account(id)
  const isSame = account?.platform === caller.platform && account.user === caller.user
  return account && isSame ? whereItWasAsked(account.workspace, caller, deps) : caller
}

export async function askToUnlink(caller: Caller, { store }: Deps): Promise<Card> {
  const [, ...linked] = await store.accounts(caller)
  if (linked.length === 0) throw new UserError(ALONE)
  return askToUnlinkCard(linked)
}

export async function unlink(sure: boolean, caller: Caller, { store }: Deps): Promise<Card> {
  if (!sure) return stillLinkedCard()
  if (!(await store.unlink(caller))) throw new Over(ALONE)
  return unlinkedCard()
}
