/** What belongs to one subject stands in its pack; the only code about one are the template families. */
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { parse } from 'yaml'

/** The old name of `documents`, which packs still hold: `content/README.md` says that it is read. */
const OLD_KEY = { file: 'content/schema.ts', key: /\baws\b/g }

it('no name of a maker of the shipped packs stands in the code', () => {
  const makers = readdirSync('content', { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? makersOf(entry.name) : [],
  )
  const named = new RegExp(`\\b(${[...makers, 'MLA'].join('|')})\\b`, 'i')
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  )
  const found = files.filter((file) => {
    const text = readFileSync(path.join('src', file), 'utf8')
    const rest = file === OLD_KEY.file ? text.replace(OLD_KEY.key, '') : text
    return !/^(generated|core\/templates)\//.test(file) && named.test(rest)
  })
  expect(makers).toContain('AWS')
  expect(found).toEqual([])
})

function makersOf(pack: string): readonly string[] {
  const { makers = [] } = parse(readFileSync(path.join('content', pack, 'pack.yaml'), 'utf8')) as {
    makers?: string[]
  }
  return makers
}
