// @module-tag slow
/** `workspaces`, and the start of another application, as an operator types them. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type LoopbackDiscord, startDiscord, TOKEN } from '../../loopback/discord/server.js'
import type { Store } from '../../src/bot/ports/store.js'
import { createStore } from '../../src/store/store.js'
import { cohort as runCohort, startCohort } from '../helpers/cohort.js'
import { inDatabase, ownDatabase, type Where } from '../helpers/database.js'
import { HOME, twoGuilds } from '../platforms/discord-bot.js'

const DAY = 86_400_000
const folder = mkdtempSync(path.join(tmpdir(), 'cohort-workspaces-'))
let where: Where
let discord: LoopbackDiscord
beforeAll(async () => {
  discord = await startDiscord(twoGuilds())
  where = await ownDatabase(folder)
})
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
  discord.stop()
})

async function cohort(...args: string[]): Promise<{ code: number | null; out: string }> {
  const { code, out, err } = await runCohort(args, { ...where, LOG_LEVEL: 'silent' })
  return { code, out: out + err }
}

const stored = <T>(work: (store: Store) => Promise<T>): Promise<T> =>
  inDatabase(where, (database) => work(createStore(database)))

it('cohort workspaces lists what is stored, keeps one, and deletes what was removed, a live one never', async () => {
  expect(await cohort('workspaces', 'list')).toEqual({ code: 0, out: 'No workspaces.\n' })
  await stored(async (store) => {
    await store.openWorkspaces('slack', ['T1', 'T2', 'T3', 'T4', 'T5', 'T6', 'T7'])
    const longAgo = Date.now() - 8 * DAY
    for (const workspace of ['T2', 'T3', 'T4', 'T5', 'T6'])
      await store.removeWorkspace({ platform: 'slack', workspace }, longAgo)
    await store.removeWorkspace({ platform: 'slack', workspace: 'T7' }, Date.parse('2100-01-01T00:00Z'))
  })
  const list = await cohort('workspaces', 'list')
  expect(list.out).toContain('slack\tT1\t0 team(s)\t0 member(s)\tthere\n')
  expect(list.out).toContain(
    'T7\t0 team(s)\t0 member(s)\tremoved 2100-01-01T00:00:00.000Z, deleted after 2100-01-08T00:00:00.000Z',
  )
  expect(JSON.parse((await cohort('workspaces', 'list', '--json')).out)).toHaveLength(7)

  expect(await cohort('workspaces', 'keep', 'slack', 'T2')).toMatchObject({
    code: 0,
    out: expect.stringContaining('T2 is kept'),
  })
  expect(await cohort('workspaces', 'keep', 'slack', 'T2')).toMatchObject({
    code: 1,
    out: expect.stringContaining('workspaces list'),
  })
  expect(await cohort('workspaces', 'purge', 'slack', 'T1')).toMatchObject({
    code: 1,
    out: expect.stringContaining('No workspace T1'),
  })
  expect(await cohort('workspaces', 'purge', 'slack')).toMatchObject({ code: 2 })
  // More than the three that go by themselves in a day.
  const purged = await cohort('workspaces', 'purge')
  expect(purged.out.trim().split('\n')).toEqual(['T3', 'T4', 'T5', 'T6'].map((id) => `slack\t${id}\tdeleted`))
  expect(await cohort('workspaces', 'purge')).toEqual({
    code: 0,
    out: 'Nothing was removed seven days ago or more.\n',
  })
  expect(await cohort('workspaces', 'purge', 'slack', 'T7')).toEqual({ code: 0, out: 'T7 is deleted.\n' })
  expect(await stored((store) => store.workspaces('slack'))).toEqual(['T1', 'T2'])
})

describe('cohort start', () => {
  const settings = (application: string) => {
    discord.state.application = application
    return { DISCORD_TOKEN: TOKEN, DISCORD_API_URL: discord.api(), ...where }
  }

  it('with the token of another Discord application is refused, and with --adopt-application goes on', async () => {
    const first = await startCohort(settings('900000000000000001'))
    expect(first.out).toContain('Discord: on')
    await first.stop()

    discord.guilds.length = 0
    const other = await startCohort(settings('900000000000000777'))
    expect(other.code).toBe(1)
    expect(other.err.trim().split('\n')).toHaveLength(1)
    expect(other.err).toContain('start --adopt-application')
    expect(await stored((store) => store.storedWorkspaces())).toContainEqual(
      expect.objectContaining({ workspace: HOME, removedAt: undefined }),
    )
    const adopted = await startCohort(settings('900000000000000777'), ['--adopt-application'])
    expect(adopted.out).toContain('Discord: on')
    await adopted.stop()
    expect(await stored((store) => store.application('discord'))).toEqual({ id: '900000000000000777' })
  })

  it('deletes what was removed seven days ago, and nothing else', async () => {
    discord.guilds.push(...twoGuilds())
    await stored(async (store) => {
      await store.openWorkspaces('discord', ['100000000000000555', '100000000000000666'])
      for (const workspace of ['100000000000000555', '100000000000000666', HOME])
        await store.removeWorkspace({ platform: 'discord', workspace }, Date.now())
    })
    const program = await startCohort(settings('900000000000000777'), [], () => Date.now() + 8 * DAY)
    await expect.poll(() => purgedBy(program.address)).toBe(2)
    await program.stop()
    const left = (await stored((store) => store.storedWorkspaces())).filter(
      ({ platform }) => platform === 'discord',
    )
    expect(left.map(({ workspace }) => workspace).sort()).toEqual(
      ['@direct', ...twoGuilds().map(({ id }) => id)].sort(),
    )
    expect(left.every(({ removedAt }) => removedAt === undefined)).toBe(true)
  })

  /** How many it has deleted. */
  async function purgedBy(address: string): Promise<number> {
    const figure = /cohort_workspace_changes_total\{platform="discord",change="purged"\} (\d+)/
    return Number(figure.exec(await (await fetch(`${address}/metrics`)).text())?.[1])
  }
})
