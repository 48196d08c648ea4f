/** Only the owner can read the files of the embedded database: folders have mode 0700, files 0600. */
import { chmodSync, copyFileSync, lstatSync, mkdirSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { makeFolder } from '../content/make-folder.js'

/** Permissions of the group and of everybody else. */
const OTHERS = 0o077

/** The folder for cached content, next to the database. */
export const CACHE = 'cache'
/** The folder of the embedded database, and its name while it is made. */
export const [PG, MAKING] = ['pg', 'pg.making']
export const pgFolder = (dataDir: string): string => path.join(dataDir, PG)

/**
 * Makes the folder if it is missing. Its contents must be `known` before the folder itself is closed: others
 * may use it.
 */
export function privateFolder(folder: string, known: readonly string[]): void {
  makeFolder(folder, 0o700)
  if (readdirSync(folder).every((name) => known.includes(name))) close(folder)
}

/**
 * Removes the permissions of others from a folder and everything in it. The folder itself comes last and
 * marks completion, so that a start checks one file instead of a thousand.
 */
export function closeTree(folder: string): void {
  if (process.platform === 'win32' || isClosed(folder)) return
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
    close(path.join(folder, name))
  close(folder)
}

/** At any moment the copy is its owner's alone, who can write and delete it, even if `from` cannot be written. */
export function copyPrivately(from: string, to: string): void {
  mkdirSync(to, { mode: 0o700 })
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, copy] = [path.join(from, entry.name), path.join(to, entry.name)]
    if (entry.isDirectory()) copyPrivately(source, copy)
    else {
      copyFileSync(source, copy)
      chmodSync(copy, 0o600)
    }
  }
}

const isClosed = (file: string) => (lstatSync(file).mode & OTHERS) === 0

function close(file: string): void {
  const stat = lstatSync(file)
  if (!stat.isSymbolicLink() && (stat.mode & OTHERS) !== 0) chmodSync(file, stat.mode & 0o7777 & ~OTHERS)
}

/** The parts of an Emscripten file system that set permissions. */
interface FileSystem {
  readonly node_ops: {
    mknod(parent: unknown, name: string, mode: number, device: number): unknown
    setattr(node: unknown, change: Change): void
  }
  readonly stream_ops: { setattr(stream: unknown, change: Change): void }
}
interface Change {
  readonly mode?: number
}

/**
 * The emulated file system of PGlite ignores the umask of the process and of Postgres: it sets the
 * permissions of what it makes or unpacks as the C code asked for them, which is mostly 0666. So the request
 * itself has to be changed.
 */
export function withoutOthers({ node_ops, stream_ops }: FileSystem): void {
  const closed = <T extends Change>(change: T): T =>
    change.mode === undefined || change.mode === null ? change : { ...change, mode: change.mode & ~OTHERS }
  const { mknod, setattr } = node_ops
  const { setattr: setOpen } = stream_ops
  node_ops.mknod = (parent, name, mode, device) => mknod(parent, name, mode & ~OTHERS, device)
  node_ops.setattr = (node, change) => setattr(node, closed(change))
  stream_ops.setattr = (stream, change) => setOpen(stream, closed(change))
}
