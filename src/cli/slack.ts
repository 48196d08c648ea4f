/** `slack manifest`: prints the app's manifest for Slack. */
import { commands } from '../bot/commands/index.js'
import { UserError } from '../core/errors.js'
import type { Io } from '../io.js'
import { manifest } from '../platforms/slack/manifest.js'

/** `address`: the URL at which Slack reaches the bot over HTTP; without it the app uses Socket Mode. */
export function printManifest(address: string | undefined, { out }: Io): void {
  if (address !== undefined && !/^https:\/\/\S+$/.test(address))
    throw new UserError(`--url is ${address}; Slack wants an address that begins with https://`)
  out(JSON.stringify(manifest(commands, address), null, 2))
}
