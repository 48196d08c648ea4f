/** Starts threads, from the built modules as well as from the sources. */
import { existsSync } from 'node:fs'
import { Worker, type WorkerOptions } from 'node:worker_threads'

/**
 * Starts a thread that runs the module `entry`, named as it is when built. A source needs the loader of the
 * tests and of `npm run dev`, which a thread does not inherit.
 */
export function threadOf(entry: URL, options: WorkerOptions): Worker {
  if (entry.protocol !== 'file:' || existsSync(entry)) return new Worker(entry, options)
  const source = entry.href.replace(/\.js$/, '.ts')
  const [loader, module] = [import.meta.resolve('tsx/esm/api'), source].map((one) => JSON.stringify(one))
  const code = `import { register } from ${loader}; register(); await import(${module})`
  return new Worker(new URL(`data:text/javascript,${encodeURIComponent(code)}`), options)
}
