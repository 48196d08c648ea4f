/** The files of the embedded database are its owner's alone: folders 0700, files 0600. */
import { chmodSync, lstatSync, mkdirSync, readdirSync } from 'node:fs'
import path from 'node:path'

/** Rights of the group and of everybody else. */
const OTHERS = 0o077

/** In the data folder, beside the database: what was read of the content. */
export const CACHE = 'cache'

/**
 * Makes the folder when it is missing. What stands in it must be `known` before the folder itself is closed:
 * it may be one that others use.
 */
export function privateFolder(folder: string, known: readonly string[]): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (readdirSync(folder).every((name) => known.includes(name))) close(folder)
}

/**
 * Takes the rights of others away from a folder and all that is in it. The folder itself comes last and says
 * that it was done, so that a start looks at one file and not at a thousand.
 */
export function closeTree(folder: string): void {
  if (process.platform === 'win32' || isClosed(folder)) return
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
    close(path.join(folder, name))
  close(folder)
}

const isClosed = (file: string) => (lstatSync(file).mode & OTHERS) === 0

function close(file: string): void {
  const stat = lstatSync(file)
  if (!stat.isSymbolicLink() && (stat.mode & OTHERS) !== 0) chmodSync(file, stat.mode & 0o7777 & ~OTHERS)
}

/** A file system in the form of Emscripten, as far as it sets rights. */
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
 * The emulated file system of PGlite ignores the umask of the process and of Postgres: it sets the rights of
 * what it makes or unpacks as C asked for them, which is 0666 more often than not. So what it is asked for is
 * what has to change.
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
