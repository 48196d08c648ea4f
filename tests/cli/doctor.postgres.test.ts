import { spawnSync } from 'node:child_process'
import { expect, inject, it } from 'vitest'

function doctor(shiftMs: number, more: Readonly<Record<string, string>> = {}): string {
  const given = inject('database')
  const args = ['--import', './tests/helpers/shifted-clock.mjs', '--import', 'tsx', 'src/main.ts', 'doctor']
  const env = { PATH: process.env.PATH, CONTENT_DIR: 'tests/fixtures/content', CLOCK_SHIFT_MS: String(shiftMs), ...more }
  return spawnSync(process.execPath, args, { encoding: 'utf8', env: { ...env, ...('url' in given && { DATABASE_URL: given.url }) } }).stdout
}

it('tells the version, the migrations and the connections that are left', () => {
  expect(doctor(0)).toMatch(
    /ok {6}database: Postgres at DATABASE_URL, version \d\d, up to date, connections for [1-9]\d* process\(es\), up to 10 each/,
  )
})

it('counts the connection on which processes share out the shards of Discord', () => {
  const discord = { DISCORD_TOKEN: 'x', DISCORD_API_URL: 'http://127.0.0.1:9' }
  expect(doctor(0, discord)).toMatch(/ok {6}database: .*process\(es\), up to 11 each/)
})

it('finds that the clocks of the database and of the machine differ', () => {
  expect(doctor(10 * 60_000)).toMatch(/mend {4}database: its clock is (599|600|601) s behind that of this machine/)
})
