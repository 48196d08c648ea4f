/** The program in a process of its own, as `cohort start` runs it. */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fillDataDir, migratedDatabase } from './database.js'

export interface Program {
  readonly out: string
  readonly err: string
  /** Undefined while it runs. */
  readonly code: number | undefined
  readonly address: string
  /** As the machine would on a bad day; resolves when it is gone. */
  kill(signal?: 'SIGKILL' | 'SIGTERM'): Promise<number | undefined>
}

export interface Programs {
  /** Where this one keeps its data. */
  readonly folder: string
  /**
   * Resolves when it is ready, or ended. `shiftMs`: how far its clock is ahead of the machine's. `root`: of a
   * checkout that is built.
   */
  start(
    env: Readonly<Record<string, string>>,
    shiftMs?: number,
    root?: string,
    options?: readonly string[],
  ): Promise<Program>
  stop(): void | Promise<void>
}

const BUILT = ['bin/cohort.mjs']
/** The built program where no source has changed since: the sources take twice the work to start. */
export const PROGRAM = isBuilt() ? BUILT : ['--import', 'tsx', 'scripts/cohort.mjs']

function isBuilt(): boolean {
  const changed = (file: string) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0
  const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  return sources.every((name) => changed(path.join('src', name)) < changed('dist/app/main.js'))
}

/**
 * Programs that share a folder for their data, one after the other, and a database: an empty one that is
 * migrated. It is on the server where the tests have one, since a start takes a third of the time there.
 * `embedded`: in the folder all the same. A `root` makes its own.
 */
export function createPrograms(database: 'any' | 'embedded' = 'any'): Programs {
  const folder = mkdtempSync(path.join(tmpdir(), 'cohort-'))
  const running = new Set<ChildProcess>()
  let address: Promise<string | undefined> | undefined
  return {
    folder,
    async start(env, shiftMs = 0, root, options = []) {
      address ??= database === 'any' ? migratedDatabase() : Promise.resolve(undefined)
      const url = await address
      const port = await freePort()
      const dataDir = path.join(folder, 'data')
      const { DATABASE_URL } = { ...(url && { DATABASE_URL: url }), ...env }
      if (!DATABASE_URL && !root && !existsSync(path.join(dataDir, 'pg'))) await fillDataDir(dataDir)
      const child = spawn(
        process.execPath,
        [
          '--import',
          path.resolve('tests/helpers/shifted-clock.mjs'),
          ...(root ? BUILT : PROGRAM),
          'start',
          ...options,
        ],
        {
          ...(root && { cwd: root }),
          env: {
            PATH: process.env.PATH,
            CONTENT_DIR: path.resolve('tests/fixtures/content'),
            COHORT_DATA_DIR: dataDir,
            LOG_LEVEL: 'warn',
            PORT: String(port),
            CLOCK_SHIFT_MS: String(shiftMs),
            ...(url && { DATABASE_URL: url }),
            ...env,
          },
        },
      )
      running.add(child)
      return follow(child, `http://127.0.0.1:${port}`, () => running.delete(child))
    },
    stop() {
      for (const child of running) child.kill('SIGKILL')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function follow(child: ChildProcess, address: string, gone: () => void): Promise<Program> {
  const seen: { out: string; err: string; code: number | undefined } = { out: '', err: '', code: undefined }
  const ended = new Promise<number | undefined>((resolve) => {
    child.on('exit', (code) => {
      gone()
      seen.code = code ?? undefined
      resolve(seen.code)
    })
  })
  const kill: Program['kill'] = (signal = 'SIGKILL') => {
    child.kill(signal)
    return ended
  }
  const program = Object.assign(seen, { address, kill })
  return new Promise((resolve) => {
    child.stdout?.on('data', (part) => {
      seen.out += part
      if (seen.out.includes('Ready in')) resolve(program)
    })
    child.stderr?.on('data', (part) => {
      seen.err += part
    })
    ended.then(() => resolve(program))
  })
}

export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
