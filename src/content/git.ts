/**
 * A repository as a source of files: fetched by https into a bare repository that is never checked out, and
 * read blob by blob. So nothing of it runs here, and no link, filter or odd name reaches the disk.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { UserError } from '../core/errors.js'
import type { SourceFile } from './formats/format.js'
import type { GitAddress } from './git-address.js'
import { type Environment, GIT_LIMITS, type GitLimits, git, type Repository, startGit } from './git-run.js'
import { UNSHOWABLE } from './schema.js'
import { comparePaths, isPicture, type LeftOut, SOURCE_LIMITS, type Source } from './source.js'

export interface GitSource extends Source {
  /** The whole id of the commit that was read. */
  readonly commit: string
}

/** Throws `UserError` if it cannot be fetched, or holds more than is read. */
export async function gitSource(
  { url, ref = 'HEAD' }: GitAddress,
  env: Environment,
  limits: GitLimits = GIT_LIMITS,
): Promise<GitSource> {
  const dir = await mkdtemp(path.join(tmpdir(), 'cohort-git-'))
  const at = { dir, env, limits }
  const close = () => rm(dir, { recursive: true, force: true })
  try {
    await git(at, ['init', '--quiet', '--bare', '--template=', dir], url)
    await fetchOne(at, url, ref)
    const commit = (await git(at, ['rev-parse', '--verify', 'FETCH_HEAD^{commit}'], url)).trim()
    const listing = await git(at, ['ls-tree', '-r', '-z', '-l', '--full-tree', commit], url)
    const { blobs, leftOut } = chosen(listing, url)
    const name = path.posix.basename(new URL(url).pathname).replace(/\.git$/, '')
    const paths = blobs.map((blob) => blob.path)
    const files = (wanted: (path: string) => boolean = () => true) =>
      readBlobs(
        at,
        url,
        blobs.filter((blob) => wanted(blob.path)),
        leftOut,
      )
    return { name, commit, paths, leftOut, close, files }
  } catch (error) {
    await close()
    throw error
  }
}

/** Fetches one commit without its history and without other branches. */
function fetchOne(at: Repository, url: string, ref: string): Promise<string> {
  const quietly = ['fetch', '--quiet', '--depth=1', '--no-tags', '--no-recurse-submodules', '--no-auto-gc']
  return git(at, [...quietly, '--', url, ref], `${url}#${ref}`, true)
}

interface Blob {
  readonly path: string
  readonly id: string
  readonly size: number
}

/** Matches `mode type id size<tab>path`, each ended by a zero: the size is `-` for anything but a blob. */
const ENTRY = /^(\d{6}) (\w+) ([0-9a-f]{40,64}) +(\d+|-)\t([\s\S]+)$/
const [LINK, MODULE] = ['120000', '160000']

function chosen(listing: string, url: string): { blobs: Blob[]; leftOut: LeftOut[] } {
  const blobs: Blob[] = []
  const leftOut: LeftOut[] = []
  const seen = new Set<string>()
  for (const line of listing.split('\0').filter((one) => one !== '')) {
    const [, mode = '', , id = '', size = '', file = ''] = ENTRY.exec(line) ?? []
    if (/(?:^|\/)\.[^./]/.test(file)) continue
    const why = refused(mode, file, Number(size), seen)
    seen.add(file)
    if (why === undefined) blobs.push({ path: file, id, size: Number(size) })
    else leftOut.push({ path: shown(file), message: why })
  }
  checkTotal(blobs, url)
  return { blobs: blobs.sort((a, b) => comparePaths(a.path, b.path)), leftOut }
}

function refused(mode: string, file: string, size: number, seen: ReadonlySet<string>): string | undefined {
  const parts = file.split('/')
  if (mode === LINK) return 'is a link; links are not followed'
  if (mode === MODULE) return 'is another repository, which is not fetched'
  if (!/^100\d{3}$/.test(mode)) return 'is no plain file'
  if (/[\\:\t\n]/.test(file) || UNSHOWABLE.test(file) || parts.some((part) => /^\.{0,2}$/.test(part)))
    return 'has a name that leads out of the folder, or that no system takes'
  if (seen.has(file)) return 'is there twice; the first one was taken'
  if (parts.length > SOURCE_LIMITS.depth) return 'lies too deep; folders are entered down to 20 levels'
  return size > SOURCE_LIMITS.fileBytes && !isPicture(file)
    ? `has ${size} bytes; at most ${SOURCE_LIMITS.fileBytes} are read`
    : undefined
}

function checkTotal(blobs: readonly Blob[], url: string): void {
  const { files, totalBytes } = SOURCE_LIMITS
  if (blobs.length > files)
    throw new UserError(`${url} holds more than ${files} files; take a part of it as a zip file`)
  const bytes = blobs.filter(({ path: file }) => !isPicture(file)).reduce((sum, { size }) => sum + size, 0)
  if (bytes > totalBytes)
    throw new UserError(
      `${url} holds more than ${totalBytes / 1e6} MB of text; take a part of it as a zip file`,
    )
}

const shown = (file: string) => file.replace(new RegExp(UNSHOWABLE.source, 'gu'), '?').slice(0, 200)

/** The start of the file that a filter for large files leaves in their place. */
const POINTER = 'version https://git-lfs.github.com/spec/'

async function* readBlobs(
  at: Repository,
  url: string,
  blobs: readonly Blob[],
  leftOut: LeftOut[],
): AsyncIterable<SourceFile> {
  if (blobs.length === 0) return
  const run = startGit(at, ['cat-file', '--batch', '--buffer'])
  run.child.stdin.end(blobs.map(({ id }) => `${id}\n`).join(''))
  try {
    const output = readerOf(run.child.stdout)
    for (const { path: file, id, size } of blobs) {
      const head = `${id} blob ${size}\n`
      if ((await output(head.length))?.toString('latin1') !== head)
        throw new UserError(`${url} cannot be read: ${run.why() ?? `git did not give ${shown(file)}`}`)
      const bytes = await output(size)
      await output(1)
      if (bytes === undefined) throw new UserError(`${url} cannot be read: ${shown(file)} is not whole`)
      if (bytes.subarray(0, POINTER.length).toString('latin1') !== POINTER) yield { path: file, bytes }
      else leftOut.push({ path: file, message: 'is kept by Git LFS, which is not fetched' })
    }
  } finally {
    run.end('nobody reads on')
    // The end of git is reported once its output is read or discarded.
    run.child.stdout.destroy()
    await run.done.catch(() => {})
  }
}

/** Returns a function that reads the next `count` bytes of a stream; undefined at its end. */
function readerOf(stream: AsyncIterable<Buffer>): (count: number) => Promise<Buffer | undefined> {
  const chunks = stream[Symbol.asyncIterator]()
  let held: Buffer[] = []
  let size = 0
  return async (count) => {
    while (size < count) {
      const next = await chunks.next()
      if (next.done) return undefined
      held.push(next.value)
      size += next.value.length
    }
    const all = Buffer.concat(held)
    held = [all.subarray(count)]
    size = all.length - count
    return all.subarray(0, count)
  }
}
