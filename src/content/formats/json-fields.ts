/** The fields of a question in JSON, whatever their file calls them. */

/** By names in lower case without signs between words: `correct_answer` is `correctanswer`. */
export type Fields = ReadonlyMap<string, unknown>

export const plainName = (name: string) => name.toLowerCase().replace(/[\s_-]/g, '')

/** Returns no fields for what is no object. */
export function fieldsOf(value: unknown): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return new Map()
  return new Map(Object.entries(value).map(([name, one]) => [plainName(name), one]))
}

export const isFilled = (value: unknown) => value !== undefined && value !== null && value !== ''

/** The first of the names that the object has with a value. */
export const nameIn = (fields: Fields, names: readonly string[]): string | undefined =>
  names.find((name) => isFilled(fields.get(name)))

export const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''

export const textIn = (fields: Fields, names: readonly string[]): string =>
  textOf(fields.get(nameIn(fields, names) ?? ''))

export const STEMS = ['question', 'questiontext', 'stem', 'prompt', 'query']

/**
 * The fields of a question; some files have an object for its text, with the answers in it or beside it:
 * `{"question": {"stem": …, "choices": …}, "answerKey": …}`.
 */
export function questionFields(value: unknown): Fields {
  const fields = fieldsOf(value)
  const name = nameIn(fields, STEMS)
  const inner = fieldsOf(fields.get(name ?? ''))
  if (name === undefined || inner.size === 0) return fields
  const stem = textIn(inner, ['text', ...STEMS])
  const others = [...inner].filter(([key]) => key !== 'text' && !STEMS.includes(key))
  return new Map<string, unknown>([...others, ...fields, [name, stem]])
}

export const stemOf = (fields: Fields): string => textIn(fields, STEMS)
