/** Registers the commands of this version with Discord; a failure is retried with the beat. */
import type { REST } from 'discord.js'
import type { Log } from '../../bot/deps.js'
import type { Command } from '../../bot/ui/command.js'
import { registerCommands } from './register.js'

export interface Registration {
  /** Call with the first shard of this process: until then, others may serve people with an older version. */
  begin(): Promise<void>
  /** Retries a failed registration; call it every few seconds. */
  beat(): Promise<void>
  /** Returns what people lack while it fails, in words. */
  lacks(): string | undefined
}

export interface RegistrationDeps {
  readonly rest: REST
  readonly application: string
  /** Whether people may install the application for themselves. */
  readonly isForUsers: boolean
  readonly commands: () => readonly Command[]
  /** Called with the commands as Discord returns them. */
  readonly learn: (commands: unknown) => void
  /** Returns a monotonic time in milliseconds. */
  readonly clock: () => number
  readonly log: Log
}

/** The first retry comes with the next beat; each later pause is twice as long. */
const PAUSE_MS = 3000
const MAX_PAUSE_MS = 60_000

export function createRegistration({
  rest,
  application,
  isForUsers,
  commands,
  learn,
  clock,
  log,
}: RegistrationDeps): Registration {
  const state = { failures: 0, nextAt: 0, isBegun: false, isDone: false }
  let running: Promise<void> | undefined

  function attempt(): Promise<void> {
    running ??= register().finally(() => {
      running = undefined
    })
    return running
  }

  async function register(): Promise<void> {
    try {
      if (await registerCommands(rest, application, commands(), isForUsers, learn))
        log.info({}, 'discord commands registered')
      state.isDone = true
      state.failures = 0
    } catch (error) {
      const pause = state.failures === 0 ? 0 : Math.min(MAX_PAUSE_MS, PAUSE_MS * 2 ** state.failures)
      state.failures += 1
      state.nextAt = clock() + pause
      log.error({ error, failures: state.failures }, 'discord commands not registered, tried again')
    }
  }

  return {
    async begin() {
      if (state.isBegun) return
      state.isBegun = true
      await attempt()
    },
    async beat() {
      if (state.isBegun && !state.isDone && clock() >= state.nextAt) await attempt()
    },
    lacks: () =>
      state.failures === 0
        ? undefined
        : `not registered after ${state.failures} tries, so Discord shows those of an earlier version, or none; tried again every minute at most`,
  }
}
