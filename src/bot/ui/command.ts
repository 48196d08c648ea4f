/**
 * A command is declared once: text parsing, completion, `/help`, Slack's manifest and Discord's registration
 * follow from it.
 */

import type { Search } from '../../search/search.js'
import type { Deps } from '../deps.js'
import type { Caller, OptionValues } from '../ports/chat.js'
import type { Upload } from '../ports/upload.js'
import type { LimitKind } from '../request-limits.js'
import type { Card, Choosable, Form } from './card.js'

export type OptionSpec = {
  readonly description: string
  /** Completion for what is typed so far, from the look-up of the team's pack; at most 25 are used. */
  readonly suggest?: (typed: string, search: Search) => readonly Choosable[]
} & (
  | { readonly type: 'text'; readonly required?: boolean; readonly max: number }
  | { readonly type: 'integer'; readonly min: number; readonly max: number }
  | {
      readonly type: 'choice'
      readonly choices: readonly string[]
      /** Other words for a choice that people type: `{ overall: 'all-time' }`. */
      readonly also?: Readonly<Record<string, string>>
    }
  /** One file, sent along if the platform can; never typed. */
  | { readonly type: 'file' }
)

export type OptionSpecs = Readonly<Record<string, OptionSpec>>

/** The type of `args`, derived from the options: only a required text is always there. */
export type Args<O extends OptionSpecs> = {
  readonly [K in keyof O]: O[K] extends { type: 'integer' }
    ? number | undefined
    : O[K] extends { type: 'file' }
      ? Upload | undefined
      : O[K] extends { type: 'choice'; choices: readonly (infer C)[] }
        ? C | undefined
        : O[K] extends { required: true }
          ? string
          : string | undefined
}

export interface Command {
  /** One word, or two for a subcommand: `team setup`. */
  readonly name: string
  readonly summary: string
  /** The arguments after the name, as people write them: `[topic] [count]`. */
  readonly usage: string
  /**
   * The audience of the answer; declared here, because some platforms must know it before the command runs.
   */
  readonly visibility: 'private' | 'public'
  readonly admin: boolean
  /** Whether it is useful without a channel, so that a platform offers it in direct messages too. */
  readonly inDirectMessages: boolean
  /**
   * Whether it works the same for everybody, so that the platform need not find out which workspace the
   * caller belongs to.
   */
  readonly forAnybody: boolean
  /** True for an old name that only says what the command is called now: no list offers it. */
  readonly isMoved: boolean
  /** The meaning of the first word of a subcommand; the same for all that share it. */
  readonly group?: string
  /** Whether the answer is a form, not a card; with a file it is a card anyway. */
  readonly opensForm: boolean
  /** A look-up: it changes nothing about the person, and asks the database only for their pack. */
  readonly isLookUp: boolean
  /** The limit in `request-limits.ts` that it counts towards. */
  readonly limit: LimitKind
  readonly options: OptionSpecs
  /**
   * Reads a whole typed line before numbers and choices are taken out of it, since names in the content
   * contain such words too. If undefined, the options read the line.
   */
  readonly readLine?: ReadLine
  readonly run: (args: OptionValues, caller: Caller, deps: Deps) => Promise<Card | Form>
}

type ReadLine = (
  line: string,
  caller: Caller,
  deps: Deps,
) => Promise<Readonly<Record<string, string | number>> | undefined>

interface CommandSpec<O extends OptionSpecs> {
  readonly name: string
  readonly summary: string
  readonly usage?: string
  readonly visibility?: 'private' | 'public'
  readonly admin?: boolean
  readonly inDirectMessages?: boolean
  readonly forAnybody?: boolean
  readonly isMoved?: boolean
  readonly group?: string
  readonly opensForm?: boolean
  readonly isLookUp?: boolean
  readonly limit?: LimitKind
  readonly options: O
  readonly readLine?: ReadLine
  readonly run: (args: Args<O>, caller: Caller, deps: Deps) => Promise<Card | Form>
}

/** The word that a command shares with others of its group, or its whole name. */
export const firstWord = (name: string): string => name.split(' ')[0] ?? name

/** The first words of the commands for admins. */
export function adminWords(commands: readonly Command[]): readonly string[] {
  return [...new Set(commands.filter(({ admin }) => admin).map(({ name }) => firstWord(name)))]
}

/** Declares a command. By default it is private, for everybody and about a channel. */
export function command<const O extends OptionSpecs>(spec: CommandSpec<O>): Command {
  return {
    usage: '',
    visibility: 'private',
    admin: false,
    inDirectMessages: false,
    forAnybody: false,
    isMoved: false,
    opensForm: false,
    isLookUp: false,
    limit: 'request',
    ...spec,
    // The parser returns values by the same option specs that the type of `args` is derived from.
    run: (args, caller, deps) => spec.run(args as Args<O>, caller, deps),
  }
}
