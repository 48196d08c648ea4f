// The command line from the sources, without a build: `npx tsx scripts/cohort.mjs explain canary`.
import { processIo, run } from '../src/main.ts'

process.exitCode = await run(process.argv.slice(2), processIo())
