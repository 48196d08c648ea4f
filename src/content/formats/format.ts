/** What every reader of question files returns, and what every writer takes. */
import type { AuthoredItem } from '../../core/model.js'
import type { Warning } from '../notes.js'

/** A file as it was found: in a folder, in an archive, or sent by a chat. */
export interface SourceFile {
  /** With folders, joined by `/`, relative to where the search began. */
  readonly path: string
  readonly bytes: Uint8Array
}

/** A question as its file has it. What the file does not say is an empty text, never a guess. */
export interface FoundQuestion {
  /** Where it begins in its file, from 1: a line, or a row of a sheet. */
  readonly line: number
  /** `why` is empty where the file gives no reason for that choice. */
  readonly item: AuthoredItem
  /** What the file says after the answer about the question as a whole; empty for nothing. */
  readonly explanation: string
  /** What the file calls the group that the question stands in: a category, a tag, a chapter. */
  readonly group: string
  /** What the file itself calls the question, such as Moodle's `::title::`. */
  readonly name: string
}

/** A card to look up, such as Anki's: it has a front and a back, and nothing to choose from. */
export interface FoundTopic {
  readonly line: number
  /** One line. */
  readonly title: string
  readonly text: string
  /** As in `FoundQuestion`. */
  readonly group: string
}

/** What was taken of a file, and what was not. Lines as in `FoundQuestion`. */
export interface QuestionFile {
  /** The format's name as people know it, such as `Moodle GIFT`. */
  readonly format: string
  readonly questions: readonly FoundQuestion[]
  /** Questions that were not taken, each with its reason. */
  readonly leftOut: readonly Warning[]
  /** What questions that were taken have lost or changed, such as a picture. */
  readonly changed: readonly Warning[]
  /** What the file has to look up, beside its questions or in place of them. */
  readonly topics?: readonly FoundTopic[]
  /** Whom to name, and the licence, where the format itself tells it. */
  readonly attribution?: string
}

export interface QuestionFormat {
  /** As `--format` names it: lower-case words joined by hyphens. */
  readonly id: string
  readonly name: string
  /** Whether the file looks like this format; decided by its content, its ending is only a hint. */
  recognises(file: SourceFile): boolean
  /** Never throws for what stands in the file: a broken question is left out, with its reason. */
  read(file: SourceFile): QuestionFile
  /** Left out by formats that are only read. */
  readonly write?: (questions: readonly FoundQuestion[], title: string) => WrittenFile
}

export interface WrittenFile {
  readonly bytes: Uint8Array
  /** With its dot, such as `.gift`. */
  readonly extension: string
  /** How many questions are in it. */
  readonly count: number
  /** What the format cannot hold, by the question's name: nothing is cut in silence. */
  readonly warnings: readonly { readonly name: string; readonly message: string }[]
}
