/** What belongs to one subject stands in its pack; the only code about one are the template families. */
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { parse } from 'yaml'

it('no name of a maker of the shipped pack stands in the code', () => {
  const { makers } = parse(readFileSync('content/mla-c01/pack.yaml', 'utf8')) as { makers: string[] }
  const named = new RegExp(`\\b(${[...makers, 'MLA'].join('|')})\\b`)
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  )
  const found = files.filter(
    (file) =>
      !/^(generated|core\/templates)\//.test(file) &&
      named.test(readFileSync(path.join('src', file), 'utf8')),
  )
  expect(makers).toContain('AWS')
  expect(found).toEqual([])
})
