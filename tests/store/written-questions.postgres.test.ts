/** Questions that several processes store and decide on at the same moment. */
import { afterEach, expect, it } from 'vitest'
import type { Store } from '../../src/bot/ports/store.js'
import { type Database, openDatabase } from '../../src/store/open.js'
import { createStore } from '../../src/store/store.js'
import { emptyDatabase, givenDatabase } from '../helpers/database.js'
import { makeTeam, PLACE } from '../helpers/rounds.js'

const opened: Database[] = []
afterEach(async () => {
  await Promise.all(opened.splice(0).map((database) => database.close()))
})

async function processes(): Promise<Store[]> {
  const store = createStore(await emptyDatabase())
  const given = givenDatabase()
  if (!('url' in given)) throw new Error('needs a Postgres')
  opened.push(...(await Promise.all([1, 2].map(() => openDatabase({ url: given.url, dataDir: '' })))))
  return [store, ...opened.map(createStore)]
}

const WHO = { platform: PLACE.platform, workspace: PLACE.workspace, user: 'ann' }
const LEAD = { ...WHO, name: 'Ann', isLead: true }
const contentOf = (stem: string) => {
  const choices = ['Yes', 'No'].map((text) => ({ text, right: text === 'Yes', why: '' }))
  return { topics: [], item: { kind: 'choice', stem, choices }, source: '' } as const
}

it('one of the same words is stored, from whatever process it comes', async () => {
  const stores = await processes()
  const [store] = stores
  if (!store) throw new Error('no process')
  const team = await makeTeam(store)
  const write = (one: Store, stem: string) =>
    one.writeQuestion(LEAD, { team, pack: 'p', content: contentOf(stem), now: 0 })
  const done = await Promise.all(
    ['So?', 'SO?', 'so?'].flatMap((stem) => stores.map((one) => write(one, stem))),
  )
  expect(done.filter((one) => one && 'state' in one)).toHaveLength(1)
  expect(done.filter((one) => one && 'refused' in one && one.refused === 'same')).toHaveLength(8)
})

it('one is made of a kept form, whatever is written of it', async () => {
  const stores = await processes()
  const [store] = stores
  if (!store) throw new Error('no process')
  const team = await makeTeam(store)
  const kept = await store.openFormDraft({ ...WHO, form: 'f', shown: {}, given: {}, now: 0 })
  const done = await Promise.all(
    stores.map((one, i) =>
      one.writeQuestion(LEAD, {
        ...{ team, pack: 'p', content: contentOf(`So ${i}?`), now: 0 },
        ...(kept !== undefined && { kept }),
      }),
    ),
  )
  expect(done.filter((one) => one && 'state' in one)).toHaveLength(1)
  expect(done.filter((one) => one && 'refused' in one && one.refused === 'sent')).toHaveLength(2)
  expect(await store.formDraft(WHO, kept ?? '', 0)).toBeUndefined()
})
