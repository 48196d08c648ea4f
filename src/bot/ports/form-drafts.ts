/** Forms that were opened and not sent. */
import type { FormValues } from './chat.js'
import type { UserKey } from './keys.js'

export interface FormDraftStore {
  /**
   * Keeps a form for a day and returns its id. A user has at most `FORM_DRAFTS`; the oldest is deleted.
   * Undefined when the workspace is not there, or was removed, or when the values exceed
   * `FORM_DRAFT_CHARACTERS`.
   */
  openFormDraft(draft: NewFormDraft): Promise<string | undefined>
  /** Returns the form to its owner only, and only within its day. */
  formDraft(who: UserKey, id: string, now: number): Promise<FormDraft | undefined>
  /** The id of the form that this user opened or changed last. */
  latestFormDraft(who: UserKey, now: number): Promise<string | undefined>
  /**
   * Replaces the given values and keeps them for another day; false when there is no such form, or the values
   * are too long.
   */
  keepFormDraft(who: UserKey, id: string, given: FormValues, now: number): Promise<boolean>
  dropFormDraft(who: UserKey, id: string): Promise<void>
}

/** A form that was opened and not sent. */
export interface FormDraft {
  readonly id: string
  /** The id of the form. */
  readonly form: string
  /** The values that it showed when it was opened, and the values given since. */
  readonly shown: FormValues
  readonly given: FormValues
}

export interface NewFormDraft extends UserKey, Omit<FormDraft, 'id'> {
  readonly now: number
}

/** How many forms of one user are kept. */
export const FORM_DRAFTS = 10

/** The most characters of the values of one form, as JSON. */
export const FORM_DRAFT_CHARACTERS = 100_000
