/** The conversation: draws messages as they come, and stays at the newest unless the reader scrolled up. */
import type { LocalMember, Shown } from '../wire.js'
import { el, part } from './dom.js'
import { drawMessage, faceOf } from './message.js'
import type { Around } from './render.js'

const NEAR_PX = 80
/** What stays in sight of the message before a tall one: the command that it answers. */
const ABOVE_PX = 64
const SAME_BREATH_MS = 5 * 60_000

export interface Conversation {
  readonly replaceAll: (messages: readonly Shown[]) => void
  readonly put: (message: Shown) => void
  readonly toNewest: () => void
  /**
   * The next new message is the answer to what this reader just did: it is shown wherever they had scrolled
   * to.
   */
  readonly awaitAnswer: () => void
  readonly clear: () => void
}

export function createConversation(
  members: readonly LocalMember[],
  aroundOf: (message: Shown) => Around,
): Conversation {
  const log = part('log', HTMLElement)
  const jump = part('jump', HTMLButtonElement)
  const shown = new Map<number, Shown>()
  let pinned = true
  let resting = 0
  let awaiting = false

  /** The end; but a message that is higher than the view is read from its top. */
  const toNewest = () => {
    pinned = true
    jump.hidden = true
    const last = [...log.querySelectorAll('article')].at(-1)
    const tall = last !== undefined && last.offsetHeight > log.clientHeight - ABOVE_PX
    log.scrollTop = tall ? last.offsetTop - log.offsetTop - ABOVE_PX : log.scrollHeight
    resting = log.scrollTop
  }
  const nodeOf = (id: number) => log.querySelector<HTMLElement>(`article[data-id="${id}"]`)
  const draw = (message: Shown, before: Shown | undefined) =>
    drawMessage(
      message,
      faceOf(message.author, members),
      aroundOf(message),
      before !== undefined && inOneBreath(before, message),
    )

  function append(message: Shown): void {
    const before = [...shown.values()].at(-1)
    if (!before || dayOf(before.at) !== dayOf(message.at)) log.append(divider(message.at))
    shown.set(message.id, message)
    log.append(draw(message, before))
  }

  function redraw(message: Shown, old: HTMLElement): void {
    const ids = [...shown.keys()]
    const before = shown.get(ids[ids.indexOf(message.id) - 1] ?? -1)
    shown.set(message.id, message)
    const fresh = draw(message, before)
    const held = old.contains(document.activeElement) ? document.activeElement : undefined
    old.replaceWith(fresh)
    if (held) keepFocus(held, fresh)
  }

  function remove(id: number): void {
    shown.delete(id)
    nodeOf(id)?.remove()
  }

  function put(message: Shown): void {
    const old = shown.has(message.id) ? nodeOf(message.id) : null
    log.querySelector('.welcome')?.remove()
    if (old) redraw(message, old)
    else append(message)
    if (pinned || (awaiting && !old)) toNewest()
    else if (!old) jump.hidden = false
    if (!old) awaiting = false
  }

  // It scrolls, so a keyboard must be able to reach it.
  log.tabIndex = 0
  log.addEventListener('scroll', () => {
    pinned =
      log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_PX || Math.abs(log.scrollTop - resting) < 2
    if (pinned) jump.hidden = true
  })
  // Pictures, replaced cards and a higher message box all change the height after the fact.
  const sized = new ResizeObserver(() => pinned && toNewest())
  sized.observe(log)
  log.addEventListener('load', () => pinned && toNewest(), true)
  jump.addEventListener('click', () => {
    toNewest()
    log.focus()
  })

  return {
    replaceAll(messages) {
      const first = shown.size === 0
      if (first) log.replaceChildren()
      const kept = new Set(messages.map((m) => m.id))
      for (const id of [...shown.keys()].filter((id) => !kept.has(id))) remove(id)
      for (const message of messages)
        if (JSON.stringify(shown.get(message.id)) !== JSON.stringify(message)) put(message)
      if (shown.size === 0) log.replaceChildren(welcome())
      log.setAttribute('aria-busy', 'false')
      if (first) toNewest()
    },
    put,
    toNewest,
    awaitAnswer() {
      awaiting = true
    },
    clear() {
      shown.clear()
      log.replaceChildren()
      log.setAttribute('aria-busy', 'true')
    },
  }
}

/**
 * A replaced card keeps the keyboard where it was: on the same control if it is still there, else on the
 * card.
 */
function keepFocus(held: Element, fresh: HTMLElement): void {
  const act = held instanceof HTMLElement ? held.dataset.act : undefined
  const same = act === undefined ? null : fresh.querySelector<HTMLElement>(`[data-act="${CSS.escape(act)}"]`)
  const next = same ?? fresh
  next.focus({ preventScroll: true })
}

function inOneBreath(before: Shown, message: Shown): boolean {
  const alike =
    before.author === message.author &&
    before.hidden === message.hidden &&
    before.body.kind !== 'card' &&
    message.body.kind !== 'card'
  return alike && message.at - before.at < SAME_BREATH_MS && dayOf(before.at) === dayOf(message.at)
}

function dayOf(at: number): string {
  return new Date(at).toDateString()
}

function divider(at: number): HTMLElement {
  const today = dayOf(at) === new Date().toDateString()
  const day = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long' }).format(at)
  return el('div', { class: 'day' }, el('span', {}, today ? 'Today' : day))
}

function welcome(): HTMLElement {
  return el(
    'div',
    { class: 'welcome' },
    el('img', { src: '/favicon.svg', alt: '', width: 56, height: 56 }),
    el('h2', {}, 'Welcome to # study'),
    el(
      'p',
      {},
      'Look a topic up, quiz yourself, or set up the daily question for the team. What the bot answers is private until you show it.',
    ),
    el('p', { class: 'note' }, 'You can be any member: switch with “You are”, at the top.'),
  )
}
