/**
 * How long a piece of work holds the event loop, by the time that it computes: what else the machine does is
 * not counted.
 */

/**
 * Exact, unlike what `/proc` tells, which on some machines moves with the ticks of the scheduler; of this
 * thread where Node knows it (22.19), else of the process.
 */
const usage: () => NodeJS.CpuUsage =
  'threadCpuUsage' in process ? (process.threadCpuUsage as () => NodeJS.CpuUsage) : () => process.cpuUsage()

/** Milliseconds that have been computed. */
export function computed(): number {
  const { user, system } = usage()
  return (user + system) / 1000
}

/** Milliseconds of the longest piece of the work between two turns of the event loop, and of all of it. */
export async function pieces(
  work: () => Promise<unknown>,
): Promise<{ readonly longest: number; readonly all: number }> {
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
