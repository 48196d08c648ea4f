import { createServer } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { expect, it } from 'vitest'
import { createTurns } from '../../src/platforms/turns.js'

const PEOPLE = 60

it('begins one at a time, in the order in which they came', async () => {
  const turn = createTurns()
  const order: number[] = []
  await Promise.all([1, 2, 3].map((n) => turn().then(() => order.push(n))))
  await turn()
  expect(order).toEqual([1, 2, 3])
})

it('begins something all the same while more and more comes in', async () => {
  const turn = createTurns()
  let [begun, over] = [0, false]
  const oneMore = () => {
    if (over) return
    turn().then(() => begun++)
    setImmediate(oneMore)
  }
  oneMore()
  for (let i = 0; i < 100; i++) await new Promise((next) => setImmediate(next))
  over = true
  expect(begun).toBeGreaterThan(10)
})

it('takes in all that has come before it begins the next piece of work', async () => {
  const turn = createTurns()
  const seen: number[] = []
  let acknowledged = 0
  const server = createServer(async (_request, response) => {
    response.end()
    acknowledged++
    await turn()
    seen.push(acknowledged)
  })
  let taken = 0
  server.on('connection', () => taken++)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const sockets = await Promise.all(Array.from({ length: PEOPLE }, () => connected((server.address() as AddressInfo).port)))
  while (taken < PEOPLE) await turn()
  for (const socket of sockets) socket.write('GET / HTTP/1.1\r\nHost: here\r\n\r\n')
  while (seen.length < PEOPLE) await turn()
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
