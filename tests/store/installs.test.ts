import { beforeEach, describe, expect, it } from 'vitest'
import { UserError } from '../../src/core/errors.js'
import { createInstalls } from '../../src/store/installs.js'
import type { Database } from '../../src/store/open.js'
import { createStore } from '../../src/store/store.js'
import { createTokenCipher } from '../../src/store/token-cipher.js'
import { emptyDatabase } from '../helpers/database.js'

const [OLD, NEW] = ['the key of the first year', 'the key of the second year']
const NOW = Date.parse('2026-11-23T08:00:00Z')
const one = { workspace: 'T1', token: 'xoxb-secret-1', installer: 'U1', scopes: ['chat:write'] }
const two = { workspace: 'T2', token: 'xoxb-secret-2', installer: 'U2', scopes: ['chat:write'] }

let database: Database
beforeEach(async () => {
  database = await emptyDatabase()
  await createStore(database).openWorkspaces('slack', ['T1', 'T2'])
})
const installs = (key: string) => createInstalls(database.prisma, 'slack', createTokenCipher(key))
const stored = async () =>
  (await database.pool.query<{ token: string }>('select token from install order by workspace_id')).rows

describe('installs', () => {
  it('gives back what was saved, and nothing of a workspace that is not there', async () => {
    await installs(OLD).save(one, NOW)
    expect(await installs(OLD).find('T1')).toEqual(one)
    expect(await installs(OLD).find('T2')).toBeUndefined()
  })

  it('keeps no token in clear', async () => {
    await installs(OLD).save(one, NOW)
    expect(JSON.stringify(await stored())).not.toContain('secret')
  })

  it('a second install takes the place of the first', async () => {
    await installs(OLD).save(one, NOW)
    await installs(OLD).save({ ...one, token: 'xoxb-other' }, NOW)
    expect(await installs(OLD).find('T1')).toMatchObject({ token: 'xoxb-other' })
    expect(await stored()).toHaveLength(1)
  })

  it('the first one decides who may set teams up, until the workspace is left or they are forgotten', async () => {
    const [store, key] = [createStore(database), { platform: 'slack', workspace: 'T1' }]
    await installs(OLD).save(one, NOW)
    await installs(OLD).save({ ...one, token: 'xoxb-other', installer: 'U9' }, NOW)
    expect(await installs(OLD).find('T1')).toMatchObject({ token: 'xoxb-other', installer: 'U1' })
    await store.forgetMember({ ...key, user: 'U1' })
    await installs(OLD).save({ ...one, installer: 'U8' }, NOW)
    expect(await installs(OLD).find('T1')).toMatchObject({ installer: 'U8' })
    await store.removeWorkspace(key, NOW + 1000)
    expect(await installs(OLD).find('T1')).toBeUndefined()
    await expect(installs(OLD).save({ ...one, installer: 'U9' }, NOW)).rejects.toThrow('is not there')
    await store.openWorkspaces('slack', ['T1'])
    await installs(OLD).save({ ...one, installer: 'U9' }, NOW)
    expect(await installs(OLD).find('T1')).toMatchObject({ installer: 'U9' })
  })

  it('changes to a new key, after which the old one opens nothing', async () => {
    await installs(OLD).save(one, NOW)
    await installs(OLD).save(two, NOW)
    const both = installs(`${NEW},${OLD}`)
    expect(await both.find('T1')).toEqual(one)
    expect(await both.rotate()).toBe(2)
    expect(await both.rotate()).toBe(0)
    expect(await installs(NEW).find('T2')).toEqual(two)
    expect(await installs(OLD).find('T2')).toBeUndefined()
  })

  it('says which variable is wrong when the key does not open the tokens', async () => {
    await installs(OLD).save(one, NOW)
    await expect(installs(NEW).rotate()).rejects.toThrow(UserError)
    await expect(installs(NEW).rotate()).rejects.toThrow(
      'COHORT_SECRET_KEY does not open the tokens of 1 workspace(s)',
    )
  })

  it('a token does not open as that of another workspace', async () => {
    await installs(OLD).save(one, NOW)
    await installs(OLD).save(two, NOW)
    await database.pool.query(
      'update install set token = (select token from install order by workspace_id limit 1)',
    )
    expect(await installs(OLD).find('T1')).toEqual(one)
    expect(await installs(OLD).find('T2')).toBeUndefined()
  })

  it('goes with the workspace, unless it was installed again after the removal', async () => {
    await installs(OLD).save(one, NOW)
    const store = createStore(database)
    const key = { platform: 'slack', workspace: 'T1' }
    expect(await store.removeWorkspace(key, NOW, NOW - 1000)).toBe(false)
    expect(await installs(OLD).find('T1')).toEqual(one)
    expect(await store.removeWorkspace(key, NOW, NOW + 1000)).toBe(true)
    expect(await installs(OLD).find('T1')).toBeUndefined()
    expect(await store.purgeWorkspace(key)).toBe(true)
    expect(await stored()).toEqual([])
  })

  it('comes back for no workspace that was deleted or is marked', async () => {
    const store = createStore(database)
    await store.removeWorkspace({ platform: 'slack', workspace: 'T1' }, NOW)
    await expect(installs(OLD).save(one, NOW)).rejects.toThrow('not there')
    await store.purgeWorkspace({ platform: 'slack', workspace: 'T1' })
    await expect(installs(OLD).save(one, NOW)).rejects.toThrow('not there')
    expect((await database.pool.query('select external from workspace')).rows).toEqual([{ external: 'T2' }])
  })
})

describe('a sealed text', () => {
  const box = createTokenCipher(OLD)

  it('is another one each time', () => {
    expect(box.encrypt('a token', 'me')).not.toBe(box.encrypt('a token', 'me'))
  })

  it('opens for nobody when one character of it was changed', () => {
    const sealed = box.encrypt('a token', 'me')
    expect(box.decrypt(sealed, 'me')).toBe('a token')
    for (let i = 0; i < sealed.length - 1; i++) {
      const other = sealed[i] === 'A' ? 'B' : 'A'
      expect(box.decrypt(`${sealed.slice(0, i)}${other}${sealed.slice(i + 1)}`, 'me')).toBeUndefined()
    }
    for (const cut of ['', '.', sealed.slice(0, 20), sealed.slice(9)])
      expect(box.decrypt(cut, 'me')).toBeUndefined()
  })
})
