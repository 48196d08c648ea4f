/** The alerts, the dashboard and the page about them, against what a running bot gives. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { startDiscord, TOKEN } from '../../loopback/discord/server.js'
import { createPerson, overSocket } from '../../loopback/slack/people.js'
import { startSlack } from '../../loopback/slack/server.js'
import { cohort, startCohort } from '../helpers/cohort.js'
import { ownDatabase } from '../helpers/database.js'
import { type Figure, readFigures } from '../helpers/figures.js'
import { readExpression } from '../helpers/promql.js'
import { until } from '../helpers/until.js'
import { twoGuilds } from '../platforms/discord-bot.js'
import { ANN, answerTo, oneWorkspace } from '../platforms/slack-bot.js'

const RULES = z.strictObject({
  groups: z.array(
    z.strictObject({
      name: z.string().min(1),
      rules: z.array(
        z.strictObject({
          alert: z.string().regex(/^Cohort[A-Za-z]+$/),
          expr: z.string().min(1),
          for: z
            .string()
            .regex(/^\d+[smh]$/)
            .optional(),
          labels: z.strictObject({ severity: z.enum(['page', 'ticket']) }),
          annotations: z.strictObject({ summary: z.string().min(1), description: z.string().min(1) }),
        }),
      ),
    }),
  ),
})
const SOURCE = z.object({ type: z.literal('prometheus'), uid: z.literal(`\${datasource}`) })
const PLACE = z.object({ x: z.int().min(0), y: z.int().min(0), w: z.int().min(1), h: z.int().min(1) })
const PANEL = z.object({
  id: z.int(),
  type: z.enum(['stat', 'timeseries']),
  title: z.string().min(1),
  description: z.string().min(20),
  datasource: SOURCE,
  gridPos: PLACE,
  fieldConfig: z.object({
    defaults: z.object({
      unit: z.string().min(1),
      thresholds: z.object({ steps: z.array(z.object({ color: z.string() })).min(1) }),
    }),
  }),
  targets: z
    .array(
      z.object({
        datasource: SOURCE,
        expr: z.string().min(1),
        refId: z.string(),
        legendFormat: z.string().min(1),
      }),
    )
    .min(1),
})
const ROW = z.object({
  id: z.int(),
  type: z.literal('row'),
  title: z.string().min(1),
  gridPos: PLACE,
  panels: z.tuple([]),
})
const DASHBOARD = z.object({
  title: z.string().min(1),
  uid: z.string().max(40),
  id: z.null(),
  schemaVersion: z.int().min(38),
  panels: z.array(z.discriminatedUnion('type', [PANEL, ROW])),
  templating: z.object({
    list: z.array(z.object({ name: z.string(), type: z.enum(['datasource', 'query']) })),
  }),
})

const rules = RULES.parse(parse(readFileSync('docs/alerts.yaml', 'utf8'))).groups.flatMap(
  (group) => group.rules,
)
const dashboard = DASHBOARD.parse(JSON.parse(readFileSync('docs/grafana-dashboard.json', 'utf8')))
const panels = dashboard.panels.filter((panel) => panel.type !== 'row')
const page = readFileSync('docs/operations.md', 'utf8')

/** Those that Prometheus adds to everything, and the figure that is its own: whether a process answered. */
const ADDED = ['instance', 'job']
const OF_PROMETHEUS = 'up'
let figures: Figure[]
const stops: (() => unknown)[] = []

beforeAll(async () => {
  const [slack, discord] = [await startSlack(oneWorkspace()), await startDiscord(twoGuilds())]
  const folder = mkdtempSync(path.join(tmpdir(), 'cohort-operations-'))
  const program = await startCohort({
    ...(await ownDatabase(folder)),
    ...{ SLACK_BOT_TOKEN: slack.token(), SLACK_APP_TOKEN: slack.appToken, SLACK_API_URL: slack.api() },
    ...{ DISCORD_TOKEN: TOKEN, DISCORD_API_URL: discord.api() },
  })
  stops.push(program.stop, slack.stop, discord.stop, () => rmSync(folder, { recursive: true, force: true }))
  const ann = createPerson(slack, overSocket(slack), ANN)
  await answerTo(ann, () => ann.types('/help'))
  figures = await until(async () => {
    const found = readFigures(await (await fetch(`${program.address}/metrics`)).text())
    return found.some((one) => one.name === 'cohort_tick_last_success_timestamp_seconds' && one.value > 0)
      ? found
      : undefined
  })
})
afterAll(async () => {
  for (const stop of stops) await stop()
})

/** Those of the command line that the page lists without `npx cohort`. */
const COMMANDS = ['content regrade', 'content stats', 'pack remove', 'pack update']

/** What an expression names and `/metrics` does not give. */
function unknownIn(expr: string): string[] {
  const { metrics, labels } = readExpression(expr)
  const given = metrics.flatMap(({ name }) => figures.filter((one) => one.name === name))
  const known = new Set([...ADDED, ...given.flatMap((one) => Object.keys(one.labels))])
  return [
    ...metrics
      .filter(({ name }) => name !== OF_PROMETHEUS && !figures.some((one) => one.name === name))
      .map(({ name }) => name),
    ...labels.filter((label) => !known.has(label)),
    ...metrics.flatMap(({ name, matchers }) =>
      matchers.flatMap((one) => unknownMatch(name, one.label, one.op, one.value)),
    ),
  ]
}

