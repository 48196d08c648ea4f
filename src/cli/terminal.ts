/** A person at the terminal: what they are asked, and the editor that they use. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface, type Interface } from 'node:readline'
import type { Io } from '../io.js'

export const hasTerminal = (): boolean => process.stdin.isTTY === true && process.stdout.isTTY === true

let lines: Interface | undefined
/** What they typed before they were asked. */
const early: string[] = []

/** The line that they type; undefined when there is none any more. */
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
      // Else the process would wait for more.
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

/** What they leave in the editor that VISUAL or EDITOR names; undefined when it could not be opened. */
export function editText(text: string, name: string, env: Io['env']): string | undefined {
  // The editor reads the keys now.
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
