// Lets Node run the benchmarks, which are TypeScript, on the program as it is built: what they import of src/
// comes from dist/.
import { register } from 'node:module'
import { isMainThread } from 'node:worker_threads'

const sources = new URL('../src/', import.meta.url).href
const built = new URL('../dist/', import.meta.url).href

if (isMainThread) {
  const tsx = await import('tsx/esm/api')
  tsx.register()
  register(import.meta.url)
}

/** Runs in the thread that resolves imports. */
export function resolve(specifier, context, next) {
  const { href } = specifier.startsWith('.') ? new URL(specifier, context.parentURL) : { href: specifier }
  return next(
    href.startsWith(sources) ? href.replace(sources, built).replace(/\.ts$/, '.js') : specifier,
    context,
  )
}
