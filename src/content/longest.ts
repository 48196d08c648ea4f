/** The maximum lengths in characters, as in `content/README.md`, wherever a question comes from. */
export const LONGEST = {
  ...{ id: 48, concept: 80, stem: 900, choice: 240, answer: 70 },
  ...{ why: 320, misconception: 320, document: 160 },
} as const
