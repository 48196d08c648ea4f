/**
 * Slack's libraries log to the console by themselves; what matters is said by `log.ts`, and a token never.
 */
import { LogLevel } from '@slack/bolt'

export const quiet = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => LogLevel.ERROR,
  setName() {},
}
