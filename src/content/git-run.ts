/**
 * Runs git without this machine's configuration and without hooks, filters or helpers; only https is allowed,
 * and each run is limited.
 */
import { spawn } from 'node:child_process'
import { readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { UserError } from '../core/errors.js'
import { MINUTE_MS, SECOND_MS } from '../core/time.js'

export interface GitLimits {
  readonly ms: number
  readonly fetchedBytes: number
  readonly listedBytes: number
}

export const GIT_LIMITS: GitLimits = { ms: 3 * MINUTE_MS, fetchedBytes: 200_000_000, listedBytes: 20_000_000 }
const LOOK_MS = 200
const MAX_ERROR = 4000

/** The environment variables that git gets: where programs are, proxies, and custom certificates. */
const PASSED =
  /^(?:PATH|SystemRoot|TEMP|TMP|(?:https?|all|no)_proxy|GIT_SSL_CAINFO|SSL_CERT_FILE|SSL_CERT_DIR)$/i

const SETTINGS = [
  ...['protocol.allow=never', 'protocol.https.allow=always', 'http.followRedirects=false'],
  ...['credential.helper=', 'http.cookieFile=', 'core.hooksPath=/dev/null', 'core.fsmonitor=false'],
  ...['core.symlinks=false', 'submodule.recurse=false', 'fetch.recurseSubmodules=false', 'gc.auto=0'],
  // Git never loads a whole file to compute deltas, and fetches one pack whose size can be measured.
  ...[
    'maintenance.auto=false',
    'core.bigFileThreshold=1m',
    'fetch.unpackLimit=1',
    'core.attributesFile=/dev/null',
  ],
].flatMap((setting) => ['-c', setting])

export type Environment = Readonly<Record<string, string | undefined>>

/** A bare repository, the environment of this process, and the limits of a run. */
export interface Repository {
  readonly dir: string
  readonly env: Environment
  readonly limits: GitLimits
}

const environment = ({ dir, env }: Repository) => ({
  ...Object.fromEntries(Object.entries(env).filter(([name]) => PASSED.test(name))),
  ...{ GIT_DIR: dir, HOME: dir, XDG_CONFIG_HOME: dir, LC_ALL: 'C' },
  ...{ GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null', GIT_ATTR_NOSYSTEM: '1' },
  ...{
    GIT_TERMINAL_PROMPT: '0',
    GIT_NO_LAZY_FETCH: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_OPTIONAL_LOCKS: '0',
  },
})

/** `why` returns the reason if the run had to be ended. */
export function startGit(at: Repository, args: readonly string[]) {
  // Ending a separate process group also ends the programs that git starts.
  const isGroup = process.platform !== 'win32'
  const child = spawn('git', [...SETTINGS, ...args], { env: environment(at), cwd: at.dir, detached: isGroup })
  let why: string | undefined
  const end = (reason: string) => {
    why ??= reason
    try {
      if (isGroup && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
      else child.kill('SIGKILL')
    } catch {}
  }
  const timer = setTimeout(end, at.limits.ms, `it took longer than ${at.limits.ms / SECOND_MS} seconds`)
  let said = ''
  child.stderr.on('data', (chunk) => {
    said = (said + chunk).slice(-MAX_ERROR)
  })
  child.stdin.on('error', () => {})
  const done = new Promise<number>((resolve, reject) => {
    child.on('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'ENOENT' ? new UserError(MISSING) : error)
    })
    child.on('close', (code) => resolve(code ?? 1))
  }).finally(() => clearTimeout(timer))
  // A caller that reads the output sees the end there first, so this is no unhandled rejection.
  done.catch(() => {})
  return { child, end, done, why: () => why, said: () => said }
}

const MISSING =
  'git is not installed here; download the repository as a zip file (on GitHub: Code, then Download ZIP) and give that file instead'

/**
 * Returns the output; throws `UserError` with git's message. `isMeasured`: the repository may not grow too
 * large during the run.
 */
export async function git(
  at: Repository,
  args: readonly string[],
  what: string,
  isMeasured = false,
): Promise<string> {
  const run = startGit(at, args)
  run.child.stdin.end()
  let size = 0
  run.child.stdout.on('data', (chunk: Buffer) => {
    size += chunk.length
    if (size > at.limits.listedBytes) run.end('it holds too many files')
  })
  const watch = isMeasured ? setInterval(() => void endWhenLarge(at, run.end), LOOK_MS) : undefined
  try {
    const [output, code] = await Promise.all([text(run.child.stdout), run.done])
    if (isMeasured) await endWhenLarge(at, run.end)
    const why = run.why()
    if (why !== undefined) throw new UserError(`${what} cannot be read: ${why}`)
    if (code !== 0) throw new UserError(`${what} cannot be read: ${reason(run.said())}`)
    return output
  } finally {
    clearInterval(watch)
  }
}

async function endWhenLarge({ dir, limits }: Repository, end: (why: string) => void): Promise<void> {
  if ((await sizeOf(dir)) > limits.fetchedBytes)
    end(`it is larger than ${limits.fetchedBytes / 1e6} MB; download the folder with the pack as a zip file`)
}

async function sizeOf(dir: string): Promise<number> {
  const names = await readdir(dir, { recursive: true }).catch(() => [])
  const sizes = names.map((name) =>
    stat(path.join(dir, name)).then(
      (one) => (one.isFile() ? one.size : 0),
      () => 0,
    ),
  )
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
}

/** Returns our wording if it is clear what to do, otherwise git's last message. */
function reason(said: string): string {
  if (/could not read (Username|Password)|Authentication failed/i.test(said))
    return 'it asks for a password, and only public repositories are read; download it as a zip file instead'
  if (/couldn't find remote ref|not our ref|no such remote ref/i.test(said))
    return 'it has no such branch, tag or commit'
  const lines = said.split('\n').filter((line) => /^(fatal|error|remote):/.test(line))
  const last = lines.at(-1)?.replace(/[\p{Cc}\p{Cf}]/gu, '') ?? 'git gave up without a word'
  return /unable to update url base from redirection|redirect/i.test(said)
    ? `it is at another address by now, which is not followed; give that one (${last.slice(0, 200)})`
    : last.slice(0, 300)
}
