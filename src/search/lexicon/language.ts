/** What the look-up has to know of a language. */

/** One language; words stand between blanks, groups of words one a line. */
export interface Language {
  /** Words that hold a sentence together; they tell nothing about what is asked. */
  readonly functionWords: string
  /** Words in which a question is wrapped. They tell nothing either, unless one is the title of a topic. */
  readonly askingWords: string
  /**
   * Words of everyday questions about anything. They help to find a topic, but a question is never about
   * them.
   */
  readonly lightWords: string
  /** Words of talk about anything. They tell less than others that are as rare in the notes. */
  readonly everydayWords: string
  /** Words that a question begins with. */
  readonly questionWords: string
  /** Words that people use for one another; the one asked with is often not the one in the notes. */
  readonly kin: string
  stem(word: string): string
  /** One spelling where a language has several; of text in lower case without accents. */
  fold(text: string): string
  /** The known words that a word is made of; empty for one that is none of them together. */
  readonly compoundParts?: (word: string, isKnown: (word: string) => boolean) => readonly string[]
  /** A capital then tells no name from a common word. */
  readonly nounsAreCapital: boolean
  readonly comparing: Comparing
}

/** How people ask for a comparison; read in a query that `plain` has been through. */
export interface Comparing {
  readonly compares: RegExp
  readonly chooses: RegExp
  readonly lists: RegExp
  /** What stands between the sides; matched throughout. */
  readonly between: RegExp
  /** All that comes before the sides. */
  readonly opening: RegExp
}
