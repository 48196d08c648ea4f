/**
 * `bench`: runs the benchmarks. They are not part of the program: they are in its checkout, and are compiled as
 * it is.
 */
import { existsSync } from 'node:fs'
import type { Config } from '../config.js'
import { UserError } from '../core/errors.js'
import type { Io } from '../io.js'

const BENCH = new URL('../../bench/', import.meta.url)

export async function bench(
  config: Config,
  only: string | undefined,
  seconds: number | undefined,
  io: Io,
): Promise<void> {
  if (!existsSync(BENCH))
    throw new UserError('the benchmarks are not in the image: run them in a checkout, after npm ci')
  await import(new URL('as-built.mjs', BENCH).href)
  const { runBenches } = await import(new URL('main.ts', BENCH).href)
  await runBenches(config, only, seconds, io).catch((error: unknown) => {
    // They have their own copy of every class.
    throw error instanceof Error && error.name === 'UserError' ? new UserError(error.message) : error
  })
}
