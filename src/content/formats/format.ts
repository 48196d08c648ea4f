/** The types that every reader of question files returns, and every writer takes. */
import type { AuthoredItem } from '../../core/model.js'
import type { Warning } from '../notes.js'

/** A file as it was found: in a folder, in an archive, or sent by a chat. */
export interface SourceFile {
  /** The path with folders, joined by `/`, relative to where the search began. */
  readonly path: string
  readonly bytes: Uint8Array
}

/** A question as its file has it. Whatever the file does not say is an empty text, never a guess. */
export interface FoundQuestion {
  /** Where the question begins in its file, from 1: a line, or a row of a sheet. */
  readonly line: number
  /** `why` is empty if the file gives no reason for that choice. */
  readonly item: AuthoredItem
  /** What the file says after the answer about the whole question; empty for nothing. */
  readonly explanation: string
  /** The file's name for the group of the question: a category, a tag, a chapter. */
  readonly group: string
  /** The file's own name for the question, such as Moodle's `::title::`. */
  readonly name: string
}

/** A card to look up, such as Anki's: it has a front and a back, and nothing to choose from. */
export interface FoundTopic {
  readonly line: number
  /** The title has a single line. */
  readonly title: string
  readonly text: string
  /** The same as in `FoundQuestion`. */
  readonly group: string
}

/** What was taken from a file, and what was not. Lines count as in `FoundQuestion`. */
export interface QuestionFile {
  /** The format's usual name, such as `Moodle GIFT`. */
  readonly format: string
  readonly questions: readonly FoundQuestion[]
  /** Questions that were not taken, each with its reason. */
  readonly leftOut: readonly Warning[]
  /** What the questions that were taken have lost or changed, such as a picture. */
  readonly changed: readonly Warning[]
  /** The topics that the file has besides its questions or instead of them. */
  readonly topics?: readonly FoundTopic[]
  /** The attribution and the licence, if the format itself gives them. */
  readonly attribution?: string
}

export interface QuestionFormat {
  /** The id for `--format`: lower-case words joined by hyphens. */
  readonly id: string
  readonly name: string
  /** Whether the file looks like this format; its content decides, its extension is only a hint. */
  recognises(file: SourceFile): boolean
  /** Never throws because of what the file contains: a broken question is left out, with its reason. */
  read(file: SourceFile): QuestionFile
  /** Missing for formats that are only read. */
  readonly write?: (questions: readonly FoundQuestion[], title: string) => WrittenFile
}

export interface WrittenFile {
  readonly bytes: Uint8Array
  /** The file extension with its dot, such as `.gift`. */
  readonly extension: string
  /** The number of questions in it. */
  readonly count: number
  /** What the format cannot hold, by the question's name: nothing is cut silently. */
  readonly warnings: readonly { readonly name: string; readonly message: string }[]
}
