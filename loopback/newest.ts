/**
 * What a loopback platform remembers when it is not asked to judge: enough to answer, and no more however
 * long it runs.
 */

const IN_A_CHANNEL = 6
const ANSWERED = 200

/** Takes the oldest message of the newest one's channel out, once there are more than a few. */
export function keepNewest(posts: { readonly channel: string }[]): void {
  const { channel } = posts.at(-1) ?? {}
  const same = posts.filter((post) => post.channel === channel)
  const [oldest] = same
  if (oldest && same.length > IN_A_CHANNEL) posts.splice(posts.indexOf(oldest), 1)
}

/** Gives what is told of each key that was answered, and forgets all but the last of them. */
export function forgetAnswered(answered: Map<string, unknown>): (key: string) => void {
  const lately: string[] = []
  return (key) => {
    if (lately.push(key) > ANSWERED) answered.delete(lately.shift() ?? '')
  }
}
