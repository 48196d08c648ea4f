// Known holes in packages. One in what production runs fails; one in a package of development is only told.
// Where the registry does not offer audits, the lock file is held against `known-holes.json`. `--lock
// <file>`: another lock file, against that list alone.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { satisfies } from 'semver'
import { productionPackages } from '../scripts/production-packages.mjs'

const json = (file) => JSON.parse(readFileSync(file, 'utf8'))
const given = process.argv[2] === '--lock' ? process.argv[3] : undefined
const lock = json(given ?? 'package-lock.json')
const needed = productionPackages(lock)
const report = given === undefined ? audited() : undefined
const found = report
  ? Object.values(report.vulnerabilities).flatMap(ofRegistry)
  : ofList(json(new URL('known-holes.json', import.meta.url)))

for (const { folder, what } of found) {
  if (needed.has(folder)) console.error(`audit: ${folder}: ${what}`)
  else console.log(`audit: only in development: ${folder}: ${what}`)
}
const inProduction = found.filter(({ folder }) => needed.has(folder)).length
console.log(
  `audit: ${inProduction} known against the ${needed.size} packages of production, ${found.length - inProduction} against those of development`,
)
if (inProduction > 0) process.exitCode = 1

/** What `npm audit` says; undefined when the registry does not offer it or does not answer. */
function audited() {
  const { stdout } = spawnSync('npm', ['audit', '--json'], {
    encoding: 'utf8',
    shell: process.platform === 'win32',
  })
  try {
    const said = JSON.parse(stdout)
    return said.metadata?.vulnerabilities?.total === undefined ? undefined : said
  } catch {
    return undefined
  }
}

function ofRegistry({ name, severity, range, nodes }) {
  return nodes.map((folder) => ({ folder, what: `${name} ${range}: ${severity}` }))
}

function ofList({ date, holes }) {
  console.log(
    `audit: this registry does not offer audits, so the lock file is held against ${holes.length} known holes, a list of ${date}`,
  )
  return Object.entries(lock.packages).flatMap(
    ([folder, { name = folder.split('node_modules/').at(-1), version = '' }]) =>
      holes
        .filter(
          (hole) => hole.package === name && satisfies(version, hole.range, { includePrerelease: true }),
        )
        .map(({ id, range, fixed }) => ({
          folder,
          what: `${version} is ${range} (${id}), fixed in ${fixed}`,
        })),
  )
}
