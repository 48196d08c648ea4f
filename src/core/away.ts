/** Times in which somebody is away: their days, the first and the last of them too, are no scheduled days. */

/** ISO dates, both of them away. */
export interface AwayTime {
  readonly from: string
  readonly until: string
}

/** An away time that is longer takes more from the team than it gives to its member. */
export const MOST_AWAY_DAYS = 92

export function isAway(date: string, times: readonly AwayTime[]): boolean {
  return times.some(({ from, until }) => from <= date && date <= until)
}
