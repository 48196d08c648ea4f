/**
 * The queue in which requests of people start: workspaces take turns, and so do the members of a workspace.
 * Runs at most one queued task per event-loop turn, and none while more requests arrive, so that
 * acknowledgements stay fast however many people press at the same moment.
 */
import { once } from '../core/once.js'
import type { Caller } from './ports/chat.js'

export type IntakeQueue = <T>(from: Asker, work: () => Promise<T>) => Promise<T>

type Asker = Pick<Caller, 'platform' | 'workspace' | 'user'>

/**
 * The most tasks of one member that run at the same time. A task that waits for the database or a platform
 * does not delay other people.
 */
const MOST_OF_MEMBER = 3
const MOST_OF_WORKSPACE = 100
/** A task that takes longer is assumed to wait for a platform or a lock, and no longer counts. */
const SLOW_MS = 1000
/**
 * The most consecutive turns in which requests are only accepted and no task runs: a new connection takes
 * one.
 */
const MOST_PUT_OFF = 4

type Start = () => void

export function createIntakeQueue(): IntakeQueue {
  /** Waiting tasks by workspace, then by member; a workspace or member that had a turn moves to the end. */
  const waiting = new Map<string, Map<string, Start[]>>()
  const underWay = new Map<string, number>()
  let [hasCome, putOff, isScheduled] = [false, 0, false]

  function schedule(): void {
    if (isScheduled || waiting.size === 0) return
    isScheduled = true
    setImmediate(next)
  }

  function next(): void {
    isScheduled = false
    const isLater = hasCome && putOff < MOST_PUT_OFF
    putOff = isLater ? putOff + 1 : 0
    hasCome = false
    const start = isLater ? undefined : take()
    start?.()
    // If everybody who waits is at the limit of running tasks, the end of a task resumes the queue.
    if (isLater || start) schedule()
  }

  function take(): Start | undefined {
    for (const [workspace, members] of waiting) {
      if ((underWay.get(workspace) ?? 0) >= MOST_OF_WORKSPACE) continue
      for (const [member, starts] of members) {
        const start = (underWay.get(member) ?? 0) < MOST_OF_MEMBER ? starts.shift() : undefined
        if (!start) continue
        toTheEnd(members, member, starts.length > 0 ? starts : undefined)
        toTheEnd(waiting, workspace, members.size > 0 ? members : undefined)
        return start
      }
    }
    return undefined
  }

  async function run<T>(names: readonly string[], work: () => Promise<T>): Promise<T> {
    const leave = once(() => {
      for (const name of names) count(underWay, name, -1)
      schedule()
    })
    for (const name of names) count(underWay, name, 1)
    const slow = setTimeout(leave, SLOW_MS)
    try {
      return await work()
    } finally {
      clearTimeout(slow)
      leave()
    }
  }

  return ({ platform, workspace, user }, work) =>
    new Promise((resolve, reject) => {
      const [place, member] = [
        JSON.stringify([platform, workspace]),
        JSON.stringify([platform, workspace, user]),
      ]
      const members = waiting.get(place) ?? new Map<string, Start[]>()
      const starts = members.get(member) ?? []
      starts.push(() => run([place, member], work).then(resolve, reject))
      members.set(member, starts)
      waiting.set(place, members)
      hasCome = true
      schedule()
    })
}

function toTheEnd<V>(ring: Map<string, V>, name: string, value: V | undefined): void {
  ring.delete(name)
  if (value !== undefined) ring.set(name, value)
}

function count(counts: Map<string, number>, name: string, by: number): void {
  const n = (counts.get(name) ?? 0) + by
  if (n > 0) counts.set(name, n)
  else counts.delete(name)
}
