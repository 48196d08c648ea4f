/**
 * What a command needs of the outside. Whoever calls `run` gives it: `bin/` that of the process, a test one
 * of its own.
 */
import path from 'node:path'
import type { Log } from './bot/deps.js'

export interface Io {
  /** Prints a line that was asked for. */
  readonly out: (line: string) => void
  /** Prints a line that says what is wrong. */
  readonly err: (line: string) => void
  /** Writes a line of the log, which ends with a line feed; without it, the log goes to standard error. */
  readonly log?: (line: string) => void
  /** Text of standard input, as it comes. */
  readonly input: AsyncIterable<string>
  /**
   * Asks the person at the terminal; undefined at the end of what they type. Left out where there is none.
   */
  readonly ask?: (question: string) => Promise<string | undefined>
  /**
   * Shows them a text in their editor, and returns what they leave there; undefined when there is no editor.
   */
  readonly edit?: (text: string, name: string) => string | undefined
  readonly env: Readonly<Record<string, string | undefined>>
  /** Where `.env` is looked for, and what relative paths begin with; '' is the working directory. */
  readonly folder: string
  /** Milliseconds since 1970, by the clock of the machine. */
  readonly now: () => number
  /** Resolves with its name when a signal says that the bot should stop. */
  readonly stopSignal: () => Promise<string>
  /** Takes what bypasses the log once the bot runs: errors that nobody caught, and what libraries print. */
  readonly catchStrays: (log: Log) => void
  /** Ends at once, whatever is still open: for a bot that has stopped. */
  readonly exit: (code: number) => void
}

/** An absolute path stays as it is. */
export function pathIn({ folder }: Pick<Io, 'folder'>, file: string): string {
  return path.isAbsolute(file) ? file : path.join(folder, file)
}
