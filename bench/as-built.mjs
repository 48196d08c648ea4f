// Lets Node run the benchmarks, which are TypeScript, compiled as the build compiles the program: tsx would also give
// each function its name anew whenever it is made.
import { readFile } from 'node:fs/promises'
import { register } from 'node:module'
import { isMainThread } from 'node:worker_threads'
import { transform } from 'esbuild'

if (isMainThread) register(import.meta.url)

const PACKAGES = '/node_modules/'

/** Runs in the thread that resolves imports. */
export function resolve(specifier, context, next) {
  const isOurs = specifier.startsWith('.') && !context.parentURL?.includes(PACKAGES)
  return next(isOurs ? specifier.replace(/\.js$/, '.ts') : specifier, context)
}

/** Runs there, too. */
export async function load(url, context, next) {
  if (!url.endsWith('.ts') || url.includes(PACKAGES)) return next(url, context)
  const { code } = await transform(await readFile(new URL(url), 'utf8'), { loader: 'ts', target: 'node20' })
  return { format: 'module', source: code, shortCircuit: true }
}
