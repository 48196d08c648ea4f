import { expect, it } from 'vitest'
import { createPace } from '../../src/platforms/pace.js'

/** When the turns came, in ms; `refused`: those that were one too many. */
async function times(turns: number, perSecond: number, refused: readonly number[] = []): Promise<number[]> {
  let now = 0
  const wait = async (ms: number) => {
    now += ms
  }
  const pace = createPace(
    () => perSecond,
    () => now,
    wait,
  )
  const taken: number[] = []
  for (let i = 0; i < turns; i++) {
    await pace.turn()
    taken.push(now)
    if (refused.includes(i)) pace.giveBack()
  }
  return taken
}

it('gives turns evenly', async () => {
  expect(await times(5, 10)).toEqual([0, 100, 200, 300, 400])
})

it('gives another turn for one that was refused', async () => {
  expect(await times(5, 10, [1, 2])).toEqual([0, 100, 100, 100, 200])
})