function unknownMatch(name: string, label: string, op: string, value: string): string[] {
  if (ADDED.includes(label)) return []
  const values = figures.filter((one) => one.name === name).map((one) => one.labels[label])
  const wanted = op.endsWith('~') ? value.split('|') : [value]
  return wanted.filter((one) => !values.includes(one)).map((one) => `${name}{${label}="${one}"}`)
}

describe('docs/alerts.yaml', () => {
  it.each(rules.map((rule) => [rule.alert, rule]))(
    '%s asks for what /metrics gives, and says where to read on',
    (name, rule) => {
      expect(unknownIn(rule.expr)).toEqual([])
      expect(page).toContain(`\n### ${name}\n`)
      expect(rule.annotations.description).toContain(`${name} in docs/operations.md`)
    },
  )

  it('names each alert once, and the page names no other', () => {
    const names = rules.map((rule) => rule.alert)
    expect(new Set(names).size).toBe(names.length)
    expect([...page.matchAll(/^### (Cohort\w+)$/gm)].map(([, name]) => name)).toEqual(names)
  })
})

describe('docs/grafana-dashboard.json', () => {
  it.each(panels.map((panel) => [panel.title, panel]))('%s asks for what /metrics gives', (_title, panel) => {
    for (const { expr } of panel.targets) {
      expect(unknownIn(expr.replaceAll('$__rate_interval', '1m'))).toEqual([])
      expect(expr).toContain('instance=~"$instance"')
    }
    expect(new Set(panel.targets.map((target) => target.refId)).size).toBe(panel.targets.length)
  })

  it('has panels that lie beside each other, within 24 columns', () => {
    const places = dashboard.panels.map((panel) => ({ title: panel.title, ...panel.gridPos }))
    expect(places.filter(({ x, w }) => x + w > 24)).toEqual([])
    const overlaps = places.flatMap((a, i) =>
      places.slice(i + 1).flatMap((b) => {
        const apart = a.x + a.w <= b.x || b.x + b.w <= a.x || a.y + a.h <= b.y || b.y + b.h <= a.y
        return apart ? [] : [`${a.title} and ${b.title}`]
      }),
    )
    expect(overlaps).toEqual([])
    expect(new Set(dashboard.panels.map((panel) => panel.id)).size).toBe(places.length)
    expect(new Set(panels.map((panel) => panel.title)).size).toBe(panels.length)
  })

  it('asks which data source to take, and which processes', () => {
    expect(dashboard.templating.list.map(({ name, type }) => [name, type])).toEqual([
      ['datasource', 'datasource'],
      ['instance', 'query'],
    ])
  })
})

describe('docs/operations.md', () => {
  it('tells every figure that is ours, and no other', () => {
    const plain = (name: string) => name.replace(/_(bucket|sum|count)$/, '')
    const defaults = /^cohort_(process|nodejs)_/
    const given = new Set(figures.map((one) => plain(one.name)).filter((name) => !defaults.test(name)))
    const told = new Set([...page.matchAll(/^\| `(cohort_\w+)/gm)].map(([, name]) => name))
    expect(told).toEqual(given)
  })

  it('lists every command, and no other', async () => {
    const help = (await cohort(['--help'])).out
    const names = [...(help.split('Commands:')[1] ?? '').matchAll(/^ {2}([a-z]+)/gm)].map(([, name]) => name)
    const table = page.split('\n## Command line\n')[1]?.split('\n## ')[0] ?? ''
    const told = new Set([...table.matchAll(/^\| `([a-z]+)/gm)].map(([, name]) => name))
    expect([...told, 'help'].sort()).toEqual(names.sort())
  })

  it('quotes no line of the log that the program does not write', () => {
    // Two words or more in code are a line of the log or its beginning, but for what is typed.
    const quoted = [...page.matchAll(/`([a-z]+(?:,? [a-z]+)+)`/g)].flatMap(([, line = '']) =>
      /^(npx|docker|cohort) /.test(line) ? [] : [line],
    )
    const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.startsWith('generated'))
      .map((file) => readFileSync(`src/${file}`, 'utf8'))
    const strange = quoted.filter((line) => !sources.some((text) => new RegExp(`'${line}[',]`).test(text)))
    expect(strange.filter((line) => !COMMANDS.includes(line))).toEqual([])
    expect(quoted).toEqual(
      expect.arrayContaining(['tick failed', 'round failed', 'request failed', 'podium failed']),
    )
  })
})

describe('what a person does over the socket of Slack', () => {
  it('is timed to its acknowledgement', () => {
    const found = figures.find(
      (one) => one.name === 'cohort_acknowledgement_seconds_count' && one.labels.platform === 'slack',
    )
    expect(found?.value).toBe(1)
  })
})

describe('the reader of expressions', () => {
  it.each([
    ['sum(rate(cohort_nonsense_total[5m]))', ['cohort_nonsense_total']],
    ['sum by (team) (cohort_rounds_total)', ['team']],
    ['cohort_rounds_total{outcome="lost"}', ['cohort_rounds_total{outcome="lost"}']],
    ['cohort_rounds_total{outcome=~"late|lost"}', ['cohort_rounds_total{outcome="lost"}']],
    ['cohort_up{member="ann"} == 0', ['cohort_up{member="ann"}']],
  ])('finds what is not there in %s', (expr, wrong) => {
    expect(unknownIn(expr)).toEqual(wrong)
  })

  it.each(['sum(cohort_up', 'cohort_up)', 'summ(cohort_up)', 'cohort_up{part}', 'cohort_up ; 1'])(
    'refuses %s',
    (expr) => {
      expect(() => readExpression(expr)).toThrow()
    },
  )
})
