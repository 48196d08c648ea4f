/** Requests to the server. */
import type { Choosable } from '../../../bot/ui/card.js'
import type { Completions, Done, Earlier, Problem, RoomState, Uploaded } from '../wire.js'

export class NoAnswer extends Error {}

export const GONE =
  'Cohort does not answer. Check that it is still running where you started it; this page reconnects by itself.'

/** A refusal of the server, in its words. `field`: the form field at which to show it. */
export class Refusal extends Error {
  readonly field: string | undefined
  constructor(message: string, field?: string) {
    super(message)
    this.field = field
  }
}

type Act = 'say' | 'press' | 'select' | 'submit' | 'keep' | 'close' | 'unsent'

/** Throws `NoAnswer` if the server is gone, and a `Refusal` if it refuses. */
export async function post(act: Act, body: object): Promise<Done> {
  // `keepalive` makes sure that values are kept even if the page is left at that moment.
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

/** Throws the same errors as `post`. */
export async function fetchFile(message: number, index: number, as: string): Promise<Blob> {
  const response = await reach(`/file/${message}/${index}?${new URLSearchParams({ as })}`)
  if (response.ok) return response.blob()
  throw await refusalOf(response)
}

/** Returns the id that represents the file in a form. Throws the same errors as `post`. */
export async function sendFile(as: string, file: File): Promise<string> {
  const response = await reach(`/api/upload?${new URLSearchParams({ as, name: file.name })}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/octet-stream' },
    body: file,
  })
  if (response.ok) return ((await response.json()) as Uploaded).file
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

/** Returns nothing if the server is gone: completion helps, but nobody depends on it. */
export async function complete(as: string, line: string, signal: AbortSignal): Promise<readonly Choosable[]> {
  try {
    const response = await fetch(`/api/complete?${new URLSearchParams({ as, line })}`, { signal })
    return response.ok ? ((await response.json()) as Completions).choices : []
  } catch {
    return []
  }
}

/** Throws the same errors as `post`. */
export async function fetchEarlier(as: string, before: number): Promise<Earlier> {
  const response = await reach(`/api/earlier?${new URLSearchParams({ as, before: String(before) })}`)
  if (response.ok) return (await response.json()) as Earlier
  throw await refusalOf(response)
}

async function reach(address: string, init?: RequestInit): Promise<Response> {
  try {
    return await fetch(address, init)
  } catch {
    throw new NoAnswer(GONE)
  }
}
