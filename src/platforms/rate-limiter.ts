/**
 * Returns a function that waits for its turn: turns are spread evenly over a second, so that a burst does not
 * run into a limit.
 */
export function createRateLimiter(
  perSecond: () => number,
  clock: () => number,
  wait: (ms: number) => Promise<unknown>,
): () => Promise<void> {
  let next = 0
  return async () => {
    const at = Math.max(clock(), next)
    next = at + 1000 / perSecond()
    if (at > clock()) await wait(at - clock())
  }
}
