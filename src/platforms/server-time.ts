/** The time by a platform's own clock, which may differ from that of this machine. */

export interface ServerTime {
  /** Reads the platform's time from an answer. */
  heard(answer: Pick<Response, 'headers'>): void
  /** Epoch milliseconds; undefined until the platform has answered once. */
  now(): number | undefined
}

export function createServerTime(clock: () => number): ServerTime {
  let ahead: number | undefined
  return {
    heard({ headers }) {
      const date = Date.parse(headers.get('date') ?? '')
      if (!Number.isNaN(date)) ahead = date - clock()
    },
    now: () => (ahead === undefined ? undefined : clock() + ahead),
  }
}
