/**
 * Opens a form while its trigger is valid, which works once and within three seconds: a failure is retried
 * until then, and after that the person is told, since nothing else would show it.
 */
import { setTimeout as wait } from 'node:timers/promises'
import type { ModalView } from '@slack/types'
import { ChatBusy } from '../../bot/ports/chat.js'
import { type Card, text } from '../../bot/ui/card.js'
import { withTimeout } from '../timeout.js'
import { type Api, codeOf, isPassing } from './api.js'
import type { Origin } from './origin.js'

/** Slack's identifiers of an open form. */
export interface Opened {
  readonly view?: { readonly id?: string; readonly hash?: string }
}

const EXPIRED = ['expired_trigger_id', 'trigger_expired', 'invalid_trigger_id', 'invalid_trigger']
/** Codes for a trigger that has already opened a form. */
const EXCHANGED = ['exchanged_trigger_id', 'trigger_exchanged']
/** The timeout of one try: Slack opens a form far sooner, or not in this try. */
const TRY_MS = 900
const PAUSE_MS = 150

/**
 * Returns the form as Slack has it, or a card for the person; undefined if it is open and nothing more is
 * known.
 */
export async function openForm(
  api: Api,
  view: ModalView,
  { workspace, trigger, view: over, opensUntil }: Origin,
  clock: () => number,
): Promise<Opened | Card | undefined> {
  const left = () => (opensUntil ?? 0) - clock()
  let mayBeOpen = false
  for (let tries = 1; ; tries++) {
    let pause = PAUSE_MS * tries
    try {
      const opening = api.callOnce<Opened>(workspace, over ? 'views.push' : 'views.open', {
        trigger_id: trigger,
        view,
      })
      const opened = await withTimeout(Math.max(PAUSE_MS, Math.min(TRY_MS, left())), opening)
      if (opened) return opened
      mayBeOpen = true
    } catch (error) {
      const code = codeOf(error) ?? ''
      if (EXCHANGED.includes(code) && mayBeOpen) return undefined
      if ([...EXPIRED, ...EXCHANGED].includes(code)) return TOO_LATE
      if (error instanceof ChatBusy) pause = error.retryAfterMs
      else if (isPassing(error)) mayBeOpen = true
      else throw error
      if (error instanceof ChatBusy && pause > left()) return busy(pause)
    }
    if (pause > left()) return NOT_OPENED
    await wait(pause)
  }
}

export function isCard(opened: Opened | Card | undefined): opened is Card {
  return opened !== undefined && 'blocks' in opened
}

const TOO_LATE: Card = {
  title: 'That took too long',
  blocks: [text('Slack waits three seconds for a form, and it came later. Please try again.')],
}

/** Also used for errors of the bot's own. */
export const NOT_OPENED: Card = {
  title: 'The form did not open',
  blocks: [text('Slack did not open it in time. Please try again.')],
}

function busy(ms: number): Card {
  const seconds = Math.max(1, Math.ceil(ms / 1000))
  const words = seconds === 1 ? 'in a second' : `in ${seconds} seconds`
  return { title: 'The form did not open', blocks: [text(`Slack is busy. Please try again ${words}.`)] }
}
