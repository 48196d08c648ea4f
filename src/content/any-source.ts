/** A source as a user names it: a folder, a file, a zip file or a repository. */
import { lstat, readFile } from 'node:fs/promises'
import path from 'node:path'
import { UserError } from '../core/errors.js'
import { gitSource } from './git.js'
import { gitAddress } from './git-address.js'
import type { Environment } from './git-run.js'
import { comparePaths, isPicture, openSource, type Source } from './source.js'
import { isZip, MAX_UNPACKED_BYTES, unzip } from './unzip.js'

/** A zip file may be larger than its texts, since pictures in it are not unpacked. */
const MAX_ZIP_BYTES = 4 * MAX_UNPACKED_BYTES

/**
 * `commit`: the whole id, for a repository. `env`: where git is found, and its proxies. Throws `UserError`
 * that says what is wrong with the source.
 */
export async function openAnySource(
  spec: string,
  env: Environment,
): Promise<Source & { readonly commit?: string }> {
  const address = gitAddress(spec)
  if (address) return gitSource(address, env)
  const info = await lstat(spec).catch(() => undefined)
  if (!info?.isFile() || !/\.zip$/i.test(spec)) return openSource(spec)
  if (info.size > MAX_ZIP_BYTES)
    throw new UserError(
      `${spec} has ${Math.ceil(info.size / 1e6)} MB; at most ${MAX_ZIP_BYTES / 1e6} MB are read; pack only the folder with the content`,
    )
  return zipSource(path.basename(spec).replace(/\.zip$/i, ''), await readFile(spec), spec)
}

/**
 * Matches a hidden file or folder; a name that leads elsewhere, such as `../a.md`, is not hidden but refused.
 */
const HIDDEN = /(?:^|\/)\.(?!\.?(?:\/|$))/

function zipSource(name: string, bytes: Uint8Array, spec: string): Source {
  if (!isZip(bytes)) throw new UserError(`${spec} is no zip file, whatever its name says`)
  const unpacked = unzip(bytes, (file) => !isPicture(file) && !HIDDEN.test(file))
  if (unpacked.refused !== '') throw new UserError(`${spec} ${unpacked.refused}`)
  const top = sharedFolder(unpacked.files.map((file) => file.path))
  const files = unpacked.files
    .map((file) => ({ ...file, path: file.path.slice(top.length) }))
    .sort((a, b) => comparePaths(a.path, b.path))
  return {
    name: top === '' ? name : top.slice(0, -1),
    paths: files.map((file) => file.path),
    leftOut: unpacked.leftOut.map((one) =>
      one.path.startsWith(top) ? { ...one, path: one.path.slice(top.length) } : one,
    ),
    close: async () => {},
    async *files(wanted = () => true) {
      for (const file of files) if (wanted(file.path)) yield file
    },
  }
}

/**
 * Returns the folder that all paths share, with its slash, since most programs pack a folder as a folder;
 * empty if files lie next to it.
 */
function sharedFolder(paths: readonly string[]): string {
  const [first = ''] = paths
  const top = first.slice(0, first.indexOf('/') + 1)
  return top !== '' && paths.every((file) => file.startsWith(top)) ? top : ''
}
