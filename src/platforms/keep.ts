/** Puts a value into a map of at most so many: when it is full, what came first goes. */
export function keep<V>(map: Map<string, V>, most: number, key: string, value: V): void {
  const [oldest] = map.keys()
  if (map.size >= most && oldest !== undefined && !map.has(key)) map.delete(oldest)
  map.set(key, value)
}
