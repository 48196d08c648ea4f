/** The link by which a person who manages a server adds Cohort to it. */
import { PERMISSIONS } from './permissions.js'

const SCOPES = ['bot', 'applications.commands']

/** `application`: the application's id. */
export function inviteLink(application: string): string {
  const query = new URLSearchParams({
    client_id: application,
    permissions: String(PERMISSIONS),
    scope: SCOPES.join(' '),
  })
  return `https://discord.com/oauth2/authorize?${query}`
}

/**
 * Reads the application's id, with which a bot token begins, in Base64; undefined if the text is not a token.
 */
export function applicationOf(token: string): string | undefined {
  const id = Buffer.from(token.split('.')[0] ?? '', 'base64').toString('utf8')
  return /^\d{5,20}$/.test(id) ? id : undefined
}
