/** A few days of a busy bot in a process of its own, on the embedded database: memory does not grow with the work. */
import { spawn } from 'node:child_process'
import { expect, it } from 'vitest'
import type { Step } from '../../src/bench/load/soak.js'

const REQUESTS = 3000
/** Heap in use after collecting, from the middle to the end: what is remembered on purpose has taken up to 1.5. */
const GROWTH_MB = 2

it('uses no more memory at the end than in the middle', { timeout: 300_000 }, async () => {
  const steps = await soak(REQUESTS)
  const middle = steps.findLast((step) => step.requests <= REQUESTS / 2)
  const last = steps.at(-1)
  expect(last?.requests).toBeGreaterThanOrEqual(REQUESTS)
  expect((last?.heap ?? 0) - (middle?.heap ?? 0), JSON.stringify(steps)).toBeLessThan(GROWTH_MB)
})

function soak(requests: number): Promise<Step[]> {
  const args = ['--expose-gc', '--import', 'tsx', 'src/bench/load/soak.ts', String(requests)]
  const child = spawn(process.execPath, args, { env: { PATH: process.env.PATH }, stdio: ['ignore', 'pipe', 'pipe'] })
  let [out, err] = ['', '']
  child.stdout.on('data', (data) => {
    out += data
  })
  child.stderr.on('data', (data) => {
    err += data
  })
  return new Promise((resolve, reject) => {
    child.on('exit', (code) => {
      if (code === 0)
        resolve(
          out
            .trim()
            .split('\n')
            .map((line) => JSON.parse(line) as Step),
        )
      else reject(new Error(`it ended with ${code}: ${err.slice(-600)}`))
    })
  })
}
