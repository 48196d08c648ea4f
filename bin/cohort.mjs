#!/usr/bin/env node
import { existsSync } from 'node:fs'

const built = new URL('../dist/app/main.js', import.meta.url)
if (!existsSync(built)) {
  console.error('Cohort is not built yet. Run "npm ci" (or "npm run build") first.')
  process.exit(2)
}
const { processIo, run } = await import(built.href)
process.exitCode = await run(process.argv.slice(2), processIo())
