import { expect, it } from 'vitest'
import { cohort } from '../helpers/cohort.js'

const doctor = async (shiftMs: number, more: Readonly<Record<string, string>> = {}) =>
  (await cohort(['doctor'], more, { now: () => Date.now() + shiftMs })).out

it('tells the version, the migrations and the connections that are left', async () => {
  expect(await doctor(0)).toMatch(
    /ok {6}database: Postgres at DATABASE_URL, version \d\d, up to date, connections for [1-9]\d* process\(es\), up to 10 each/,
  )
})

it('counts the connection on which processes share out the shards of Discord', async () => {
  const discord = { DISCORD_TOKEN: 'x', DISCORD_API_URL: 'http://127.0.0.1:9' }
  expect(await doctor(0, discord)).toMatch(/ok {6}database: .*process\(es\), up to 11 each/)
})

it('finds that the clocks of the database and of the machine differ', async () => {
  expect(await doctor(10 * 60_000)).toMatch(/mend {4}database: its clock is (599|600|601) s behind that of this machine/)
})
