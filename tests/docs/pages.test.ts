/** What the pages name is there: files, headings, commands. */
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { commands } from '../../src/bot/commands/index.js'
import { DELIVERIES } from '../../src/bot/ports/deliveries.js'
import { cohort } from '../helpers/cohort.js'

const PATH =
  /(?<![\w/.-])(?:\.ci|\.github|bin|content|docs|prisma|scripts|src|tests)\/[\w./-]*\w\/?(?![\w<{*/-])/g
const LINKED = [
  'README.md',
  'CONTRIBUTING.md',
  'AGENTS.md',
  'SECURITY.md',
  'content/README.md',
  'docs/benchmarks.md',
  'docs/commands.md',
  'docs/discord.md',
  'docs/learning.md',
  'docs/operations.md',
  'docs/slack.md',
]

it.each(['AGENTS.md', 'CONTRIBUTING.md'])('every file that %s names is there', (page) => {
  const named = readFileSync(page, 'utf8').match(PATH) ?? []
  expect(named.length).toBeGreaterThan(10)
  expect(named.filter((file) => !existsSync(file))).toEqual([])
})

it.each(LINKED)('every link of %s leads to a file and a heading that are there', (page) => {
  const text = readFileSync(page, 'utf8').replaceAll(/^```[\s\S]*?^```|`[^`\n]+`/gm, '')
  const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, to = '']) => to)
  expect(links.filter((to) => !/^https?:/.test(to) && !leads(page, to))).toEqual([])
})

function leads(page: string, to: string): boolean {
  const [file = '', heading] = to.split('#')
  const target = file ? path.join(path.dirname(page), file) : page
  return existsSync(target) && (heading === undefined || headings(target).includes(heading))
}

/** As GitHub makes anchors of them. */
function headings(page: string): string[] {
  return [...readFileSync(page, 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replaceAll(/[^\w\s-]/g, '')
      .replaceAll(' ', '-'),
  )
}

it('docs/commands.md lists every command, and no other', () => {
  const rows = readFileSync('docs/commands.md', 'utf8').matchAll(/^\| (`\/[^|]*(?:\\\|[^|]*)*) \|/gm)
  const listed = [...rows].flatMap(([, cell = '']) => [...cell.matchAll(/`\/([a-z]+(?: [a-z-]+)?)/g)])
  const names = commands.filter((one) => !one.isMoved).map((one) => one.name)
  // Slack keeps `/help` for itself.
  expect([...new Set(listed.map(([, name]) => name))].sort()).toEqual([...names, 'cohort'].sort())
})

const operations = () => readFileSync('docs/operations.md', 'utf8')

it('docs/operations.md names every kind of what the bot says by itself', () => {
  const [row = ''] = /^\| `cohort_deliveries_total` .*$/m.exec(operations()) ?? []
  expect(DELIVERIES.filter((kind) => !row.includes(`\`${kind}\``))).toEqual([])
})

it('docs/operations.md lists every command of the command line', async () => {
  const listed = operations().split('## Command line')[1] ?? ''
  for (const group of ['', 'content', 'pack', 'slack', 'discord', 'workspaces']) {
    const { out } = await cohort(group === '' ? ['--help'] : [group, '--help'])
    const names = [...out.matchAll(/^ {2}([a-z]+) /gm)].map(([, name]) => name)
    const missing = names.filter(
      (name) => name !== 'help' && !listed.includes(`\`${`${group} ${name}`.trim()}`),
    )
    expect([group, names.length > 1, missing]).toEqual([group, true, []])
  }
})
