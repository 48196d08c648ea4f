/**
 * Receives the stream of messages. A browser has six connections to a server for all of its tabs, so the tabs
 * share one stream: the tab that holds a lock has it, and passes on to the others what it receives. When that
 * tab closes, the next one gets the lock.
 */
import type { StreamEvent, StreamedEvent } from '../wire.js'
import { GONE } from './net.js'

const SOON_MS = 1000
const LATER_MS = 5000
/** The time for tabs that are opened together to ask for the stream. */
const TOGETHER_MS = 30
const NAME = 'cohort-stream'

type Hear = (event: StreamEvent) => void
type Connected = (up: boolean, why: string) => void

/**
 * Messages between tabs: a received event, the loss of the stream, the member of a tab, and that a new tab
 * has the stream.
 */
type Said =
  | { readonly kind: 'heard'; readonly event: StreamedEvent }
  | { readonly kind: 'down' }
  | { readonly kind: 'wants'; readonly as: string }
  | { readonly kind: 'who' }

/** Follows one member's messages until the returned function is called. */
export function follow(as: string, hear: Hear, connected: Connected): () => void {
  const events = (event: StreamedEvent) => {
    connected(true, '')
    if (event.as === as) hear(event)
  }
  const down = () => connected(false, GONE)
  const isShared = 'BroadcastChannel' in window && navigator.locks !== undefined
  return isShared ? share(as, events, down) : connect(() => [as], events, down).close
}

function share(as: string, hear: (event: StreamedEvent) => void, down: () => void): () => void {
  const channel = new BroadcastChannel(NAME)
  const ended = new AbortController()
  const say = (said: Said) => channel.postMessage(said)
  const wanted = new Set([as])
  let isUp = false
  const heard = (event: StreamedEvent) => {
    isUp = true
    hear(event)
  }
  const lost = () => {
    isUp = false
    down()
  }
  let stream: ReturnType<typeof connect> | undefined

  channel.addEventListener('message', ({ data }: MessageEvent<Said>) => {
    switch (data.kind) {
      case 'heard':
        return heard(data.event)
      case 'down':
        return lost()
      case 'wants':
        wanted.add(data.as)
        return stream?.again()
      case 'who':
        return say({ kind: 'wants', as })
    }
  })
  /** Holds the lock for as long as this tab is here. */
  const lead = () =>
    new Promise<void>((release) => {
      const everybody = () => [...wanted]
      const both = (event: StreamedEvent) => {
        heard(event)
        say({ kind: 'heard', event })
      }
      stream = connect(everybody, both, () => {
        lost()
        say({ kind: 'down' })
      })
      say({ kind: 'who' })
      ended.signal.addEventListener('abort', () => {
        stream?.close()
        release()
      })
    })
  navigator.locks.request(NAME, { signal: ended.signal }, lead).catch(() => {})
  say({ kind: 'wants', as })
  // Browsers delay the timers of hidden tabs, but a tab that becomes visible must not wait.
  const look = () => {
    if (isUp || document.visibilityState !== 'visible') return
    if (stream) stream.again()
    else say({ kind: 'wants', as })
  }
  document.addEventListener('visibilitychange', look)
  return () => {
    ended.abort()
    document.removeEventListener('visibilitychange', look)
    channel.close()
  }
}

/** Opens one stream for some members, which restarts when it breaks or on request. */
function connect(
  members: () => readonly string[],
  hear: (event: StreamedEvent) => void,
  down: () => void,
): { readonly again: () => void; readonly close: () => void } {
  let source: EventSource | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let wait = SOON_MS
  const open = () => {
    source?.close()
    const [only = '', ...others] = members()
    const query = new URLSearchParams([only, ...others].map((as) => ['as', as]))
    const mine = new EventSource(`/api/events?${query}`)
    source = mine
    mine.addEventListener('message', (event) => {
      wait = SOON_MS
      hear({ as: only, ...(JSON.parse(event.data) as StreamEvent) })
    })
    mine.addEventListener('error', () => {
      mine.close()
      if (source !== mine) return
      down()
      clearTimeout(timer)
      timer = setTimeout(open, wait)
      wait = Math.min(wait * 2, LATER_MS)
    })
  }
  open()
  return {
    again() {
      clearTimeout(timer)
      timer = setTimeout(open, TOGETHER_MS)
    },
    close() {
      clearTimeout(timer)
      source?.close()
    },
  }
}
