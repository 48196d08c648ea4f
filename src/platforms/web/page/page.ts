/** The page of the local web chat: connects the parts. */
import type { FormValues } from '../../../bot/ports/chat.js'
import type { Done, OpenForm, RoomState, Shown } from '../wire.js'
import { createComposer } from './composer.js'
import { createConversation } from './conversation.js'
import { el, part } from './dom.js'
import { watchDrops } from './file-field.js'
import { openForm } from './form.js'
import { complete, fetchEarlier, fetchFile, fetchRoom, NoAnswer, post, Refusal, sendFile } from './net.js'
import type { Around } from './render.js'
import { follow } from './stream.js'
import { toast, tooLong } from './toast.js'

const REMEMBERED = 'cohort-member'
/** Delay of the indicator, so that quick answers come without a flicker. */
const SLOW_MS = 150
/** The server refuses longer lines. */
const MAX_LINE = 4000

function start(room: RoomState): void {
  const who = part('who', HTMLSelectElement)
  let unfollow = () => {}
  let clearGone: (() => void) | undefined
  let underWay = 0

  /** Runs one request with the indicator on, and shows an error; returns the words of the error. */
  async function during<T>(
    work: () => Promise<T>,
  ): Promise<{ done: T } | { wrong: string; field?: string | undefined }> {
    underWay += 1
    setTimeout(showStatus, SLOW_MS)
    try {
      return { done: await work() }
    } catch (error) {
      if (error instanceof NoAnswer) goneOnce(error.message)
      const field = error instanceof Refusal ? error.field : undefined
      return {
        wrong: error instanceof Error ? error.message : 'Something broke in this page. Reload it.',
        field,
      }
    } finally {
      underWay -= 1
      showStatus()
    }
  }
  function showStatus(): void {
    const status = part('status', HTMLElement)
    if (underWay > 0 === status.hasChildNodes()) return
    status.replaceChildren(
      ...(underWay > 0
        ? [
            el('span', { class: 'dots', 'aria-hidden': 'true' }, el('i'), el('i'), el('i')),
            'Cohort is working on it',
          ]
        : []),
    )
  }
  function goneOnce(why: string): void {
    clearGone ??= toast(why, true)
    document.body.classList.add('gone')
  }

  async function act(kind: 'say' | 'press' | 'select', body: object): Promise<boolean> {
    const as = who.value
    conversation.awaitAnswer()
    const result = await during(() => post(kind, { as, ...body }))
    if ('wrong' in result) {
      if (!clearGone) toast(result.wrong)
      return false
    }
    if (result.done.form) fill(as, result.done.form)
    return true
  }
  /** A file that was just dropped on the page, for the form that takes it. */
  let dropped: FileList | undefined
  function fill(as: string, opened: OpenForm): void {
    const about = { as, form: opened.token }
    const file = dropped
    dropped = undefined
    const acts = {
      async upload(chosen: File) {
        const result = await during(() => sendFile(as, chosen))
        return 'done' in result ? result.done : result
      },
      async send(values: FormValues) {
        conversation.awaitAnswer()
        const result = await during(() => post('submit', { ...about, values }))
        if ('wrong' in result) return result
        if (result.done.form) fill(as, result.done.form)
        return undefined
      },
      // Failures are ignored while the form is being filled in, since everything is sent from here in the
      // end.
      keep: (values: FormValues) => void post('keep', { ...about, values }).catch(() => {}),
      close: () => void post('close', about).catch(() => {}),
    }
    openForm(opened, room.channel, acts, file)
  }
  watchDrops(document, (files) => {
    if (document.querySelector('dialog')) return
    dropped = files
    void act('say', { text: '/team import' }).finally(() => {
      dropped = undefined
    })
  })
  /** Opens the form again that was being filled in when the page was left. */
  async function resume(as: string): Promise<void> {
    const { form } = await post('unsent', { as }).catch((): Done => ({}))
    if (form && who.value === as && !document.querySelector('dialog')) fill(as, form)
  }

  const busy = new Set<number>()
  async function once(message: number, work: () => Promise<unknown>): Promise<void> {
    if (busy.has(message)) return
    busy.add(message)
    await work().finally(() => busy.delete(message))
  }
  async function download(message: number, index: number): Promise<Blob | undefined> {
    const result = await during(() => fetchFile(message, index, who.value))
    if ('done' in result) return result.done
    if (!clearGone) toast(result.wrong)
    return undefined
  }
  function aroundOf({ id }: Shown): Around {
    return {
      picture: (index) => `/picture/${id}/${index}.png?${new URLSearchParams({ as: who.value })}`,
      file: (index) => download(id, index),
      press: (button) => once(id, () => act('press', { message: id, id: button })),
      select: (menu, values) => once(id, () => act('select', { message: id, id: menu, values })),
    }
  }
  async function earlier(before: number): Promise<readonly Shown[] | undefined> {
    const result = await during(() => fetchEarlier(who.value, before))
    if ('done' in result) return result.done.messages
    if (!clearGone) toast(result.wrong)
    return undefined
  }
  const conversation = createConversation(room.members, aroundOf, earlier)
  const composer = createComposer(
    room.examples,
    async (text) => {
      if (text.trim().length > MAX_LINE) {
        toast(tooLong(text.trim().length, MAX_LINE))
        return false
      }
      conversation.toNewest()
      return act('say', { text })
    },
    (line, signal) => complete(who.value, line, signal),
  )

  function become(): void {
    unfollow()
    conversation.clear()
    sessionStorage.setItem(REMEMBERED, who.value)
    part('role', HTMLElement).hidden = !room.members.find((m) => m.id === who.value)?.admin
    unfollow = follow(
      who.value,
      (event) =>
        event.kind === 'all'
          ? conversation.replaceAll(event.messages, event.isWhole)
          : conversation.put(event.message),
      (up, why) => {
        if (!up) return goneOnce(why)
        clearGone?.()
        clearGone = undefined
        document.body.classList.remove('gone')
      },
    )
    void resume(who.value)
  }

  who.replaceChildren(...room.members.map((m) => el('option', { value: m.id }, m.name)))
  const before = sessionStorage.getItem(REMEMBERED)
  if (room.members.some((m) => m.id === before)) who.value = before ?? ''
  who.addEventListener('change', () => {
    become()
    composer.focus()
  })
  part('channel', HTMLElement).textContent = room.channel
  become()
  composer.focus()
}

async function open(): Promise<void> {
  try {
    start(await fetchRoom())
  } catch (error) {
    toast(error instanceof Error ? error.message : 'Something broke in this page. Reload it.', true)
    setTimeout(() => location.reload(), 5000)
  }
}

open()
