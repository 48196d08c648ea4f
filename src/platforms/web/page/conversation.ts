/** Draws messages as they come, and stays at the newest unless the reader scrolled up. */
import type { LocalMember, Shown } from '../wire.js'
import { createDays, dayOf } from './days.js'
import { el, part } from './dom.js'
import { drawMessage, faceOf } from './message.js'
import { patchCard } from './patch.js'
import type { Around } from './render.js'

const NEAR_PX = 80
/** The height that stays visible above a tall message, for the command that it answers. */
const ABOVE_PX = 64
const SAME_BREATH_MS = 5 * 60_000
/** The number of messages sent at once; if there are fewer, there are none before them. */
const HISTORY = 200

export interface Conversation {
  /** Shows the newest messages; `isWhole`: whether earlier ones may be gone, otherwise they stay. */
  readonly replaceAll: (messages: readonly Shown[], isWhole?: boolean) => void
  readonly put: (message: Shown) => void
  readonly toNewest: () => void
  /**
   * Expects that the next new message answers this reader, and must be visible wherever they had scrolled to.
   */
  readonly awaitAnswer: () => void
  readonly clear: () => void
}

export function createConversation(
  members: readonly LocalMember[],
  aroundOf: (message: Shown) => Around,
  /** Returns messages before the one with that id; undefined if they could not be fetched. */
  fetchEarlier: (before: number) => Promise<readonly Shown[] | undefined>,
): Conversation {
  const log = part('log', HTMLElement)
  const jump = part('jump', HTMLButtonElement)
  const shown = new Map<number, Shown>()
  const days = createDays(log)
  const more = el('button', { type: 'button', class: 'button earlier' }, 'Earlier messages')
  let pinned = true
  let resting = 0
  let awaiting = false

  /** Scrolls to the end; but a message taller than the view is read from its top. */
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
    shown.set(message.id, message)
    log.append(draw(message, before))
    days.arrange()
  }

  /** Puts messages above all others, without moving what is visible. */
  function prepend(messages: readonly Shown[]): void {
    const [first] = shown.values()
    const nodes = messages.map((message, i) => draw(message, messages[i - 1]))
    const kept = [...shown.entries()]
    shown.clear()
    for (const message of messages) shown.set(message.id, message)
    for (const [id, message] of kept) shown.set(id, message)
    const end = log.scrollHeight - log.scrollTop
    const top = first === undefined ? null : nodeOf(first.id)
    for (const node of nodes) log.insertBefore(node, top)
    days.arrange()
    log.scrollTop = log.scrollHeight - end
  }

  /** Skips transient messages, which have negative ids and are not kept. */
  const oldest = () => [...shown.keys()].find((id) => id > 0)
  async function showEarlier(): Promise<void> {
    const before = oldest()
    if (before === undefined) return
    more.disabled = true
    const found = await fetchEarlier(before)
    more.disabled = false
    // Another member may be selected under *You are* meanwhile.
    if (found === undefined || oldest() !== before) return
    pinned = false
    // These messages are older, so they must not be read out.
    log.setAttribute('aria-busy', 'true')
    prepend(found)
    log.setAttribute('aria-busy', 'false')
    more.hidden = found.length === 0
    if (found.length === 0) log.focus()
    else nodeOf(found.at(-1)?.id ?? 0)?.focus({ preventScroll: true })
  }

  function redraw(message: Shown, old: HTMLElement): void {
    const known = shown.get(message.id)
    if (known && patchCard(old, known, message, aroundOf(message))) {
      shown.set(message.id, message)
      return
    }
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
    days.arrange()
  }

  function put(message: Shown): void {
    // This is a change of a message from before the loaded ones.
    if (message.id > 0 && message.id < (oldest() ?? 0)) return
    const old = shown.has(message.id) ? nodeOf(message.id) : null
    log.querySelector('.welcome')?.remove()
    if (old) redraw(message, old)
    else append(message)
    if (pinned || (awaiting && !old)) toNewest()
    else if (!old) jump.hidden = false
    if (!old) awaiting = false
  }

  more.addEventListener('click', () => void showEarlier())
  // The log scrolls, so a keyboard must be able to reach it.
  log.tabIndex = 0
  log.addEventListener('scroll', () => {
    pinned =
      log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_PX || Math.abs(log.scrollTop - resting) < 2
    if (pinned) jump.hidden = true
  })
  // Pictures, replaced cards and a higher message box all change the height later.
  const sized = new ResizeObserver(() => pinned && toNewest())
  sized.observe(log)
  log.addEventListener('load', () => pinned && toNewest(), true)
  jump.addEventListener('click', () => {
    toNewest()
    log.focus()
  })

  return {
    replaceAll(messages, isWhole = false) {
      const first = shown.size === 0
      if (first) {
        more.hidden = messages.length < HISTORY
        log.replaceChildren(more)
      }
      const kept = new Set(messages.map((m) => m.id))
      const from = isWhole ? 1 : (messages[0]?.id ?? 1)
      for (const id of [...shown.keys()].filter((id) => id >= from && !kept.has(id))) remove(id)
      if (isWhole) more.hidden = messages.length < HISTORY
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
 * Keeps the keyboard's position in a replaced card: on the same control if it is still there, otherwise on
 * one of the same name, such as *Next* of the next page, otherwise on the card.
 */
function keepFocus(held: Element, fresh: HTMLElement): void {
  const act = held instanceof HTMLElement ? held.dataset.act : undefined
  const same = act === undefined ? null : fresh.querySelector<HTMLElement>(`[data-act="${CSS.escape(act)}"]`)
  const next = same ?? namesake(held, fresh) ?? fresh
  next.focus({ preventScroll: true })
}

function namesake(held: Element, fresh: HTMLElement): HTMLElement | undefined {
  if (!(held instanceof HTMLButtonElement)) return undefined
  return [...fresh.querySelectorAll('button')].find((one) => one.textContent === held.textContent)
}

function inOneBreath(before: Shown, message: Shown): boolean {
  const alike =
    before.author === message.author &&
    before.hidden === message.hidden &&
    before.body.kind !== 'card' &&
    message.body.kind !== 'card'
  return alike && message.at - before.at < SAME_BREATH_MS && dayOf(before.at) === dayOf(message.at)
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
