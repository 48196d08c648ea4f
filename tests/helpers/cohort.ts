/** The command line, as a person would type it in a folder without a `.env` file. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import type { Io } from '../../src/io.js'
import { run } from '../../src/main.js'
import { givenDatabase, ownDatabase, type Where } from './database.js'
import { freePort, PROGRAM, type Programs } from './program.js'

export interface Result {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

type Env = Readonly<Record<string, string>>

/** The address of the database of this run; undefined for an embedded one. */
function serverUrl(): string | undefined {
  const database = givenDatabase()
  return 'url' in database ? database.url : undefined
}

/** A start listens on any free port. `DATABASE_URL` is set where this run has a server. */
function environment(env: Env): Env {
  const url = serverUrl()
  return {
    CONTENT_DIR: path.resolve('tests/fixtures/content'),
    PORT: '0',
    ...(url && { DATABASE_URL: url }),
    ...env,
  }
}

interface Said {
  out: string
  err: string
}

/** Keeps what is printed; what is written to the log stands in `err` too. */
function outside(said: Said, env: Env): Io {
  return {
    out: (line) => {
      said.out += `${line}\n`
    },
    err: (line) => {
      said.err += `${line}\n`
    },
    log: (line) => {
      said.err += line
    },
    input: Readable.from([]),
    env: environment(env),
    folder: '/nowhere',
    now: Date.now,
    stopSignal: () => Promise.resolve('SIGTERM'),
    catchStrays: () => {},
    exit: () => {},
  }
}

/** In this process. */
export async function cohort(
  args: readonly string[],
  env: Env = {},
  more: Partial<Io> = {},
): Promise<Result> {
  const said = { out: '', err: '' }
  const code = await run(args, { ...outside(said, env), ...more })
  return { code, ...said }
}

export interface Running {
  readonly out: string
  readonly err: string
  /** Undefined while it runs. */
  readonly code: number | undefined
  readonly address: string
  /** As a signal does; gives the exit code. */
  stop(): Promise<number>
}

/** `cohort start` in this process; resolves when it is ready, or ended. */
export async function startCohort(
  env: Env,
  options: readonly string[] = [],
  now: Io['now'] = Date.now,
): Promise<Running> {
  const port = await freePort()
  const seen = {
    out: '',
    err: '',
    code: undefined as number | undefined,
    address: `http://127.0.0.1:${port}`,
  }
  const io = outside(seen, { PORT: String(port), LOG_LEVEL: 'warn', ...env })
  let told = (_signal: string) => {}
  const stopSignal = new Promise<string>((resolve) => {
    told = resolve
  })
  let isReady = () => {}
  const ready = new Promise<void>((resolve) => {
    isReady = resolve
  })
  const out = (line: string) => {
    io.out(line)
    if (line.startsWith('Ready in')) isReady()
  }
  const ended = run(['start', ...options], { ...io, out, now, stopSignal: () => stopSignal }).then((code) => {
    seen.code = code
    return code
  })
  await Promise.race([ready, ended])
  const stop = () => {
    told('SIGTERM')
    return ended
  }
  return Object.assign(seen, { stop })
}

/**
 * As `createPrograms`, in this process, where a start takes a tenth of the time. What is killed there is
 * stopped here.
 */
export function createCohorts(): Programs {
  const folder = mkdtempSync(path.join(tmpdir(), 'cohort-'))
  const started: Running[] = []
  let where: Promise<Where> | undefined
  return {
    folder,
    async start(env, shiftMs = 0, _root, options = []) {
      where ??= ownDatabase(folder)
      const one = await startCohort({ ...(await where), ...env }, options, () => Date.now() + shiftMs)
      started.push(one)
      return Object.assign(one, { kill: one.stop })
    },
    async stop() {
      await Promise.all(started.map((one) => one.stop()))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** In a process of its own, which takes a hundred times as long. */
export function cohortProcess(args: readonly string[], env: Env = {}, input = ''): Result {
  const run = spawnSync(process.execPath, [...PROGRAM, ...args], {
    encoding: 'utf8',
    input,
    env: { PATH: process.env.PATH, ...environment(env) },
  })
  return { code: run.status, out: run.stdout, err: run.stderr }
}
