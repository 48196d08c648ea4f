/** Times operations and formats figures. */
import { performance } from 'node:perf_hooks'

/** One line of the report. `against` is what was measured for comparison in the same run. */
export interface Line {
  readonly what: string
  readonly figure: string
  readonly against: string
}

export interface Spread {
  readonly median: number
  readonly p99: number
}

/** Returns the median and the 99th percentile (nearest rank) of samples in any unit. */
export function spread(samples: readonly number[]): Spread {
  const sorted = [...samples].sort((a, b) => a - b)
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
  return { median: at(0.5), p99: at(0.99) }
}

/** Returns how long each call takes, in milliseconds, one after the other. */
export async function times(count: number, act: (i: number) => Promise<unknown>): Promise<number[]> {
  const samples: number[] = []
  for (let i = 0; i < count; i++) {
    const began = performance.now()
    await act(i)
    samples.push(performance.now() - began)
  }
  return samples
}

/**
 * Runs `count` acts, `width` at a time; returns the seconds in all, and how long each took in milliseconds.
 */
export async function together(
  count: number,
  width: number,
  act: (i: number) => Promise<unknown>,
): Promise<{ seconds: number; each: Spread }> {
  const samples: number[] = []
  const began = performance.now()
  let next = 0
  const worker = async () => {
    while (next < count) {
      const i = next++
      const start = performance.now()
      await act(i)
      samples.push(performance.now() - start)
    }
  }
  await Promise.all(Array.from({ length: width }, worker))
  return { seconds: (performance.now() - began) / 1000, each: spread(samples) }
}

export function ms({ median, p99 }: Spread): string {
  return `median ${round(median)} ms, p99 ${round(p99)} ms`
}

export function round(n: number): string {
  return n >= 100 ? n.toFixed(0) : n >= 10 ? n.toFixed(1) : n.toFixed(2)
}

export function perSecond(n: number): string {
  return `${Math.round(n).toLocaleString('en-US')} a second`
}
