/** `bench`: how fast Cohort is, each figure beside something real measured in the same run. */
import type { Config } from '../config.js'
import { UserError } from '../core/errors.js'

export async function bench(_config: Config, _only?: string): Promise<void> {
  throw new UserError('the benchmarks are not written yet')
}
