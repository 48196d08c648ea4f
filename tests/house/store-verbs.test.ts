/** The store is made of verbs from many files, and of two with one name the last would silently win. */
import { readdirSync } from 'node:fs'
import { expect, it } from 'vitest'

/** Anything that is asked of it gives itself. */
const anything: unknown = new Proxy(() => anything, { get: () => anything })

it('no two files give the store a verb of the same name', async () => {
  const files = readdirSync('src/store').filter((name) => name.endsWith('.ts'))
  const names: string[] = []
  for (const file of files) {
    const exported = Object.entries(await import(`../../src/store/${file}`))
    for (const [name, make] of exported)
      if (name.endsWith('Verbs') && typeof make === 'function')
        names.push(...Object.keys(make(anything, anything, anything)))
  }
  expect(names.length).toBeGreaterThan(100)
  expect(names.filter((name, i) => names.indexOf(name) < i)).toEqual([])
})
