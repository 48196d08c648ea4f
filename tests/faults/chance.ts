/**
 * What is left to chance in these tests comes from a seed that stands in their names: `FAULT_SEED` draws the
 * same again.
 */
import { seeded } from '../../src/core/random.js'

export const SEED = Number(process.env.FAULT_SEED ?? Math.floor(Math.random() * 1e9))

/** From the beginning for each test, so that one that is run alone draws what it drew among the others. */
export const chance = () => seeded(SEED)
