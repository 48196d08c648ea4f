/** Where something came from in Slack, which decides where its reply goes. */

/** Where a reply goes. */
export interface Origin {
  readonly workspace: string
  /** Empty on the Home tab and in what it opened. */
  readonly channel: string
  readonly user: string
  /** Takes five messages within half an hour, even where Cohort is not a member. */
  readonly respond: string | undefined
  /** Opens one form, within three seconds. */
  readonly trigger: string | undefined
  /** Until when the trigger is valid, by the clock of the process. */
  readonly opensUntil?: number
  /**
   * The press was on something that only this user sees, a message or an open modal, so it can be redrawn.
   */
  readonly own: boolean
  /** The open modal whose button was pressed. */
  readonly view: string | undefined
}

/** What a modal needs when it comes back. */
interface Metadata {
  readonly channel: string
  /** Where it was opened, which an organization's install does not say. */
  readonly workspace?: string | undefined
  readonly respond?: string | undefined
  readonly view?: string | undefined
  readonly own?: boolean | undefined
  /** For the form that asks for a command's input. */
  readonly command?: string | undefined
  /** The id under which the form is kept. */
  readonly draft?: string | undefined
}

export function metadata(
  { workspace, channel, respond, view, own }: Origin,
  { command, draft }: Pick<Metadata, 'command' | 'draft'> = {},
): string {
  return JSON.stringify({ workspace, channel, respond, view, own, command, draft } satisfies Metadata)
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
    // A form of an earlier version, or a forged one: the reply goes to the user alone.
  }
  return { channel: '' }
}

const textOf = (part: unknown) => (typeof part === 'string' ? part : undefined)
