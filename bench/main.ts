/** Measures how fast Cohort is, each figure next to something real measured in the same run. */

import type { Config } from '../src/config.js'
import type { Bank } from '../src/content/bank.js'
import type { Io } from '../src/io.js'
import { goodContent, packNamed } from '../src/server/content.js'
import { benchAnswer } from './answer.js'
import { benchLeaderboard } from './leaderboard.js'
import { benchLoad } from './load.js'
import { benchLookUp } from './look-up.js'
import type { Line } from './measure.js'
import { benchMemory } from './memory.js'
import { benchPlan } from './plan.js'
import { openScratch, type Scratch } from './scratch.js'
import { benchSoak } from './soak.js'
import { benchTick } from './tick.js'

interface Given {
  readonly url: string | undefined
  /** How long even load lasts. */
  readonly seconds: number | undefined
}

type Bench = (bank: Bank, scratch: () => Promise<Scratch>, given: Given) => Promise<Line[]>

const BENCHES: Readonly<Record<string, Bench>> = {
  'look-up': benchLookUp,
  answer: async (bank, scratch) => benchAnswer(await scratch(), bank),
  leaderboard: async (_bank, scratch) => benchLeaderboard(await scratch()),
  plan: async (bank, scratch) => benchPlan(await scratch(), bank),
  tick: async (bank, scratch) => benchTick(await scratch(), bank),
  memory: (bank, _scratch, { url }) => benchMemory(bank, url),
  load: async (bank, scratch, { seconds }) => benchLoad(await scratch(), bank, seconds),
  soak: (_bank, _scratch, { url }) => benchSoak(url),
}
/** Benchmarks that run only on request, since they take a quarter of an hour. */
const WHEN_ASKED = ['soak']

export async function runBenches(
  config: Config,
  only: string | undefined,
  seconds: number | undefined,
  { out }: Io,
): Promise<void> {
  const bank = packNamed(undefined, await goodContent(config))
  const where = config.DATABASE_URL
    ? 'Postgres at DATABASE_URL, in a database of its own'
    : 'the embedded database; set DATABASE_URL for Postgres'
  out(`Node ${process.versions.node}, on ${where}.`)
  for (const [name, run] of Object.entries(BENCHES)) {
    if (only === undefined ? WHEN_ASKED.includes(name) : only !== name) continue
    for (const line of await alone(run, bank, { url: config.DATABASE_URL, seconds })) {
      out(`${line.what}: ${line.figure}${line.against ? `\n  against ${line.against}` : ''}`)
    }
  }
}

async function alone(run: Bench, bank: Bank, given: Given): Promise<Line[]> {
  let opened: Scratch | undefined
  try {
    return await run(
      bank,
      async () => {
        opened ??= await openScratch(given.url)
        return opened
      },
      given,
    )
  } finally {
    await opened?.drop()
  }
}
