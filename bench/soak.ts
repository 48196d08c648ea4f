/**
 * Checks whether memory grows with the work: many days of a busy bot in a separate process, measured in equal
 * steps.
 */
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Step } from './load/soak.js'
import { type Line, round } from './measure.js'

/** The requests that a bot that is busier than any gets in an hour. */
const REQUESTS = 100_000
const AS_BUILT = new URL('as-built.mjs', import.meta.url).href
const PROGRAM = fileURLToPath(new URL('load/soak.ts', import.meta.url))

export async function benchSoak(url: string | undefined, requests = REQUESTS): Promise<Line[]> {
  const env = { ...process.env, DATABASE_URL: url ?? '' }
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--expose-gc', '--import', AS_BUILT, PROGRAM, String(requests)],
    { env },
  )
  const steps = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Step)
  const [middle, last] = [steps[Math.floor(steps.length / 2)], steps.at(-1)]
  return [
    ...steps.map((step) => ({
      what: `soak, after ${step.requests.toLocaleString('en-US')} requests`,
      figure: told(step),
      against: '',
    })),
    {
      what: 'soak, heap at the end',
      figure: `${round(last?.heap ?? Number.NaN)} MB`,
      against: `in the middle: ${round(middle?.heap ?? Number.NaN)} MB, ratio ${round((last?.heap ?? Number.NaN) / (middle?.heap ?? Number.NaN))}`,
    },
  ]
}

function told({ heap, resident }: Step): string {
  return `heap ${round(heap)} MB after collecting, resident ${round(resident)} MB`
}
