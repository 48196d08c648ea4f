/** `npm run bench:search`: a table by pack and kind; with `--misses`, every query that went wrong. */
import { JUDGED, judge, KINDS, readQueries, searchIn } from './quality.js'

for (const { name, queries: file, aims, bank } of JUDGED) {
  const [queries, search] = [readQueries(file), searchIn(await bank())]
  console.log(`${name}\n  kind       asked  right   share    aim`)
  for (const kind of KINDS) {
    const aim = aims[kind]
    if (aim === undefined) continue
    const { asked, right, wrong } = judge(search, kind, queries[kind])
    const share = (100 * right) / asked
    const sign = share >= aim ? '' : '  below'
    console.log(
      `  ${kind.padEnd(10)}${String(asked).padStart(6)}${String(right).padStart(7)}${share.toFixed(1).padStart(7)} %${String(aim).padStart(5)} %${sign}`,
    )
    if (process.argv.includes('--misses'))
      for (const { query, wanted, found } of wrong)
        console.log(
          `      ${query} -> ${found.match}: ${found.topics.map((t) => t.slug).join(', ')} (wanted: ${wanted.join(' or ') || 'not covered'})`,
        )
  }
}
