const HOUR = 3_600_000

/** Milliseconds from now to that hour of the next day in UTC, and five seconds more. */
export function toHour(hour: number): number {
  const now = Date.now()
  return Math.ceil(now / (24 * HOUR)) * 24 * HOUR + hour * HOUR + 5000 - now
}
