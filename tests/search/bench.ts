/** `npm run bench:search`: a table by kind; with `--misses`, every query that went wrong. */
import { AIMS, judge, KINDS, readQueries, searchOfContent } from './quality.js'

const queries = readQueries()
const search = await searchOfContent()
console.log('kind       asked  right   share    aim')
for (const kind of KINDS) {
  const { asked, right, wrong } = judge(search, kind, queries[kind])
  const share = (100 * right) / asked
  const sign = share >= AIMS[kind] ? '' : '  below'
  console.log(
    `${kind.padEnd(10)}${String(asked).padStart(6)}${String(right).padStart(7)}${share.toFixed(1).padStart(7)} %${String(AIMS[kind]).padStart(5)} %${sign}`,
  )
  if (process.argv.includes('--misses'))
    for (const { query, wanted, found } of wrong)
      console.log(
        `    ${query} -> ${found.match}: ${found.topics.map((t) => t.slug).join(', ')} (wanted: ${wanted.join(' or ') || 'not covered'})`,
      )
}
