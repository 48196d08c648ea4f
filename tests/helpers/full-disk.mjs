/**
 * Loaded before the program: its disk fills up. While the file that `FULL_DISK` names is there, nothing under
 * `COHORT_DATA_DIR` may grow; when that file says `wal`, Postgres' log takes no writes at all, which is where
 * a full disk ends; when it says `files`, no file can be made, not even an empty one.
 */
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import path from 'node:path'

const flag = process.env.FULL_DISK ?? ''
const root = path.resolve(process.env.COHORT_DATA_DIR ?? '')
const files = new Map()
const real = {
  openSync: fs.openSync,
  closeSync: fs.closeSync,
  writeSync: fs.writeSync,
  writeFileSync: fs.writeFileSync,
}
const isFull = () => fs.existsSync(flag)
const says = (what) => fs.readFileSync(flag, 'utf8') === what
const full = () =>
  Object.assign(new Error('ENOSPC: no space left on device, write'), {
    code: 'ENOSPC',
    errno: -28,
    syscall: 'write',
  })

fs.openSync = (file, ...rest) => {
  const fd = real.openSync(file, ...rest)
  if (typeof file === 'string' && path.resolve(file).startsWith(root)) files.set(fd, file)
  return fd
}
fs.closeSync = (fd) => {
  files.delete(fd)
  real.closeSync(fd)
}
fs.writeSync = (fd, data, offset, length, position) => {
  const file = files.get(fd)
  const end = (position ?? 0) + (length ?? data.length)
  if (
    file !== undefined &&
    isFull() &&
    ((file.includes('pg_wal') && says('wal')) || end > fs.fstatSync(fd).size)
  )
    throw full()
  return real.writeSync(fd, data, offset, length, position)
}
fs.writeFileSync = (file, data, ...rest) => {
  const isOurs = typeof file === 'string' && path.resolve(file).startsWith(root) && isFull()
  if (isOurs && (data.length > 0 || says('files'))) throw full()
  return real.writeFileSync(file, data, ...rest)
}
syncBuiltinESMExports()
