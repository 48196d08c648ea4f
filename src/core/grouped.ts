/** By a key of each, in the order in which keys and members come. Like `Map.groupBy`, which Node 20 lacks. */
export function grouped<T, K>(all: Iterable<T>, by: (one: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>()
  for (const one of all) {
    const key = by(one)
    const group = groups.get(key)
    if (group) group.push(one)
    else groups.set(key, [one])
  }
  return groups
}
