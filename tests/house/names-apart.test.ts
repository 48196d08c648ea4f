/** Names and titles come among words of ours by `sentence` alone, which sets them apart (`core/text.ts`). */
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'

/** Of a command or a file, which are ours. */
const OURS = /^(?:command|one|c|block)\./
const TEMPLATE = /(\bsentence)?`[^`]*`/g
const HOLE = /\$\{([^{}]+)\}/g

it('no name or title stands in a text without being set apart', () => {
  const found = readdirSync('src/bot', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) =>
      readFileSync(path.join('src/bot', file), 'utf8')
        .replace(/\/\*\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
        .split('\n')
        .flatMap((line) => [...line.matchAll(TEMPLATE)])
        .filter(([, isApart]) => isApart === undefined)
        .flatMap(([text]) => [...text.matchAll(HOLE)].map(([, hole = '']) => hole))
        .filter((hole) => /\.(?:name|title)$/.test(hole) && !OURS.test(hole))
        .map((hole) => `${file}: ${hole}`),
    )
  expect(found).toEqual([])
})
