/** The facts about a language that the look-up needs. */

/** One language. Words are separated by spaces; groups of words take one line each. */
export interface Language {
  /** Words that hold a sentence together; they do not say what it is about. */
  readonly functionWords: string
  /**
   * Words that frame a question. They do not say what it is about either, unless one is the title of a topic.
   */
  readonly askingWords: string
  /**
   * Words of everyday questions on any subject. They help to find a topic, but a question is never about
   * them.
   */
  readonly lightWords: string
  /** Words of conversation about anything. They say less than other words that are as rare in the notes. */
  readonly everydayWords: string
  /** Words that can begin a question. */
  readonly questionWords: string
  /** Words that people use interchangeably; the notes often have another one than the question. */
  readonly kin: string
  stem(word: string): string
  /** Reduces spelling variants to one; expects lower-case text without accents. */
  fold(text: string): string
  /** Splits a compound into known words; empty if it cannot be split. */
  readonly compoundParts?: (word: string, isKnown: (word: string) => boolean) => readonly string[]
  /** If true, a capital does not distinguish a name from a common word. */
  readonly nounsAreCapital: boolean
  readonly comparing: Comparing
}

/** Patterns for questions that ask for a comparison, applied to a query in the form of `Lexicon.plain`. */
export interface Comparing {
  readonly compares: RegExp
  readonly chooses: RegExp
  readonly lists: RegExp
  /** Matches all words between the sides. */
  readonly between: RegExp
  /** Matches everything before the sides. */
  readonly opening: RegExp
}
