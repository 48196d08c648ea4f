/** Runs one of our programs in a separate process: starts it, watches it from outside, and ends it. */
import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { HOST, listening } from './side.js'

export interface Child {
  /** Returns the resident memory in MB. */
  memory(): number
  /** Returns the processor time so far, in seconds. */
  cpu(): number
  /** Returns the lines of its log that report an error. */
  errors(): readonly string[]
  end(): Promise<void>
}

const BOT = fileURLToPath(new URL('../../bin/cohort.mjs', import.meta.url))
const AS_BUILT = new URL('../as-built.mjs', import.meta.url).href
const BARE = fileURLToPath(new URL('./bare.ts', import.meta.url))
const TICKS_A_SECOND = 100
const KEPT = 20

/** Starts `cohort start`. */
export const startBot = (env: Readonly<Record<string, string>>) => run([BOT, 'start'], env)
/** Starts a program that acknowledges and does nothing else. */
export const startBare = (platform: string, env: Readonly<Record<string, string>>) =>
  run(['--import', AS_BUILT, BARE, platform], env)

/**
 * Runs a Node program with its arguments. Resolves when the program says that it is ready. Its environment
 * contains only what is given, and nothing of ours.
 */
export async function run(args: readonly string[], env: Readonly<Record<string, string>>): Promise<Child> {
  const common = { PATH: process.env.PATH ?? '', HOST, CONTENT_DIR: process.env.CONTENT_DIR ?? 'content' }
  const child = spawn(process.execPath, args, {
    env: { ...common, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const errors: string[] = []
  child.stderr.on('data', (data) => {
    for (const line of String(data).split('\n'))
      if (/"level":[56]0|Error/.test(line) && errors.length < KEPT) errors.push(line)
  })
  await new Promise<void>((resolve, reject) => {
    let output = ''
    child.stdout.on('data', (data) => {
      output += data
      if (output.includes('Ready')) resolve()
    })
    child.on('exit', (code) =>
      reject(new Error(`${args.join(' ')} ended with ${code}: ${output}${errors.join('\n')}`)),
    )
  })
  return {
    memory: () => memoryOf(child),
    cpu: () => cpuOf(child),
    errors: () => errors,
    end: () => end(child),
  }
}

function end(child: ChildProcess): Promise<void> {
  child.removeAllListeners('exit')
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    child.on('exit', () => resolve())
    child.kill('SIGTERM')
  })
}

function memoryOf({ pid }: ChildProcess): number {
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(read(pid, 'status'))?.[1]) / 1024)
}

/** Reads fields 14 and 15 of `stat`, counted after the name in brackets. */
function cpuOf({ pid }: ChildProcess): number {
  const fields = read(pid, 'stat')
    .replace(/^.*\) /, '')
    .split(' ')
  return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND
}

/** Returns an empty text if the system has no such file: the figure is then reported as NaN. */
function read(pid: number | undefined, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return ''
  }
}

export async function freePort(): Promise<number> {
  const probe = createServer()
  const port = await listening(probe)
  await new Promise((resolve) => probe.close(resolve))
  return port
}
