const REMEMBERED = 10_000

/** Gives a test that is true the first time only that it sees a key: platforms may deliver one thing twice. */
export function createOnce(): (key: string) => boolean {
  const seen = new Set<string>()
  return (key) => {
    if (seen.has(key)) return false
    if (seen.size >= REMEMBERED) seen.delete(seen.values().next().value ?? '')
    seen.add(key)
    return true
  }
}
