/**
 * The English of the content that is shipped: words and turns that a native technical writer does not use, or
 * that came again and again, and spelling of two kinds (`CONTRIBUTING.md`, "A question").
 */
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'

const PACKS = ['mla-c01', 'containers', 'example']

const NEVER = [
  /\bshall\b/i,
  /\ban own\b/i,
  /\bmend(?:s|ed|ing)?\b/i,
  /\bdear\b/i,
  /\bbears?\b/i,
  /\bIt fits\b/,
  /\b(?:is|are) (?:thought to|taken for)\b/i,
  /\ball of the above\b/i,
  /\banew\b/i,
]

/** American spelling, as in the makers' own pages; whoever looks something up may write it either way. */
const BRITISH =
  /\b(?:neighbour|behaviour|colour|labell(?:ed|ing)|analysed?\b|recognised|judgement|towards|afterwards)/i
const FOUND_BY = /^\s*(?:(?:aliases|asked|synonyms):|- \[)|title:/

function files(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? files(path.join(folder, entry.name)) : [path.join(folder, entry.name)],
  )
}

describe.each(PACKS)('the English of %s', (pack) => {
  it('has none of the words on the list', () => {
    const found = files(path.join('content', pack))
      .filter((file) => /\.(?:md|yaml)$/.test(file))
      .flatMap((file) =>
        readFileSync(file, 'utf8')
          .split('\n')
          .flatMap((line, i) => {
            const words = FOUND_BY.test(line) ? NEVER : [...NEVER, BRITISH]
            const word = words.map((one) => one.exec(line)?.[0]).find((one) => one !== undefined)
            return word === undefined ? [] : [`${file}:${i + 1}: ${word}`]
          }),
      )
    expect(found).toEqual([])
  })
})
