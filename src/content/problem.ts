/** Something wrong in the content, where an author finds it. */
export interface Problem {
  /** Relative to the content folder. */
  readonly file: string
  /** Counts from 1. */
  readonly line: number
  readonly message: string
}

export type Report = (line: number, message: string) => void
