/** Lengths of time in milliseconds. */
export const SECOND_MS = 1000
export const MINUTE_MS = 60 * SECOND_MS
export const HOUR_MS = 60 * MINUTE_MS
/** Use it for lengths of time only: a local day may have 23 or 25 hours. */
export const DAY_MS = 24 * HOUR_MS
