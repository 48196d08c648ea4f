/**
 * Makes the first calls to Discord, about the bot itself, and waits until the gateway of a shard is ready.
 */
import {
  type APIApplication,
  type APIGatewayBotInfo,
  ApplicationIntegrationType,
  type Client,
  DiscordAPIError,
  Events,
  type REST,
  Routes,
} from 'discord.js'
import { UserError } from '../../core/errors.js'
import { withTimeout } from '../timeout.js'
import { REFUSED_TOKEN } from './gateway-end.js'
import type { RestDeps } from './rest.js'

/** The maximum time from the first call until the servers of a shard are known. */
const READY_MS = 60_000

interface Hello {
  readonly application: string
  /** Whether the application's settings under "Installation" allow people to install it for themselves. */
  readonly isForUsers: boolean
  readonly me: { readonly id: string; readonly username: string }
  readonly recommended: { readonly shards: number; readonly starts: number }
}

/** Reads who the bot is, and how many shards Discord recommends. */
export async function hello(rest: REST, deps: RestDeps): Promise<Hello> {
  try {
    const me = (await rest.get(Routes.user())) as Hello['me']
    const { id: application, integration_types_config: installs } = (await rest.get(
      Routes.currentApplication(),
    )) as Pick<APIApplication, 'id' | 'integration_types_config'>
    const isForUsers = installs === undefined || ApplicationIntegrationType.UserInstall in installs
    const { shards, session_start_limit } = (await rest.get(Routes.gatewayBot())) as APIGatewayBotInfo
    return {
      me,
      application,
      isForUsers,
      recommended: { shards, starts: session_start_limit.max_concurrency },
    }
  } catch (error) {
    throw unreachable(error, deps)
  }
}

/** `ended` rejects if Discord closes the connection for good. */
export async function login(client: Client, ended: Promise<never>, deps: RestDeps): Promise<void> {
  try {
    const ready = new Promise<true>((resolve) => client.once(Events.ClientReady, () => resolve(true)))
    await Promise.race([client.login(deps.token), ended])
    if (!(await withTimeout(READY_MS, Promise.race([ready, ended]))))
      throw new Error('its gateway gave no sign of life')
  } catch (error) {
    await client.destroy()
    throw unreachable(error, deps)
  }
}

function unreachable(error: unknown, { url }: RestDeps): UserError {
  if (error instanceof UserError) return error
  return new UserError(
    refused(error) ??
      `Discord does not answer (${messageOf(error)}); check the network${url ? ', or DISCORD_API_URL' : ''}`,
  )
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

function refused(error: unknown): string | undefined {
  const isToken =
    (error instanceof DiscordAPIError && error.status === 401) ||
    /invalid token|Authentication failed|4004/i.test(messageOf(error))
  return isToken ? REFUSED_TOKEN : undefined
}
