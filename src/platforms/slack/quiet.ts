/**
 * Silences Slack's libraries, which log to the console by themselves; `log.ts` logs what matters, and never a
 * token.
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
