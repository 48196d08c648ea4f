/** `/healthz` and `/metrics`, for whoever runs the bot; they answer to any host name. */
import { Hono } from 'hono'
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import type { Store } from '../bot/store.js'

/** Slower than this is down. */
const PATIENCE_MS = 3000

/** `platforms` says for each platform that is on whether it works. */
export function operations(store: Store, platforms: () => Readonly<Record<string, boolean>>): Hono {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'cohort_' })
  const up = new Gauge({ name: 'cohort_up', help: '1 while the part works', labelNames: ['part'], registers: [registry] })
  const routes = new Hono()

  async function parts(): Promise<Record<string, boolean>> {
    const all = { database: await answers(store), ...platforms() }
    for (const [part, works] of Object.entries(all)) up.set({ part }, works ? 1 : 0)
    return all
  }

  routes.get('/healthz', async (c) => {
    const all = await parts()
    const failed = Object.keys(all).filter((part) => !all[part])
    const states = Object.fromEntries(Object.entries(all).map(([part, works]) => [part, works ? 'ok' : 'failed']))
    return c.json(
      { status: failed.length === 0 ? 'ok' : 'failed', ...(failed.length > 0 ? { failed } : {}), ...states },
      failed.length === 0 ? 200 : 503,
    )
  })
  routes.get('/metrics', async (c) => {
    await parts()
    return c.body(await registry.metrics(), 200, { 'Content-Type': registry.contentType })
  })
  return routes
}

async function answers(store: Store): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), PATIENCE_MS)
  })
  const ping = store.ping().then(
    () => true,
    () => false,
  )
  return Promise.race([ping, late]).finally(() => clearTimeout(timer))
}
