/** The time from the last key until the typed values are kept. */
const PAUSE_MS = 400

/** Keeps changed values after a pause, and at once when the page is left. */
export function keeper(keep: () => void): { later: () => void; stop: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined
  const now = () => {
    if (timer !== undefined) keep()
    clear()
  }
  const clear = () => {
    clearTimeout(timer)
    timer = undefined
  }
  addEventListener('pagehide', now)
  return {
    later() {
      clear()
      timer = setTimeout(now, PAUSE_MS)
    },
    stop() {
      clear()
      removeEventListener('pagehide', now)
    },
  }
}
