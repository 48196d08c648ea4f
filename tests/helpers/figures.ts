/** What stands on `/metrics`, read as Prometheus does, and a bot that has such a page. */
import { createMeter } from '../../src/server/metrics.js'
import { operations } from '../../src/server/operations.js'
import { type Bot, type BotOptions, startBot } from './bot.js'
import { testDatabase } from './database.js'

type Labels = Readonly<Record<string, string>>

export interface Figure {
  readonly name: string
  readonly labels: Labels
  readonly value: number
}

export function readFigures(page: string): Figure[] {
  return page.split('\n').flatMap((line) => {
    const [, name, labels = '', value] = /^([\w:]+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? []
    if (name === undefined) return []
    const pairs = [...labels.matchAll(/([a-z_]+)="((?:[^"\\]|\\.)*)"/g)].map(([, key = '', text = '']) => [
      key,
      text,
    ])
    return [{ name, labels: Object.fromEntries(pairs), value: Number(value) }]
  })
}

/** The figure with exactly these labels; undefined when there is none. */
export function figureOf(figures: readonly Figure[], name: string, labels: Labels = {}): number | undefined {
  const wanted = JSON.stringify(Object.entries(labels).sort())
  return figures.find(
    (one) => one.name === name && JSON.stringify(Object.entries(one.labels).sort()) === wanted,
  )?.value
}

export interface MeasuredBot {
  readonly bot: Bot
  figures(): Promise<Figure[]>
  figure(name: string, labels?: Labels): Promise<number | undefined>
  health(): Promise<{ status: number; body: Record<string, unknown> }>
  /** The clock that is never set, in milliseconds. */
  readonly monotonic: { now: number }
}

export async function startMeasured(options: BotOptions = {}): Promise<MeasuredBot> {
  const monotonic = { now: 1000 }
  let bot: Bot | undefined
  const clock = () => bot?.deps.clock() ?? 0
  const meter = createMeter({ clock, monotonic: () => monotonic.now })
  bot = await startBot({ ...options, metrics: meter })
  const { store } = bot
  const { pool } = await testDatabase()
  const routes = operations({
    store,
    pool,
    meter,
    clock,
    platforms: ['test'],
    packCounts: () => ({ served: 1, other: 0, broken: 0 }),
    notes: async () => ({}),
    parts: () => ({ test: true }),
  })
  const figures = async () => readFigures(await (await routes.request('/metrics')).text())
  return {
    bot,
    monotonic,
    figures,
    figure: async (name, labels) => figureOf(await figures(), name, labels),
    async health() {
      const answer = await routes.request('/healthz')
      return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
    },
  }
}
