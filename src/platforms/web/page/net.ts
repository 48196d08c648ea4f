/** Talking to the server: requests, and the stream of messages with reconnection. */
import type { Choosable } from '../../../bot/ui/card.js'
import type { Completions, Done, Problem, RoomState, StreamEvent } from '../wire.js'

export class NoAnswer extends Error {}

const GONE =
  'Cohort does not answer. Check that it is still running where you started it; this page reconnects by itself.'

/** What the server refuses, in its words. `field`: of the form, where it is to be said. */
export class Refusal extends Error {
  readonly field: string | undefined
  constructor(message: string, field?: string) {
    super(message)
    this.field = field
  }
}

type Act = 'say' | 'press' | 'select' | 'submit' | 'keep' | 'close' | 'unsent'

/** Throws `NoAnswer` when the server is gone, and a `Refusal` when it refuses. */
export async function post(act: Act, body: object): Promise<Done> {
  // What is kept gets through even when the page is left at that moment.
  const init = {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
    keepalive: act === 'keep',
  }
  const response = await reach(`/api/${act}`, init)
  if (response.ok) return (await response.json()) as Done
  throw await refusalOf(response)
}

/** Throws as `post` does. */
export async function fetchFile(message: number, index: number, as: string): Promise<Blob> {
  const response = await reach(`/file/${message}/${index}?${new URLSearchParams({ as })}`)
  if (response.ok) return response.blob()
  throw await refusalOf(response)
}

async function refusalOf(response: Response): Promise<Refusal> {
  const problem = (await response.json().catch(() => undefined)) as Problem | undefined
  return new Refusal(
    problem?.error ?? `The server answered ${response.status}. Please try again in a moment.`,
    problem?.field,
  )
}

export async function fetchRoom(): Promise<RoomState> {
  return (await (await reach('/api/room')).json()) as RoomState
}

/** Empty when the server is gone: completion is a help, not a need. */
export async function complete(as: string, line: string, signal: AbortSignal): Promise<readonly Choosable[]> {
  try {
    const response = await fetch(`/api/complete?${new URLSearchParams({ as, line })}`, { signal })
    return response.ok ? ((await response.json()) as Completions).choices : []
  } catch {
    return []
  }
}

async function reach(address: string, init?: RequestInit): Promise<Response> {
  try {
    return await fetch(address, init)
  } catch {
    throw new NoAnswer(GONE)
  }
}

const SOON_MS = 1000
const LATER_MS = 5000

/** Follows one member's messages until the function that it gives is called. */
export function follow(
  as: string,
  hear: (event: StreamEvent) => void,
  connected: (up: boolean, why: string) => void,
): () => void {
  let source: EventSource | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let wait = SOON_MS
  const open = () => {
    source = new EventSource(`/api/events?${new URLSearchParams({ as })}`)
    source.addEventListener('message', (event) => {
      wait = SOON_MS
      connected(true, '')
      hear(JSON.parse(event.data) as StreamEvent)
    })
    source.addEventListener('error', () => {
      source?.close()
      connected(false, GONE)
      timer = setTimeout(open, wait)
      wait = Math.min(wait * 2, LATER_MS)
    })
  }
  open()
  return () => {
    clearTimeout(timer)
    source?.close()
  }
}
