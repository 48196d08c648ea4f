/** How long a piece of work holds the event loop, by the time that this thread computes: what else the machine does is not counted. */
import { readFileSync } from 'node:fs'

const STATISTICS = '/proc/thread-self/schedstat'

/** Milliseconds that this thread has computed; by the clock on the wall where the system does not tell. */
export function computed(): number {
  try {
    return Number(readFileSync(STATISTICS, 'utf8').split(' ')[0]) / 1e6
  } catch {
    return performance.now()
  }
}

/** Milliseconds of the longest piece of the work between two turns of the event loop, and of all of it. */
export async function pieces(work: () => Promise<unknown>): Promise<{ readonly longest: number; readonly all: number }> {
  const began = computed()
  let [last, longest, isOver] = [began, 0, false]
  const look = () => {
    const now = computed()
    longest = Math.max(longest, now - last)
    last = now
    if (!isOver) setImmediate(look)
  }
  setImmediate(look)
  await work()
  await new Promise((turn) => setImmediate(turn))
  isOver = true
  return { longest, all: computed() - began }
}
