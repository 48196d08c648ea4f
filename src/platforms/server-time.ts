/** The time by a platform's own clock, which is not quite that of this machine. */

export interface ServerTime {
  /** Each answer of the platform says what time it is there. */
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
