import type { Question } from '../core/model.js'
import { compare } from '../core/order.js'

/** Something in the content that should be changed, with the place where an author finds it. */
export interface Problem {
  /**
   * Advice says what makes content better; content that is wrong, or covers an exam with gaps, is an error.
   */
  readonly level: 'error' | 'advice'
  /** The path relative to the content folder. */
  readonly file: string
  /** Counts from 1. */
  readonly line: number
  readonly message: string
}

/** Returns the place of a question from a file; a question that members of a team wrote has no line. */
export function placeOf({ origin }: Pick<Question, 'origin'>): {
  readonly file: string
  readonly line: number
} {
  return origin.kind === 'file' ? { file: origin.file, line: origin.line } : { file: 'chat', line: 1 }
}

export type Report = (line: number, message: string) => void

export function inOrder(problems: readonly Problem[]): Problem[] {
  return [...problems].sort((a, b) => compare(a.file, b.file) || a.line - b.line)
}

/** Returns the problems with which a pack is not served. */
export const errorsOf = (problems: readonly Problem[]): Problem[] =>
  problems.filter(({ level }) => level === 'error')
