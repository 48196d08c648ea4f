import { beforeEach, expect, it } from 'vitest'
import type { Store } from '../../src/bot/store.js'
import { createStore } from '../../src/store/store.js'
import { emptyDatabase } from '../helpers/database.js'

let store: Store
beforeEach(async () => {
  store = createStore(await emptyDatabase())
})

it('answers a ping', async () => {
  await expect(store.ping()).resolves.toBeUndefined()
})
