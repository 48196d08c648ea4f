/** Handles every request from Slack: it is accepted once, gets a caller, and gets its reply. */
import { setImmediate as turn } from 'node:timers/promises'
import type { App } from '../../bot/app.js'
import { readingCard } from '../../bot/cards/import.js'
import { teamOfAnotherWorkspace } from '../../bot/cards/wording.js'
import type { Log } from '../../bot/deps.js'
import { type Answered, type Caller, ChatRefusal, type Request } from '../../bot/ports/chat.js'
import { SECOND_MS } from '../../core/time.js'
import type { InFlight } from '../in-flight.js'
import { withTimeout } from '../timeout.js'
import type { Access } from './access.js'
import { isDirect } from './direct.js'
import type { Homes } from './homes.js'
import type { Installs } from './installs.js'
import { PLATFORM } from './name.js'
import type { Origin } from './origin.js'
import type { Outbound } from './outbound.js'
import type { People } from './people.js'
import type { Removals } from './removals.js'
import type { Sender } from './sender.js'
import type { UploadOf } from './uploads.js'

export interface InboundDeps {
  readonly app: () => App
  readonly out: Outbound
  readonly people: People
  readonly homes: Homes
  readonly access: Pick<Access, 'access'>
  readonly installs: Installs
  readonly log: Log
  readonly removals: Removals
  readonly inFlight: InFlight
  readonly uploadOf: UploadOf
  /** Returns true only once for each hash of a delivery, and only to the first process that asks. */
  readonly isFirst: (id: string) => Promise<boolean>
  /** Returns monotonic milliseconds. */
  readonly clock: () => number
  /** Whether the Home tab may be drawn once more for a user this minute. */
  readonly mayShowHome: (user: string) => boolean
  /** Notifies a person who can act, once, of what the app lacks in a workspace. */
  readonly tellLacking: (workspace: string, app: string) => Promise<void>
}

/** A trigger is valid for three seconds, of which some pass on the way. */
export const TRIGGER_MS = 2800

/** Hides errors after the acknowledgement from Bolt, which would only print them. */
export async function guarded(deps: InboundDeps, work: () => Promise<void>): Promise<void> {
  try {
    await deps.inFlight.track(work())
  } catch (error) {
    deps.log.error({ error }, 'slack request failed')
  }
}

/** Like `guarded`, but does nothing for a workspace that was just left. */
export function served(
  deps: InboundDeps,
  sender: Sender,
  id: string,
  work: () => Promise<void>,
): Promise<void> {
  return guarded(deps, async () => {
    // Other deliveries that came at the same moment are acknowledged first.
    await turn()
    const { workspace, app } = sender
    const [isThere, isNew] = await Promise.all([isInstalled(sender, deps.installs), isFirst(id, deps)])
    if (!isThere) return deps.log.warn({ workspace }, 'slack request of a workspace without an install')
    if (!isNew) return
    await work()
    await deps.tellLacking(workspace, app)
  })
}

/** Slack may deliver one thing twice, to two processes. If the check fails, the delivery is handled. */
export async function isFirst(id: string, deps: InboundDeps): Promise<boolean> {
  try {
    return (await withTimeout(SECOND_MS, deps.isFirst(id))) ?? true
  } catch (error) {
    deps.log.warn({ error }, 'slack delivery may be done twice')
    return true
  }
}

export async function isInstalled({ workspace, organization }: Sender, installs: Installs): Promise<boolean> {
  if (workspace === '') return false
  if (organization !== undefined) await installs.join(workspace, organization)
  return (await installs.find(workspace)) !== undefined
}

/** Everybody in a channel that workspaces share belongs to the workspace whose team is there. */
export async function callerOf(
  { workspace: from, channel: at, user }: Origin,
  fallback: string,
  { people, homes }: InboundDeps,
  asked = from,
): Promise<Caller> {
  const channel = isDirect(at) ? '' : at
  const workspace = channel === '' ? asked : await homes.of(from, channel)
  const profile = await people.profile(workspace, user, fallback)
  return {
    platform: PLATFORM,
    workspace,
    channel,
    user,
    ...profile,
    async isAdmin() {
      if (await people.isAdmin(workspace, user)) return true
      const there = workspace === from ? undefined : await homes.other(from, channel)
      if (there && (await people.isAdmin(from, user)))
        throw new ChatRefusal(teamOfAnotherWorkspace(there.name))
      return false
    },
  }
}

export async function run(request: Request, origin: Origin, deps: InboundDeps, page?: number): Promise<void> {
  const reply = await deps.app().run(request)
  // Another page replaces the one that is shown.
  const answer = page === undefined || reply.kind === 'form' ? reply : { ...reply, replace: true }
  await shown(reply, deps.out.send(answer, origin, page), deps)
  // An act on the Home tab may change what it shows.
  if (origin.channel === '' && request.kind !== 'command') await showHome(origin.workspace, origin.user, deps)
}

export async function showHome(workspace: string, user: string, deps: InboundDeps): Promise<void> {
  if (!deps.mayShowHome(`${workspace} ${user}`)) return
  const origin: Origin = {
    workspace,
    channel: '',
    user,
    respond: undefined,
    trigger: undefined,
    own: false,
    view: undefined,
  }
  const page = await deps.app().home(await callerOf(origin, '', deps))
  await shown(page, deps.out.showHome(page, origin), deps)
}

/** Logs an answer that Slack did not accept under the reference of the request. */
export async function shown(
  { reference }: Answered,
  sending: Promise<void>,
  { log }: InboundDeps,
): Promise<void> {
  await sending.catch((error) => log.error({ reference, error }, 'slack reply not shown'))
}

/** Failures are ignored, since the next message says everything. */
export async function sayReading(name: string, origin: Origin, { out, log }: InboundDeps): Promise<void> {
  const reply = {
    kind: 'card',
    card: readingCard(name),
    to: 'caller',
    replace: false,
    reference: '',
  } as const
  await out.send(reply, origin).catch((error) => log.warn({ error }, 'slack not told that a file is read'))
}
