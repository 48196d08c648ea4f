/**
 * Loaded before the program: its clock runs `CLOCK_SHIFT_MS` ahead of the machine's. While it runs it is set
 * by what is written to
 * `CLOCK_SHIFT_FILE`.
 */
import { readFileSync } from 'node:fs'

let shift = Number(process.env.CLOCK_SHIFT_MS ?? 0)
const file = process.env.CLOCK_SHIFT_FILE
if (file) setInterval(() => (shift = Number(readFileSync(file, 'utf8'))), 50).unref()
const Real = Date

globalThis.Date = class extends Real {
  constructor(...given) {
    if (given.length === 0) super(Real.now() + shift)
    else super(...given)
  }
  static now() {
    return Real.now() + shift
  }
}
