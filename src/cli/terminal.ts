/** Talks to a person at the terminal, by questions and in their editor. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface, type Interface } from 'node:readline'
import type { Io } from '../io.js'

export const hasTerminal = (): boolean => process.stdin.isTTY === true && process.stdout.isTTY === true

let lines: Interface | undefined
/** Lines that the person typed before a question was asked. */
const early: string[] = []

/** Returns the typed line; undefined at the end of input. */
export function askTerminal(question: string): Promise<string | undefined> {
  const typed = early.shift()
  if (typed !== undefined) {
    console.log(question + typed)
    return Promise.resolve(typed)
  }
  return new Promise((resolve) => {
    const asked = opened()
    const end = () => resolve(undefined)
    asked.once('close', end)
    asked.question(question, (line) => {
      asked.off('close', end)
      // Without a pause, the process would wait for more input.
      asked.pause()
      resolve(line)
    })
  })
}

function opened(): Interface {
  if (lines) return lines
  const fresh = createInterface({ input: process.stdin, output: process.stdout })
  fresh.on('line', (line) => early.push(line))
  fresh.on('close', () => {
    lines = undefined
  })
  lines = fresh
  return fresh
}

/**
 * Returns the text as saved in the editor that VISUAL or EDITOR names; undefined if it could not be opened.
 */
export function editText(text: string, name: string, env: Io['env']): string | undefined {
  // The editor must be the only reader of the keyboard.
  lines?.close()
  const folder = mkdtempSync(path.join(tmpdir(), 'cohort-'))
  const file = path.join(folder, name)
  try {
    writeFileSync(file, text, { mode: 0o600 })
    const editor = env.VISUAL || env.EDITOR || (process.platform === 'win32' ? 'notepad' : 'vi')
    const { status } = spawnSync(`${editor} "${file}"`, { stdio: 'inherit', shell: true })
    return status === 0 ? readFileSync(file, 'utf8') : undefined
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
