/**
 * Processes that share the shards of one bot on one database: nobody's press is lost when one comes, goes or
 * is killed.
 */
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createPerson, readable } from '../../loopback/discord/people.js'
import { guild, type LoopbackDiscord, startDiscord, TOKEN } from '../../loopback/discord/server.js'
import { emptyDatabase, givenDatabase } from '../helpers/database.js'
import { createPrograms, type Program, type Programs } from '../helpers/program.js'
import { until } from '../helpers/until.js'
import { ANN, answerTo } from '../platforms/discord-bot.js'

const SHARDS = 4
/** One server a shard. */
const SERVERS = Array.from({ length: SHARDS }, (_, i) => String((BigInt(i + SHARDS) << 22n) + 1n))

let server: LoopbackDiscord
let programs: Programs
beforeEach(async () => {
  await emptyDatabase()
  const guilds = SERVERS.map((id, i) => guild(id, `Server ${i}`, [ANN], [channelOf(i)]))
  server = await startDiscord(guilds, { shards: SHARDS })
  programs = createPrograms()
})
afterEach(() => {
  programs.stop()
  server.stop()
})

const channelOf = (i: number) => String(500000000000000000n + BigInt(i))
const start = (): Promise<Program> => {
  const database = givenDatabase()
  return programs.start({
    ...('url' in database && { DATABASE_URL: database.url }),
    DISCORD_TOKEN: TOKEN,
    DISCORD_API_URL: server.api(),
  })
}
const connected = () =>
  server.gateway.sessions.filter((session) => session.socket !== undefined).map(({ shard }) => shard[0])
const all = [0, 1, 2, 3]
const isWhole = () => (connected().sort().join() === all.join() ? true : undefined)

/** Somebody on each server asks, and is answered once. */
async function everybodyIsAnswered(): Promise<void> {
  for (const [i, id] of SERVERS.entries()) {
    const ann = createPerson(server, ANN, id, channelOf(i))
    const before = server.posts.length
    expect(readable(await answerTo(ann, () => ann.types('/explain', { query: 'apple' })))).toContain('Apple')
    expect(server.posts).toHaveLength(before + 1)
  }
}

it('a process that comes takes its share, one that stops hands over, one that is killed is followed by another', async () => {
  const first = await start()
  expect(first.out).toContain('4 servers, 4 shards')
  await everybodyIsAnswered()

  const second = await start()
  expect(second.out).toContain('of 4 shards')
  await until(() => (server.gateway.identifies.length >= SHARDS + SHARDS / 2 ? isWhole() : undefined), 20_000)
  await everybodyIsAnswered()

  let isOver = false
  const ended = first.kill('SIGTERM').then((code) => {
    isOver = true
    return code
  })
  while (!isOver) await everybodyIsAnswered()
  expect(await ended).toBe(0)
  await until(isWhole, 20_000)

  const third = await start()
  expect(third.code).toBeUndefined()
  await second.kill()
  await until(isWhole, 20_000)
  await everybodyIsAnswered()
}, 120_000)
