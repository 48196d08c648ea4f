/** Prisma's client, beside the raw statements on the same pool. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createInstalls } from '../../src/store/installs.js'
import { createLackingNotes } from '../../src/store/lacking-notes.js'
import { createSpendState } from '../../src/store/oauth-states.js'
import type { Database } from '../../src/store/open.js'
import { createStore } from '../../src/store/store.js'
import { createTokenCipher } from '../../src/store/token-cipher.js'
import { createMessageLog } from '../../src/store/web-messages.js'
import { plainQuestion } from '../core/questions.js'
import { emptyDatabase } from '../helpers/database.js'
import { makeTeam, PLACE } from '../helpers/rounds.js'

const NOW = Date.parse('2026-01-05T08:00Z')
const ANN = { ...PLACE, user: 'ann', name: 'Ann' }

let database: Database
beforeEach(async () => {
  database = await emptyDatabase()
})

afterEach(() => void vi.restoreAllMocks())

/**
 * How often something asked for a connection to keep it, as a transaction does; a statement by itself asks
 * with a callback.
 */
function keptConnections(): () => number {
  const asked = vi.spyOn(database.pool, 'connect')
  return () => asked.mock.calls.filter((args) => (args as unknown[]).length === 0).length
}

it('opens no transaction, whatever is written: one that the database is silent to would spoil a connection', async () => {
  const kept = keptConnections()
  const store = createStore(database)
  const team = await makeTeam(store)
  await makeTeam(store, { name: 'Other' })
  await store.moveSlot(team, NOW, NOW + 1)
  await store.pauseTeam(team, true, undefined)
  await store.saveQuestions([plainQuestion({ id: 'q1' })])
  const report = { ...ANN, question: 'q1', version: 'v', reason: 'r', detail: 'd', now: NOW }
  for (const user of ['ann', 'ann', 'ben']) expect(await store.saveReport({ ...report, user })).toBeDefined()
  await store.hide(ANN, true)
  for (const id of ['A1', 'A2']) await store.saveApplication(PLACE.platform, { id }, { id: 'A1' })
  const installs = createInstalls(
    database.prisma,
    PLACE.platform,
    createTokenCipher('a key of sixteen or more'),
  )
  for (const token of ['one', 'two'])
    await installs.save({ workspace: PLACE.workspace, token, installer: 'ann', scopes: [] }, NOW)
  await installs.learn(PLACE.workspace, ['chat:write'])
  for (const _ of [1, 2]) await installs.join('w2', PLACE.workspace)
  expect(await installs.find('w2')).toMatchObject({ workspace: PLACE.workspace, token: 'two' })
  const notes = createLackingNotes(database.prisma, PLACE.platform)
  expect(await notes.claim(PLACE.workspace, ['files:write'])).toEqual(['ann', 'ada'])
  expect(await notes.claim(PLACE.workspace, ['files:write'])).toEqual([])
  await notes.release(PLACE.workspace)
  const spend = createSpendState(database.prisma, () => NOW)
  expect([await spend('a'), await spend('a')]).toEqual([true, false])
  const log = createMessageLog(database)
  const message = {
    workspace: PLACE.workspace,
    channel: 'study',
    author: 'ann',
    key: 'k',
    body: { text: 'Ann' },
    at: NOW,
  }
  const [first, second] = [await log.add(message), await log.add(message)]
  expect([first.fresh, second.fresh, second.id === first.id]).toEqual([true, false, true])
  await log.update(first.id, { text: 'Bea' })
  await log.forget(PLACE.workspace, { id: 'ann', name: 'Ann' }, (body) => body)
  await store.missWorkspace(PLACE, NOW)
  await store.refuseToken(PLACE.platform, undefined, NOW)
  await store.acceptToken(PLACE.platform)
  await store.removeWorkspace(PLACE, NOW)
  await store.keepWorkspace(PLACE)
  await store.openWorkspaces(PLACE.platform, [PLACE.workspace, 'w3'])
  expect(kept()).toBe(0)
})

it('gives errors the code and the words of Postgres, by which acts are tried again and the log hides what was typed', async () => {
  const data = { memberId: 1, question: 'q', version: 'v', reason: 'r', detail: 'd', at: new Date(NOW) }
  const failure = (error: unknown) => (error instanceof Error ? { ...error, message: error.message } : error)
  expect(await database.prisma.report.create({ data }).catch(failure)).toMatchObject({
    code: '23503',
    message: expect.stringContaining('foreign key'),
  })
})

it('says nothing of what was typed when the client does not take it', async () => {
  const name = { of: 'a secret' } as never
  const refused = database.prisma.platform.create({ data: { name } })
  await expect(refused).rejects.toThrow(/^Prisma does not take the arguments of Platform\.create$/)
})
