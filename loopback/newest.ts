/**
 * Limits what a loopback platform remembers when it does not judge: enough to answer, however long it runs.
 */

const IN_A_CHANNEL = 6
const ANSWERED = 200

/** Removes the oldest message of the newest one's channel, if there are more than a few. */
export function keepNewest(posts: { readonly channel: string }[]): void {
  const { channel } = posts.at(-1) ?? {}
  const same = posts.filter((post) => post.channel === channel)
  const [oldest] = same
  if (oldest && same.length > IN_A_CHANNEL) posts.splice(posts.indexOf(oldest), 1)
}

/** Returns a function to call with each answered key; it forgets all but the last keys. */
export function forgetAnswered(answered: Map<string, unknown>): (key: string) => void {
  const lately: string[] = []
  return (key) => {
    if (lately.push(key) > ANSWERED) answered.delete(lately.shift() ?? '')
  }
}
