/**
 * Work that follows an acknowledgement: a turn of the event loop begins at most one piece of it, in order, and none while more is coming
 * in. However many press at the same moment, everybody is acknowledged soon, and no more is under way than gets done.
 */
export function createTurns(): () => Promise<void> {
  const waiting: (() => void)[] = []
  let [hasCome, putOff] = [false, 0]
  function next(): void {
    if (hasCome && putOff < MOST_PUT_OFF) putOff++
    else {
      putOff = 0
      waiting.shift()?.()
    }
    hasCome = false
    if (waiting.length > 0) setImmediate(next)
  }
  return () =>
    new Promise((resolve) => {
      hasCome = true
      if (waiting.push(resolve) === 1) setImmediate(next)
    })
}

/** Turns in a row that only take in: a new connection takes one. */
const MOST_PUT_OFF = 4
