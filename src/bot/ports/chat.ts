/**
 * What the bot asks of a chat platform. One implementation a platform; `tests/platforms/chat-contract.ts`
 * holds them alike.
 */
import type { Card, Form } from '../ui/card.js'
import type { Upload } from './upload.js'

export interface Chat {
  /** `slack`, `discord` or `web`; stored with every workspace. */
  readonly platform: string
  /** How many processes share what the platform allows the bot; without it, each has a limit of its own. */
  readonly sharedBy?: () => number
  /**
   * Posts a card in a channel, or to one person in private, and gives the platform's id of the message.
   * `key` makes it safe to try again: a second post with one key gives the first message where the platform
   * can tell. `replyTo`: the message
   * that it answers, which may be gone by now.
   */
  post(to: Place | Person, card: Card, key: string, replyTo?: string): Promise<string>
  /**
   * The message posted under `key`, when a try before this one got through; undefined when none is there.
   * Throws `LookUnfinished` where the platform lets no one look at all of it now.
   */
  find(to: Place | Person, key: string, look?: Look): Promise<string | undefined>
  /** `isMinor`: it may wait for what matters more, such as the close of a round. */
  update(place: Place | Person, message: string, card: Card, isMinor?: boolean): Promise<void>
  /**
   * Whether this user may see the channel now, as of a minute ago at most. Never rejects: `unknown` when the
   * platform does not say.
   */
  access(place: Place, user: string): Promise<'yes' | 'no' | 'unknown'>
  /**
   * Whether this user is still in the workspace, as of this moment. Takes two seconds at most and never
   * rejects: `unknown` when the platform does not say.
   */
  isThere(person: Person): Promise<'yes' | 'no' | 'unknown'>
  /**
   * Whether this user, who was in the channel once, can still see it. `unknown` when Cohort itself does not, so
   * that a channel it was taken out of empties no team. Takes two seconds at most and never rejects.
   */
  isStillIn(place: Place, user: string): Promise<'yes' | 'no' | 'unknown'>
  /**
   * Whether a part of the workspace may not see the channel. Never rejects: a channel of which nothing is
   * known is private.
   */
  isPrivate(place: Place): Promise<boolean>
  /**
   * Throws `ChatRefusal` unless it is a channel of this workspace that Cohort can see, and this user too,
   * when one is given. Throws something else when the platform cannot be asked.
   */
  checkChannel(place: Place, user: string | undefined): Promise<void>
  /**
   * Deletes what the platform itself keeps about a member: messages of the web chat, a name that was looked
   * up.
   */
  forget(workspace: string, user: string): Promise<void>
  readonly capabilities: Capabilities
}

/** What only some platforms can. The bot does without what is missing. */
export interface Capabilities {
  /** People have direct messages with the bot, where a question can be answered. */
  readonly directMessages?: true
  /** There are roles or user groups that a post can mention. */
  readonly mentions?: {
    /** How one is given in a form, where that is not plain. */
    readonly hint?: string
    /** Its id, of what was given in a form of this workspace; undefined when it is none. */
    read(given: string, workspace: string): string | undefined
  }
  /**
   * Opens a thread for the discussion of a message; `replyTo`: what that message answers. `isAgain`: an
   * earlier try may have got through. Returns an id of what was opened.
   */
  openThread?(
    place: Place,
    message: string,
    replyTo: string | undefined,
    card: Card,
    isAgain: boolean,
  ): Promise<string>
  /** Deletes a message of the bot, which may be gone already; missing where nothing is ever posted twice. */
  remove?(place: Place, message: string): Promise<void>
  /**
   * Where people of a workspace see a welcome, and Cohort may write: undefined when that is for another
   * process to say. Throws `ChatRefusal` while there is no such place.
   */
  frontDoor?(workspace: string): Promise<Place | Person | undefined>
  /** The address of a message. Never rejects: undefined when it is not known. */
  linkTo?(place: Place, message: string): Promise<string | undefined>
  /** Whether the platform shows this form in several steps. The values are then kept between them. */
  takesSteps?(form: Form): boolean
}

/** Where a look for an earlier post begins, and where it ends. */
export interface Look {
  /** How long ago it can have been posted, in milliseconds. */
  readonly ageMs: number
  /** Where the look before this one stopped, as `LookUnfinished` said. */
  readonly page?: string | undefined
  /** Another message under the same key, which is not looked for. */
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

/**
 * The platform will refuse this for as long as a person does not act: no such channel, not invited, no
 * permission.
 */
export class ChatRefusal extends Error {
  override readonly name = 'ChatRefusal'
}

/** The channel was deleted: nothing will ever be posted there. */
export class ChannelGone extends ChatRefusal {}

/** The platform asks to wait; it may be tried again after that. */
export class ChatBusy extends Error {
  override readonly name = 'ChatBusy'
  readonly retryAfterMs: number
  /** An earlier try of the same call may have got through, so it has to be looked for first. */
  readonly mayBeDone: boolean
  constructor(retryAfterMs: number, mayBeDone = false) {
    super(`the platform asks to wait ${retryAfterMs} ms`)
    this.retryAfterMs = retryAfterMs
    this.mayBeDone = mayBeDone
  }
}

/** A look for an earlier post goes on at `page`, when the platform lets it. */
export class LookUnfinished extends ChatBusy {
  readonly page: string
  constructor(retryAfterMs: number, page: string) {
    super(retryAfterMs, true)
    this.page = page
  }
}

/**
 * Who asks, and where from. `channel` is where the platform says that they are; it is empty in a direct
 * message and on a page of their own.
 */
export interface Caller extends Place {
  readonly platform: string
  /** The platform's own id of the user. */
  readonly user: string
  /** The name that the platform shows at the time. */
  readonly name: string
  /** The IANA time zone that the platform knows of the user. */
  readonly zone?: string | undefined
  /** May set teams up: asked of the platform each time it matters, never of the client. */
  readonly isAdmin: () => Promise<boolean>
  /**
   * What is remembered of that, where asking costs something that all share: for what is shown, never for
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
      /** As typed after the name, or the values of options that the platform read itself. */
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
      /** By the name of the field; the value of such a field is the name of its file. */
      readonly uploads?: Uploads
      /** The id of the kept form. */
      readonly draft?: string | undefined
      /** One of several steps: its values are checked and kept, and nothing is done yet. */
      readonly isStep?: true
    }

/** What was given to the options of a command. */
export type OptionValues = Readonly<Record<string, string | number | Upload | undefined>>

export type Uploads = Readonly<Record<string, Upload>>

export type FormValues = Readonly<Record<string, string | readonly string[]>>

/**
 * `replace` draws over the private card that carried the button; `channel` is for everybody there. `wrong` is
 * the field of the sent
 * form that the card complains of, and under what the form is kept: a platform may say it there and leave the
 * form open. `passing`: a chat that keeps its own messages does not keep this one.
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
 * A reply with the reference of its request, which stands in every line of the log about it. `isTrouble`: it
 * says what was a mistake or what broke, so it is for the asker alone.
 */
export type Answered<R extends Reply = Reply> = R & {
  readonly reference: string
  readonly isTrouble?: boolean
}
