/**
 * The interface of a chat platform, as the bot needs it. There is one implementation per platform;
 * `tests/platforms/chat-contract.ts` holds them all to this.
 */
import type { Card, Form } from '../ui/card.js'
import type { Upload } from './upload.js'

export interface Chat {
  /** `slack`, `discord` or `web`; stored with every workspace. */
  readonly platform: string
  /**
   * The number of processes that share the rate limit of the bot; without it, each has a limit of its own.
   */
  readonly sharedBy?: () => number
  /**
   * Posts a card in a channel, or to one person in private, and returns the platform's id of the message.
   * `key` makes it safe to retry: a second post with one key returns the first message, if the platform can
   * tell. `replyTo`: the message that it answers, which may be gone by now.
   */
  post(to: Place | Person, card: Card, key: string, replyTo?: string): Promise<string>
  /**
   * Returns the message posted under `key`, if an earlier try got through; undefined if there is none. Throws
   * `LookUnfinished` if the platform's limits do not allow a complete search now.
   */
  find(to: Place | Person, key: string, look?: Look): Promise<string | undefined>
  /** `isMinor`: it may wait for more important calls, such as the close of a round. */
  update(place: Place | Person, message: string, card: Card, isMinor?: boolean): Promise<void>
  /**
   * Whether this user may see the channel now, as of a minute ago at most. Never rejects: `unknown` when the
   * platform does not say.
   */
  access(place: Place, user: string): Promise<'yes' | 'no' | 'unknown'>
  /**
   * Whether this user is still in the workspace at this moment. Takes two seconds at most and never rejects:
   * `unknown` when the platform does not say.
   */
  isThere(person: Person): Promise<'yes' | 'no' | 'unknown'>
  /**
   * Whether this user, who was once in the channel, can still see it. `unknown` when Cohort itself cannot, so
   * that a channel it was removed from empties no team. Takes two seconds at most and never rejects.
   */
  isStillIn(place: Place, user: string): Promise<'yes' | 'no' | 'unknown'>
  /**
   * Whether a part of the workspace may not see the channel. Never rejects: an unknown channel counts as
   * private.
   */
  isPrivate(place: Place): Promise<boolean>
  /**
   * Throws a `ChatRefusal` unless it is a channel of this workspace that Cohort can see, and that this user
   * can see, if one is given. Throws another error when the platform cannot be asked.
   */
  checkChannel(place: Place, user: string | undefined): Promise<void>
  /** Deletes what the platform's own code keeps about a member: messages of the web chat, a cached name. */
  forget(workspace: string, user: string): Promise<void>
  readonly capabilities: Capabilities
}

/** Features that only some platforms have. The bot does without what is missing. */
export interface Capabilities {
  /** People have direct messages with the bot, where a question can be answered. */
  readonly directMessages?: true
  /** A post can mention roles or user groups. */
  readonly mentions?: {
    /** How to enter one in a form, if that is not obvious. */
    readonly hint?: string
    /** Returns its id, read from a form's value in this workspace; undefined if the value names none. */
    read(given: string, workspace: string): string | undefined
  }
  /**
   * Opens a thread for the discussion of a message; `replyTo`: what that message answers. `isAgain`: an
   * earlier try may have got through. Returns the id of the thread.
   */
  openThread?(
    place: Place,
    message: string,
    replyTo: string | undefined,
    card: Card,
    isAgain: boolean,
  ): Promise<string>
  /**
   * Deletes a message of the bot, which may be gone already; missing on platforms where nothing is ever
   * posted twice.
   */
  remove?(place: Place, message: string): Promise<void>
  /**
   * Returns a place where people of a workspace see a welcome and where Cohort may write. Undefined when
   * another process must decide. Throws a `ChatRefusal` while there is no such place.
   */
  frontDoor?(workspace: string): Promise<Place | Person | undefined>
  /** The URL of a message. Never rejects: undefined when it is not known. */
  linkTo?(place: Place, message: string): Promise<string | undefined>
  /** Whether the platform shows this form in several steps. Values are then kept between them. */
  takesSteps?(form: Form): boolean
}

