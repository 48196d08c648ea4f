/**
 * Prisma's client on the pool that raw statements use, with the same treatment: text that Postgres accepts,
 * the same timeouts, and the driver's own errors.
 */
import { PrismaPg } from '@prisma/adapter-pg'
import type { Pool } from 'pg'
import type { WorkspaceKey } from '../bot/ports/keys.js'
import { Prisma, PrismaClient } from '../generated/prisma/client.js'
import { retryConnect, storable } from './sql.js'

export type Client = ReturnType<typeof createClient>

/**
 * None of its calls may need a transaction: if the database does not answer one, Prisma gives the connection
 * back to the pool.
 */
export function createClient(pool: Pool) {
  const adapter = new PrismaPg(pool, { statementNameGenerator: statementNames() })
  return new PrismaClient({ adapter, errorFormat: 'minimal' }).$extends({
    query: {
      $allOperations: ({ model, operation, args, query }) =>
        retryConnect(async () => {
          try {
            return await query(storable(args))
          } catch (error) {
            throw ofDriver(error, `${model}.${operation}`)
          }
        }),
    },
  })
}

const MAX_STATEMENTS = 500

/**
 * Names statements: a named statement is prepared once per connection, which makes it about half as
 * expensive.
 */
function statementNames(): (query: { sql: string }) => string {
  const names = new Map<string, string>()
  return ({ sql }) => {
    const known = names.get(sql)
    if (known !== undefined) return known
    const name = names.size < MAX_STATEMENTS ? `p${names.size}` : ''
    if (name !== '') names.set(sql, name)
    return name
  }
}

/** Kinds of errors under which Prisma hides the code of a failed connection. */
const CODES: Readonly<Record<string, string>> = {
  DatabaseNotReachable: 'ECONNREFUSED',
  ConnectionClosed: 'ECONNRESET',
}

interface DriverError {
  readonly cause?: {
    readonly kind?: string
    readonly originalCode?: string
    readonly originalMessage?: string
  }
}

/**
 * Returns an error with the driver's code and message. Prisma's own messages quote the arguments, so they are
 * left out.
 */
function ofDriver(error: unknown, operation: string): unknown {
  if (error instanceof Prisma.PrismaClientValidationError)
    return new Error(`Prisma does not take the arguments of ${operation}`)
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return error
  const { cause } = (error.meta?.driverAdapterError ?? {}) as DriverError
  const code = cause?.originalCode ?? CODES[cause?.kind ?? ''] ?? error.code
  return Object.assign(new Error(cause?.originalMessage ?? error.message), { code })
}

/** Converts a value for a column of type jsonb, which takes no `undefined`. */
export const jsonValue = (value: unknown) => JSON.parse(JSON.stringify(value)) as Prisma.InputJsonValue

/** Returns the epoch milliseconds of a column. */
export const time = (date: Date | null | undefined): number | undefined => date?.getTime()

/** Returns midnight of the day in UTC, for a column of type date. */
export const dayOf = (ms: number): Date => new Date(new Date(ms).toISOString().slice(0, 10))

/** Returns the ISO date of a column of type date. */
export const dateOf = (date: Date): string => date.toISOString().slice(0, 10)

/** Returns midnight in UTC of an ISO date, for a column of type date. */
export const dayFrom = (date: string): Date => new Date(date)

/** Returns the unique columns of a workspace. */
export const keyOf = ({ platform, workspace }: WorkspaceKey) => ({ platform, external: workspace })

/** Identifies a member by their workspace and their id on the platform. */
export const memberKey = (who: WorkspaceKey & { readonly user: string }) => ({
  user: who.user,
  workspace: keyOf(who),
})

/** Matches the workspace, unless it has removed the bot. */
export const here = (workspace: WorkspaceKey) => ({ ...keyOf(workspace), removedAt: null })
