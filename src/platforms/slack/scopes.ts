/**
 * The permissions ("bot token scopes") that the app asks for, and the features that are off in a workspace
 * that has not granted all of them.
 */

/** Nothing works without these. */
const NEEDED = [
  'channels:history',
  'chat:write',
  'commands',
  'files:write',
  'groups:history',
  'im:write',
  'metadata.message:read',
  'users:read',
] as const

/**
 * Permissions added later, which an app that was installed before lacks, each with the feature that is off
 * until then. Everything else works.
 */
export const LATER = {
  'app_mentions:read': 'an answer to @Cohort in a channel',
  'channels:read': 'public channels: who is in them, and whether they are still there',
  'files:read': 'what people hand in as a file',
  'groups:read': 'private channels: who is in them, and whether they are still there',
  'im:history': 'an answer to what is written to Cohort in a direct message',
} as const

export type Later = keyof typeof LATER
export type Scope = (typeof NEEDED)[number] | Later

const isLater = (scope: Scope): scope is Later => scope in LATER

/** `docs/slack.md` says what each is for. */
export const BOT_SCOPES: readonly Scope[] = [...NEEDED, ...(Object.keys(LATER) as Later[])].sort()

/**
 * Describes missing scopes, without those that Cohort needs to work at all; `given`: the scopes that Slack
 * reports for the token.
 */
export function lackingScopes(given: readonly string[]): {
  readonly needed: readonly Scope[]
  readonly later: readonly Later[]
} {
  const missing = BOT_SCOPES.filter((scope) => !given.includes(scope))
  return { needed: missing.filter((scope) => !isLater(scope)), later: missing.filter(isLater) }
}
