/**
 * `npm run bench:learning`: measures what made-up learners get right on exam day under the plan, next to a
 * random draw and the rule of version 0.2, and how often the range of readiness holds. With `--picture` it
 * draws `docs/learning-curves.png`. The exit code is 1 if a promise of `docs/learning.md` does not hold.
 */
import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { renderAsync } from '@resvg/resvg-js'
import { fontFiles } from '../../src/pictures/fonts.js'
import { SCALE } from '../../src/pictures/svg.js'
import { curvesSvg } from './curves.js'
import { AMOUNTS, forecast, SPREADS } from './forecast.js'
import { brokenForecast, brokenPlan } from './promises.js'
import { bankOfToday, COURSES, FROZEN, type Outcome, PRIORS, RULES, simulate } from './simulate.js'

const SEEDS = [1, 2, 3]
const LEARNERS = 200

const { values: args } = parseArgs({ options: { picture: { type: 'boolean', default: false } } })
const broken: string[] = []

console.log('right on exam day, concepts met (fewest), answers to a concept of the same day')
for (const prior of PRIORS)
  for (const course of COURSES)
    for (const seed of SEEDS) {
      const cell = { ...course, prior, seed, learners: LEARNERS, bank: FROZEN }
      const { title, outcomes } = tried(cell)
      broken.push(...brokenPlan(cell, outcomes).map((what) => `${title}: ${what}`))
    }

const today = await bankOfToday()
console.log(`\nthe same with the bank of today, ${today.concepts.length} concepts`)
for (const prior of PRIORS)
  for (const course of COURSES) {
    const cell = { ...course, prior, seed: 1, learners: LEARNERS, bank: today }
    const { title, outcomes } = tried(cell)
    broken.push(...brokenPlan(cell, outcomes).map((what) => `today, ${title}: ${what}`))
  }

console.log('\nreadiness: exams in the printed range of 80 %, bias in points')
for (const [name, spread] of Object.entries(SPREADS))
  for (const amount of AMOUNTS) {
    const { held, bias } = forecast(spread, amount, 1000, 1)
    const title = `${amount} answers ${name}`
    console.log(`${title}: ${held.toFixed(1)} %, ${bias.toFixed(2)}`)
    broken.push(...brokenForecast({ held, bias }).map((what) => `${title}: ${what}`))
  }

if (args.picture) await drawCurves()
for (const what of broken) console.error(`broken: ${what}`)
process.exitCode = broken.length > 0 ? 1 : 0

/** Runs the simulation under each rule, and prints one line. */
function tried(cell: Omit<Parameters<typeof simulate>[0], 'rule'>) {
  const outcomes = new Map(Object.entries(RULES).map(([name, rule]) => [name, simulate({ ...cell, rule })]))
  const title = `${cell.days} days x ${cell.answers}, prior ${cell.prior}, seed ${cell.seed}`
  console.log([title, ...[...outcomes].map(told)].join(' | '))
  return { title, outcomes }
}

function told([name, { right, met, leastMet, again }]: [string, Outcome]): string {
  return `${name} ${right.toFixed(1)} %, ${met.toFixed(0)} (${leastMet}), ${again.toFixed(1)} %`
}

async function drawCurves(): Promise<void> {
  const cell = {
    days: 30,
    answers: 10,
    prior: 0.35,
    learners: LEARNERS,
    seed: 1,
    hasCurve: true,
    bank: FROZEN,
  }
  const curves = Object.entries(RULES).map(([name, rule]) => ({
    name,
    shares: simulate({ ...cell, rule }).curve,
  }))
  const svg = curvesSvg(
    'Right, were the exam tonight',
    '30 days of 10 answers, learners simulated by FSRS-6',
    curves,
  )
  const font = { fontFiles: [...fontFiles], loadSystemFonts: false, defaultFontFamily: 'Inter' }
  const image = await renderAsync(svg, { font, fitTo: { mode: 'zoom', value: SCALE } })
  await writeFile(new URL('../../docs/learning-curves.png', import.meta.url), image.asPng())
}
