import { createServer } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { expect, it } from 'vitest'
import { createIntakeQueue, type IntakeQueue } from '../../src/bot/intake-queue.js'
import { startBot } from '../helpers/bot.js'

const PEOPLE = 60

const who = (workspace: string, user: string) => ({ platform: 'test', workspace, user })
const turnOf = (queue: IntakeQueue, user: string) => queue(who('w1', user), async () => {})

it('begins one at a time, in the order in which they came', async () => {
  const queue = createIntakeQueue()
  const order: number[] = []
  await Promise.all([1, 2, 3].map((n) => queue(who('w1', 'ann'), async () => order.push(n))))
  expect(order).toEqual([1, 2, 3])
})

it('serves workspaces in turn, and the members of each', async () => {
  const queue = createIntakeQueue()
  const order: string[] = []
  const ask = (workspace: string, user: string) =>
    queue(who(workspace, user), async () => order.push(`${workspace} ${user}`))
  const all = ['ann', 'ann', 'ann', 'ben', 'cem'].map((user) => ask('w1', user))
  await Promise.all([...all, ask('w2', 'dan'), ask('w2', 'dan'), ask('w3', 'eve')])
  expect(order).toEqual(['w1 ann', 'w2 dan', 'w3 eve', 'w1 ben', 'w2 dan', 'w1 cem', 'w1 ann', 'w1 ann'])
})

it('has a few of one member under way, and goes on when one of them ends', async () => {
  const queue = createIntakeQueue()
  const ends: (() => void)[] = []
  const begun = (user: string) => queue(who('w1', user), () => new Promise<void>((end) => ends.push(end)))
  for (let i = 0; i < 10; i++) void begun('ann')
  await turns(30)
  expect(ends).toHaveLength(3)
  void begun('ben')
  await turns(10)
  expect(ends).toHaveLength(4)
  ends[0]?.()
  await turns(10)
  expect(ends).toHaveLength(5)
})

it('waits for no one who takes long, and hands errors on', { tags: ['slow'] }, async () => {
  const queue = createIntakeQueue()
  for (let i = 0; i < 3; i++) void queue(who('w1', 'ann'), () => new Promise(() => {}))
  await expect(queue(who('w1', 'ann'), async () => Promise.reject(new Error('gone')))).rejects.toThrow('gone')
})

it('serves another workspace next while one member asks for 200 quizzes and fifteen of the longest look-ups', {
  tags: ['slow'],
}, async () => {
  const bot = await startBot()
  const ann = bot.person('ann')
  const order: string[] = []
  const longest = Array.from({ length: 60 }, (_, i) => `word${i}`).join(' ')
  const flood = Array.from({ length: 215 }, (_, i) =>
    ann.says(i % 14 === 0 ? `/explain ${longest}` : '/quiz').then(() => order.push('ann')),
  )
  await Promise.race(flood)
  order.length = 0
  await bot.person('ben', { workspace: 'w2' }).says('/quiz')
  const served = order.length
  await Promise.all(flood)
  expect(served).toBeLessThan(10)
  expect(order.length).toBeGreaterThan(80)
})

async function turns(n: number): Promise<void> {
  for (let i = 0; i < n; i++) await new Promise((next) => setImmediate(next))
}

it('begins something all the same while more and more comes in', async () => {
  const queue = createIntakeQueue()
  let [begun, over] = [0, false]
  const oneMore = () => {
    if (over) return
    turnOf(queue, 'ann').then(() => begun++)
    setImmediate(oneMore)
  }
  oneMore()
  await turns(100)
  over = true
  expect(begun).toBeGreaterThan(10)
})

it('takes in all that has come before it begins the next piece of work', async () => {
  const queue = createIntakeQueue()
  const seen: number[] = []
  let acknowledged = 0
  const server = createServer(async (_request, response) => {
    response.end()
    acknowledged++
    await turnOf(queue, 'ann')
    seen.push(acknowledged)
  })
  let taken = 0
  server.on('connection', () => taken++)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const sockets = await Promise.all(
    Array.from({ length: PEOPLE }, () => connected((server.address() as AddressInfo).port)),
  )
  while (taken < PEOPLE) await turnOf(queue, 'ann')
  for (const socket of sockets) socket.write('GET / HTTP/1.1\r\nHost: here\r\n\r\n')
  while (seen.length < PEOPLE) await turnOf(queue, 'ann')
  for (const socket of sockets) socket.destroy()
  server.close()
  // Everybody who was there was acknowledged before a few pieces were begun.
  expect(seen[5]).toBeGreaterThan(PEOPLE / 2)
})

function connected(port: number): Promise<Socket> {
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1', () => done(socket))
  })
}
