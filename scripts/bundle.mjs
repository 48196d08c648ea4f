// The program and the page of the local web chat as a few files each: a start that reads hundreds takes twice as long.
import { cpSync, readdirSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'
import { build } from 'esbuild'

/** Modules that the program names by their address, such as those of its threads. */
const ENTRIES = ['main', 'content/read-worker', 'pictures/draw-worker', 'store/engine-thread']
/**
 * Packages that stay as they are, since they find files of their own by where they lie, or are loaded for one platform
 * alone.
 */
const WHOLE = ['@electric-sql/pglite', '@resvg/resvg-js', '@slack/*', 'discord.js', 'pg-native']
/** Packages of older form look for what Node has in a function that modules lack. */
const REQUIRE = `import { createRequire as requireFrom } from 'node:module'
const require = requireFrom(import.meta.url)`

/** `reader`: what `content/cache` tells of the sources. The files lie as deep as those of most rooms of `src/`. */
export async function bundleProgram(reader) {
  const outdir = 'dist/app'
  const before = changed(`${outdir}/main.js`)
  const { metafile } = await build({
    entryPoints: ENTRIES.map((name) => `src/${name}.ts`),
    ...{
      outdir,
      entryNames: '[name]',
      bundle: true,
      splitting: true,
      sourcemap: true,
      sourcesContent: false,
    },
    ...{ platform: 'node', format: 'esm', target: 'node20', banner: { js: REQUIRE }, external: WHOLE },
    define: { BUILT_READER: JSON.stringify(reader) },
    ...{ metafile: true, logLevel: 'warning' },
  })
  // A bot that runs may still load parts of the build before; those of earlier ones go.
  for (const name of readdirSync(outdir)) {
    const file = `${outdir}/${name}`
    if (!metafile.outputs[file] && changed(file) < before - MINUTE_MS) rmSync(file)
  }
}

const MINUTE_MS = 60_000
const changed = (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0

const PAGE = 'src/platforms/web/page'

export async function bundlePage(outdir) {
  await build({
    entryPoints: [`${PAGE}/page.ts`],
    ...{ outdir, bundle: true, format: 'esm', target: 'es2022', logLevel: 'warning' },
  })
  for (const name of readdirSync(PAGE))
    if (/\.(html|css|svg)$/.test(name)) cpSync(path.join(PAGE, name), path.join(outdir, name))
}
