import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

/** `file`: the parts of test names that a line of the table gives. */
const held = readFileSync('SECURITY.md', 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('|'))
  .slice(2)
  .map((line) => ({ threat: line.split('|')[1]?.trim() ?? '', tests: line.split('|').at(-2) ?? '' }))

it('every line of SECURITY.md names tests, and each of them is there', () => {
  const missing = held.flatMap(({ threat, tests }) => {
    const named = [...tests.matchAll(/`([^`]+)`: ([^`]+?)(?=; `|\s*$)/g)].flatMap(([, file = '', names = '']) =>
      names.split('; ').map((name) => ({ file, name: name.trim() })),
    )
    if (named.length === 0) return [`${threat}: no test`]
    return named
      .filter(({ file, name }) => !readFileSync(file, 'utf8').includes(name))
      .map(({ file, name }) => `${threat}: ${file}: ${name}`)
  })
  expect(missing).toEqual([])
  expect(held.length).toBeGreaterThan(15)
})
