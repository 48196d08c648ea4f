/** Removes the name of a forgotten member from a message that is kept. */

export interface Named {
  /** The platform's own id of the user. */
  readonly id: string
  readonly name: string
}

const NOBODY = 'A former member'
/** Properties that contain no text for people. */
const NO_TEXTS = ['kind', 'id', 'value', 'values', 'mime']

/**
 * The same message without the member's name: it is removed from boards, from pictures, and from what others
 * typed, where the whole name occurs. `body` is `unknown`, since a message may be of an earlier version.
 */
export function unnamed(body: unknown, { id, name }: Named): unknown {
  const literal = name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
  const whole = new RegExp(`(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}])`, 'gu')
  const without = (part: unknown): unknown => {
    if (typeof part === 'string') return name === '' ? part : part.replace(whole, NOBODY)
    if (typeof part !== 'object' || part === null) return part
    if (Array.isArray(part)) return part.map(without)
    if ('member' in part && part.member === id) return NOBODY
    return Object.fromEntries(
      Object.entries(part).map(([key, inner]) => [key, NO_TEXTS.includes(key) ? inner : without(inner)]),
    )
  }
  return without(body)
}