/** The range of a search for an earlier post. */
export interface Look {
  /** The greatest possible age of the post in milliseconds. */
  readonly ageMs: number
  /** The page where the previous search stopped, from `LookUnfinished`. */
  readonly page?: string | undefined
  /** Another message under the same key, which is ignored. */
  readonly except?: string
}

export interface Place {
  readonly workspace: string
  readonly channel: string
}

/** One person of a workspace, in private. */
export interface Person {
  readonly workspace: string
  readonly user: string
}

/** The platform refuses this until a person acts: no such channel, not invited, no permission. */
export class ChatRefusal extends Error {
  override readonly name = 'ChatRefusal'
}

/** The channel was deleted: nothing will ever be posted there. */
export class ChannelGone extends ChatRefusal {}

/** The platform asks the bot to wait; it may try again after that. */
export class ChatBusy extends Error {
  override readonly name = 'ChatBusy'
  readonly retryAfterMs: number
  /** An earlier try of the same call may have got through, so it must be searched for first. */
  readonly mayBeDone: boolean
  constructor(retryAfterMs: number, mayBeDone = false) {
    super(`the platform asks to wait ${retryAfterMs} ms`)
    this.retryAfterMs = retryAfterMs
    this.mayBeDone = mayBeDone
  }
}

/** The search for an earlier post continues at `page`, once the platform allows it. */
export class LookUnfinished extends ChatBusy {
  readonly page: string
  constructor(retryAfterMs: number, page: string) {
    super(retryAfterMs, true)
    this.page = page
  }
}

/**
 * The person who makes a request, and the place. `channel` is where the platform says that they are; it is
 * empty in a direct message and on a person's own page.
 */
export interface Caller extends Place {
  readonly platform: string
  /** The platform's own id of the user. */
  readonly user: string
  /** The name that the platform shows at the time. */
  readonly name: string
  /** The user's IANA time zone, as the platform knows it. */
  readonly zone?: string | undefined
  /** Whether they may set teams up. Asks the platform each time it matters, never the client. */
  readonly isAdmin: () => Promise<boolean>
  /**
   * The cached answer, on platforms where asking uses up a shared limit. Use it for what is shown, never for
   * what is done.
   */
  readonly seemsAdmin?: boolean
}

/** One thing that a person did. */
export type Request =
  | {
      readonly kind: 'command'
      readonly caller: Caller
      readonly name: string
      /** The text typed after the name, or the values of options that the platform parsed itself. */
      readonly input: string | OptionValues
    }
  | { readonly kind: 'press'; readonly caller: Caller; readonly id: string }
  | {
      readonly kind: 'select'
      readonly caller: Caller
      readonly id: string
      readonly values: readonly string[]
    }
  | {
      readonly kind: 'submit'
      readonly caller: Caller
      readonly id: string
      readonly values: FormValues
      /** The files by field name; the value of such a field is the name of its file. */
      readonly uploads?: Uploads
      /** The id of the kept form. */
      readonly draft?: string | undefined
      /** One of several steps: its values are checked and kept, and nothing is done yet. */
      readonly isStep?: true
    }

/** The values of a command's options. */
export type OptionValues = Readonly<Record<string, string | number | Upload | undefined>>

export type Uploads = Readonly<Record<string, Upload>>

export type FormValues = Readonly<Record<string, string | readonly string[]>>

/**
 * `replace` redraws the private card with the button; `channel` is for everybody there. `wrong` is the field
 * of the sent form that the card is about, and the id under which the form is kept: a platform may show the
 * message there and leave the form open. `passing`: a chat that stores its messages does not store this one.
 */
export type Reply = CardReply | FormReply

/** `draft`: the id of the kept form, which comes back with the values. `field`: the field to begin with. */
export interface FormReply {
  readonly kind: 'form'
  readonly form: Form
  readonly draft?: string
  readonly field?: string
}

export interface CardReply {
  readonly kind: 'card'
  readonly card: Card
  readonly to: 'caller' | 'channel'
  readonly replace: boolean
  readonly passing?: true
  readonly wrong?: { readonly field: string; readonly message: string; readonly draft?: string }
}

/**
 * A reply with the reference of its request, which is in every line of the log about it. `isTrouble`: it
 * reports a mistake or an error, so it is for the asker alone.
 */
export type Answered<R extends Reply = Reply> = R & {
  readonly reference: string
  readonly isTrouble?: boolean
}
