/** The house as the imports draw it, those of types too: no circle, and no arrow that runs up. */
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'

/**
 * From the ground up: a file imports what stands below it or in its own room. The first that fits says where
 * a file lives.
 */
const FLOORS: readonly (readonly string[])[] = [
  ['core/'],
  ['search/', 'content/'],
  // The words in which the bot and the outside speak with one another.
  ['bot/ui/card.ts'],
  ['bot/ports/', 'bot/request-limits.ts'],
  ['bot/deps.ts'],
  ['bot/ui/'],
  ['bot/cards/'],
  [
    'bot/delivery/',
    'bot/forms/',
    'bot/rounds/',
    'bot/team/',
    'bot/member/',
    'bot/exam/',
    'bot/authoring/',
    'bot/workspace/',
  ],
  ['bot/actions/'],
  ['bot/commands/'],
  ['bot/'],
  ['platforms/', 'store/', 'pictures/'],
  ['config.ts', 'io.ts', 'log.ts', 'server/', 'cli/'],
  ['main.ts'],
  // No part of the program.
  ['../loopback/'],
  ['../bench/'],
]
/** The page runs in a browser, and the client of the database is generated. */
const ELSEWHERE = ['generated/', 'platforms/web/page/']

/** As the formatter writes them: `from '…'`, `import '…'` and `import('…')`. */
const IMPORT = /(?:\bfrom |\bimport |\bimport\()'(\.[^']+)'/g

/** By their names from `src/` on. */
const files = ['src', 'loopback', 'bench']
  .flatMap((root) =>
    readdirSync(root, { recursive: true, encoding: 'utf8' }).map((file) =>
      path.relative('src', path.join(root, file)),
    ),
  )
  .filter((file) => /(?<!\.d)\.ts$/.test(file) && !isElsewhere(file))
const imports = new Map(files.map((file) => [file, importsOf(file)]))

function isElsewhere(file: string): boolean {
  return ELSEWHERE.some((start) => file.startsWith(start))
}

function importsOf(file: string): string[] {
  return [...readFileSync(path.join('src', file), 'utf8').matchAll(IMPORT)]
    .map(([, to = '']) =>
      path.relative('src', path.join('src', path.dirname(file), to)).replace(/\.js$/, '.ts'),
    )
    .filter((to) => !isElsewhere(to))
}

const floorOf = (file: string) => FLOORS.findIndex((starts) => starts.some((start) => file.startsWith(start)))

it('every file that is imported is there, and has a floor', () => {
  expect(files.length).toBeGreaterThan(150)
  expect([...imports.values()].flat().filter((to) => !imports.has(to))).toEqual([])
  expect(files.filter((file) => floorOf(file) < 0)).toEqual([])
})

it('no arrow runs up', () => {
  const up = [...imports].flatMap(([file, to]) =>
    to.filter((one) => floorOf(one) > floorOf(file)).map((one) => `${file} -> ${one}`),
  )
  expect(up).toEqual([])
})

it('the loopback platforms know nothing of the program that they judge', () => {
  const own = [...imports].filter(([file]) => file.startsWith('../loopback/'))
  expect(own.length).toBeGreaterThan(5)
  expect(own.flatMap(([, to]) => to).filter((to) => !to.startsWith('../loopback/'))).toEqual([])
})

it('there is no circle', () => {
  const left = new Map([...imports].map(([file, to]) => [file, new Set(to)]))
  // Whoever imports nothing that is left is in no circle.
  for (let size = -1; size !== left.size; ) {
    size = left.size
    for (const [file, to] of left) if (![...to].some((one) => left.has(one))) left.delete(file)
  }
  expect([...left.keys()]).toEqual([])
})
