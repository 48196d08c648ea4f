/**
 * Periods in which a member is away: these days, including the first and the last, are not scheduled days for
 * them.
 */

/** ISO dates, both included. */
export interface AwayTime {
  readonly from: string
  readonly until: string
}

/** A longer absence costs the team more than it helps the member. */
export const MOST_AWAY_DAYS = 92

export function isAway(date: string, times: readonly AwayTime[]): boolean {
  return times.some(({ from, until }) => from <= date && date <= until)
}
