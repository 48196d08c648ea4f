/** The pages for those who change the code name files that are there. */
import { existsSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const PATH =
  /(?<![\w/.-])(?:\.ci|\.github|bin|content|docs|prisma|scripts|src|tests)\/[\w./-]*\w\/?(?![\w<{*/-])/g

it.each(['AGENTS.md', 'CONTRIBUTING.md'])('every file that %s names is there', (page) => {
  const named = readFileSync(page, 'utf8').match(PATH) ?? []
  expect(named.length).toBeGreaterThan(10)
  expect(named.filter((file) => !existsSync(file))).toEqual([])
})
