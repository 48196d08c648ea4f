export interface Pace {
  /** Waits for one's turn. */
  turn(): Promise<void>
  /** What was refused as one too many has used no turn. */
  giveBack(): void
}

/** At most so many a second, evenly, so that a burst does not run into a limit. */
export function createPace(perSecond: () => number, clock: () => number, wait: (ms: number) => Promise<unknown>): Pace {
  let next = 0
  const apart = () => 1000 / perSecond()
  return {
    async turn() {
      const at = Math.max(clock(), next)
      next = at + apart()
      if (at > clock()) await wait(at - clock())
    },
    giveBack() {
      next -= apart()
    },
  }
}
