/** The origin of an event in Slack, which decides where its reply goes. */
import { VIEW_METADATA } from './limits.js'

/** The places to which a reply can go. */
export interface Origin {
  readonly workspace: string
  /** Empty on the Home tab and in views that it opened. */
  readonly channel: string
  readonly user: string
  /** An address that takes five messages within half an hour, even where Cohort is not a member. */
  readonly respond: string | undefined
  /** A trigger that opens one form, within three seconds. */
  readonly trigger: string | undefined
  /** The time until which the trigger is valid, by the clock of the process. */
  readonly opensUntil?: number
  /**
   * Whether the press was on something that only this user sees, a message or an open modal, so that it can
   * be redrawn.
   */
  readonly own: boolean
  /** The open modal whose button was pressed. */
  readonly view: string | undefined
}

/** The data that a modal needs when it comes back. */
interface Metadata {
  readonly channel: string
  /** The workspace where it was opened, which an organization's install does not name. */
  readonly workspace?: string | undefined
  readonly respond?: string | undefined
  readonly view?: string | undefined
  readonly own?: boolean | undefined
  /** The command whose input the form asks for. */
  readonly command?: string | undefined
  /** The id under which the form is kept. */
  readonly draft?: string | undefined
}

export function metadata(
  { workspace, channel, respond, view, own }: Origin,
  { command, draft }: Pick<Metadata, 'command' | 'draft'> = {},
): string {
  const whole = JSON.stringify({ workspace, channel, respond, view, own, command, draft } satisfies Metadata)
  // Slack's own ids and addresses are far shorter: these are made up, and the reply goes to the user alone.
  return whole.length <= VIEW_METADATA ? whole : JSON.stringify({ channel: '', command } satisfies Metadata)
}

export function readMetadata(text: string): Metadata {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && 'channel' in value) {
      const { channel, ...rest } = value as Record<string, unknown>
      const [workspace, respond] = [rest.workspace, rest.respond].map(textOf)
      const [view, command, draft] = [rest.view, rest.command, rest.draft].map(textOf)
      const own = rest.own === true
      return { channel: textOf(channel) ?? '', workspace, respond, view, own, command, draft }
    }
  } catch {
    // The text is of a form of an earlier version, or forged: the reply goes to the user alone.
  }
  return { channel: '' }
}

const textOf = (part: unknown) => (typeof part === 'string' ? part : undefined)
