// @module-tag slow
/**
 * A few days of a busy bot in a process of its own, on the embedded database: memory does not grow with the
 * work.
 */
import { spawn } from 'node:child_process'
import { expect, it } from 'vitest'
import type { Step } from '../../bench/load/soak.js'

const [REQUESTS, MEMBERS] = [4000, 40]
/**
 * Bytes a request that the heap in use may grow by, after collecting, over the second half: by then nearly
 * all is there that is remembered on purpose, of which 330 are left. A line through all measurements counts
 * less of the noise of each than the last less the first.
 */
const GROWTH = 1200
/** For what hangs: on a slow machine beside other work it takes five minutes. */
const PATIENCE_MS = 900_000

it('uses no more memory at the end than in the middle', { timeout: PATIENCE_MS }, async () => {
  const steps = await soak(REQUESTS)
  expect(steps.at(-1)?.requests).toBeGreaterThanOrEqual(REQUESTS)
  const late = steps.filter((step) => step.requests > REQUESTS / 2)
  expect(late.length).toBeGreaterThanOrEqual(4)
  expect(slope(late) * 2 ** 20, JSON.stringify(steps)).toBeLessThan(GROWTH)
})

/** Of the line of least squares, in MB a request. */
function slope(steps: readonly Step[]): number {
  const mean = (of: (step: Step) => number) => steps.reduce((sum, step) => sum + of(step), 0) / steps.length
  const [requests, heap] = [mean((step) => step.requests), mean((step) => step.heap)]
  return (
    mean((step) => (step.requests - requests) * (step.heap - heap)) /
    mean((step) => (step.requests - requests) ** 2)
  )
}

function soak(requests: number): Promise<Step[]> {
  const args = ['--expose-gc', '--import', 'tsx', 'bench/load/soak.ts', String(requests), String(MEMBERS)]
  const child = spawn(process.execPath, args, {
    env: { PATH: process.env.PATH },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
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
