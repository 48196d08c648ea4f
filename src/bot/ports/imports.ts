/** Question files that were read and not imported yet: their questions wait until the sender confirms. */
import type { FoundQuestion } from '../../content/formats/format.js'
import type { WrittenQuestion } from '../../content/written.js'
import type { Question } from '../../core/model.js'
import type { UserKey } from './keys.js'

/** The form id under which the questions are kept, for a day like forms. */
export const IMPORT_FORM = 'import'
/** The most files of one user that wait. */
export const MOST_IMPORTS = 3

export interface KeptImport {
  /** The name of the file. */
  readonly name: string
  readonly format: string
  readonly questions: readonly FoundQuestion[]
}

/** The most questions of one team that are asked, both written and imported ones. */
export const MOST_OF_TEAM = 5000

export interface TakenImport {
  readonly team: number
  readonly pack: string
  /**
   * Returns the questions of the file that the team does not have. `known`: the open and asked questions of
   * the team; nobody adds to them meanwhile.
   */
  readonly questions: (known: readonly { readonly content: WrittenQuestion }[]) => readonly WrittenQuestion[]
  /** Makes the question that is asked, under its new id. */
  readonly asked: (id: string, question: WrittenQuestion) => Question
  readonly now: number
}

export interface ImportStore {
  /** Stores the file and returns its id; undefined in a workspace that the bot has left. */
  keepImport(who: UserKey, file: KeptImport, now: number): Promise<string | undefined>
  /**
   * Turns the questions into questions of the team that are asked: all of them, or none. The file no longer
   * waits. Returns how many they are. `isFull`: the team would have more than `MOST_OF_TEAM`, so nothing is
   * done. Undefined when nothing waits under this id, for example after an earlier press.
   */
  takeImport(
    who: UserKey,
    id: string,
    taking: TakenImport,
  ): Promise<{ readonly questions: number; readonly isFull: boolean } | undefined>
  keptImport(who: UserKey, id: string, now: number): Promise<KeptImport | undefined>
}
