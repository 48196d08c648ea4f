/** Letters that stand before answers in one list. */
const LABEL = /^\s*\(?([A-Ha-h])(?:\)\s*|[.:]\s+)(?=\S)/

/** They are labels only if they run from A: `E. coli` is a text. Returns undefined where there are none. */
export function withoutLabels(texts: readonly string[]): readonly string[] | undefined {
  const isLabelled = texts.every(
    (text, i) => LABEL.exec(text)?.[1]?.toUpperCase() === String.fromCharCode(65 + i),
  )
  return isLabelled ? texts.map((text) => text.replace(LABEL, '')) : undefined
}
