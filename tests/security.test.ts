import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { productionPackages } from '../scripts/production-packages.mjs'

/** `file`: the parts of test names that a line of the table gives. */
const held = readFileSync('SECURITY.md', 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('|'))
  .slice(2)
  .map((line) => ({ threat: line.split('|')[1]?.trim() ?? '', tests: line.split('|').at(-2) ?? '' }))

/** What a comment says holds nothing. */
const linesOf = (file: string) =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => !/^\s*(\/\/|\/?\*)/.test(line))

it('every line of SECURITY.md names tests, and each of them is there', () => {
  const missing = held.flatMap(({ threat, tests }) => {
    const named = [...tests.matchAll(/`([^`]+)`: ([^`]+?)(?=; `|\s*$)/g)].flatMap(
      ([, file = '', names = '']) => names.split('; ').map((name) => ({ file, name: name.trim() })),
    )
    if (named.length === 0) return [`${threat}: no test`]
    return named
      .filter(({ file, name }) => !linesOf(file).some((line) => line.includes(name)))
      .map(({ file, name }) => `${threat}: ${file}: ${name}`)
  })
  expect(missing).toEqual([])
  expect(held.length).toBeGreaterThan(15)
})

it('no file that SECURITY.md names leaves out any of its tests', () => {
  const files = new Set(
    held.flatMap(({ tests }) => [...tests.matchAll(/`(tests\/[^`]+)`: /g)].map(([, file = '']) => file)),
  )
  expect(files.size).toBeGreaterThan(15)
  const leavingOut = /\.(skip|skipIf|runIf|todo|only|fails)\b|\bskip\(|\bx(it|test|describe)\(/
  expect([...files].filter((file) => leavingOut.test(readFileSync(file, 'utf8')))).toEqual([])
})

interface Locked {
  readonly integrity?: string
  readonly resolved?: string
  readonly hasInstallScript?: boolean
  readonly inBundle?: boolean
}
const json = (file: string) => JSON.parse(readFileSync(file, 'utf8'))

it('every package is locked with its hash, and with no address of its own', () => {
  const packages = Object.entries<Locked>(json('package-lock.json').packages).filter(([name]) => name !== '')
  expect(packages.length).toBeGreaterThan(100)
  // What is packed into another package stands under that one's hash.
  const loose = packages.filter(([, one]) => !one.inBundle && !one.integrity?.startsWith('sha512-'))
  expect(loose.map(([name]) => name)).toEqual([])
  // Without one, a package can come from nowhere but the registry that npm is set to.
  expect(packages.filter(([, one]) => one.resolved !== undefined).map(([name]) => name)).toEqual([])
})

it('no package runs a script when it is installed, but those that were looked at', () => {
  const allowed = Object.keys(json('package.json').allowScripts)
  const scripted = Object.entries<Locked>(json('package-lock.json').packages).filter(
    ([name, one]) => name !== '' && one.hasInstallScript,
  )
  const names = scripted.map(([name]) => name.split('node_modules/').at(-1))
  expect(names.filter((name) => !allowed.includes(name ?? '') && name !== 'fsevents')).toEqual([])
  expect(readFileSync('Dockerfile', 'utf8').split('FROM').at(-1)).toMatch(
    /RUN node scripts\/install-production\.mjs /,
  )
  expect(readFileSync('scripts/install-production.mjs', 'utf8')).toMatch(
    /'npm', \['ci', '--omit=dev', '--ignore-scripts'/,
  )
})

it('production has every package that it depends on, and none of development, optional peers or not', () => {
  const lock = json('package-lock.json') as {
    packages: Record<string, { dev?: boolean; devOptional?: boolean }>
  }
  const needed = productionPackages(lock)
  const dependencies = Object.keys(json('package.json').dependencies).map((name) => `node_modules/${name}`)
  expect(dependencies.filter((name) => !needed.has(name))).toEqual([])
  expect(needed.has('node_modules/@resvg/resvg-js-linux-x64-gnu')).toBe(true)
  const ofDevelopment = Object.keys(lock.packages).filter(
    (name) => lock.packages[name]?.dev || lock.packages[name]?.devOptional,
  )
  expect(ofDevelopment.length).toBeGreaterThan(200)
  expect(ofDevelopment.filter((name) => needed.has(name))).toEqual([])
})

it('no secret is compared by our own code but codes of links, in constant time as by Bolt and AES-GCM', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !file.startsWith('generated'),
  )
  const using = (what: RegExp) => files.filter((file) => what.test(readFileSync(`src/${file}`, 'utf8')))
  expect(using(/createDecipheriv/)).toEqual(['store/token-cipher.ts'])
  expect(using(/createHmac|timingSafeEqual/)).toEqual(['bot/member/link-code.ts'])
  expect(
    using(/[!=]==? *\S*(secret|signature|password)\b|(secret|signature|password)\)? *[!=]==? (?!undefined)/i),
  ).toEqual([])
})

it('one place unpacks archives, with limits', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !file.startsWith('generated'),
  )
  const unpacking = files.filter((file) =>
    /[gG]unzip|[iI]nflate|unzipSync|\bUnzip\b|[bB]rotli|[dD]ecompress|loadDataDir|unpackTar|read-excel-file/.test(
      readFileSync(`src/${file}`, 'utf8').replaceAll(/\/\*[\s\S]*?\*\//g, ''),
    ),
  )
  expect(unpacking).toEqual(['content/unzip.ts'])
  expect(
    readFileSync('src/content/unzip.ts', 'utf8').match(/inflateRawSync\((?!packed, { maxOutputLength: )/),
  ).toBe(null)
})

it('README makes no file of secrets that others may read', () => {
  const making = readFileSync('README.md', 'utf8')
    .split('\n')
    .filter((line) => /> *\.env\b/.test(line))
  expect(making.length).toBeGreaterThan(1)
  expect(making.filter((line) => !line.startsWith('(umask 077 && '))).toEqual([])
})
