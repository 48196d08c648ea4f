import { expect, it } from 'vitest'
import { skipNumbers } from '../../src/store/restored.js'
import { createStore } from '../../src/store/store.js'
import { emptyDatabase } from '../helpers/database.js'
import { give, makeRound, makeTeam, PLACE } from '../helpers/rounds.js'

it('the numbers of what was posted since the backup are not given again', async () => {
  const database = await emptyDatabase()
  const store = createStore(database)
  const team = await makeTeam(store)
  const before = await makeRound(store, team, '2026-11-02')
  const lost = { ...before, id: before.id + 1 }
  await skipNumbers(database.pool)
  const after = await makeRound(store, team, '2026-11-03')
  const second = await makeTeam(store, { ...PLACE, channel: 'second' })
  expect(after.id).toBeGreaterThan(before.id + 1_000_000)
  expect(second).toBeGreaterThan(team + 1_000_000)
  expect(await give(store, 'ann', lost, 'A')).toEqual({ outcome: 'unknown' })
  expect(await give(store, 'ann', before, 'A')).toMatchObject({ outcome: 'recorded' })
})
