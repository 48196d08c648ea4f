// Known holes in the packages that production runs: fails on a finding. A registry without audits is said, and no failure.
import { spawnSync } from 'node:child_process'

const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--json'], { encoding: 'utf8' })
const report = read(stdout)
const total = report?.metadata?.vulnerabilities?.total

if (total === undefined) console.log('audit: left out, because this registry does not offer audits or does not answer')
else if (total === 0) console.log(`audit: nothing known against the ${report.metadata.dependencies?.prod ?? ''} packages of production`)
else {
  for (const { name, severity, range } of Object.values(report.vulnerabilities)) console.error(`audit: ${name} ${range}: ${severity}`)
  process.exitCode = 1
}

function read(text) {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
