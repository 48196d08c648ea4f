/**
 * The owner of the data: what is stored for a platform belongs to one application there, and no other one may
 * act on it.
 */
import { UserError } from '../../core/errors.js'
import type { Log } from '../deps.js'
import type { Store } from '../ports/store.js'
import type { Application } from '../ports/workspaces.js'

export interface Claim {
  readonly platform: string
  /** The platform's name as people know it, and the variable that says which application it is. */
  readonly called: string
  readonly variable: string
  readonly application: Application
  /** Whether at least one of the stored workspaces knows the token. */
  readonly knows: (stored: readonly string[]) => Promise<boolean>
}

export interface ClaimDeps {
  readonly store: Store
  readonly log: Log
  /** Whether the operator wants the data to belong to this application from now on. */
  readonly adopts: boolean
}

/** Throws a `UserError` when the data belongs, or may belong, to another application. */
export async function claimApplication(claim: Claim, deps: ClaimDeps): Promise<void> {
  const { platform, application } = claim
  const { store, log, adopts } = deps
  const stored = await store.application(platform)
  const { same, other } = compare(stored, application)
  if (other && !adopts)
    throw new UserError(
      `${claim.variable} is of another application than the data: ${whose(claim, stored)}. ${WAYS_OUT}`,
    )
  if (!same && !other && !adopts && !(await isKnown(claim, deps)))
    throw new UserError(
      `${claim.variable} may be of another application than the data: no stored workspace knows it. ${WAYS_OUT}`,
    )
  const merged = other ? application : { ...stored, ...defined(application) }
  if (merged.id === stored.id && merged.client === stored.client) return
  // Another process started at the same moment and was first.
  if (!(await store.saveApplication(platform, merged, stored))) return claimApplication(claim, deps)
  const adopted = other || (adopts && !same)
  if (adopted) log.warn({ platform, ...merged, before: stored }, 'application adopted')
  else log.info({ platform, ...merged }, 'application recorded')
}

const WAYS_OUT =
  'Set the token of the application that the data is of, or another DATABASE_URL or COHORT_DATA_DIR; to go on with this one, start once with "cohort start --adopt-application"'

function whose({ called, application }: Claim, stored: Application): string {
  if (stored.id !== undefined && application.id !== undefined)
    return `that is of ${called} application ${stored.id}, this is ${application.id}`
  return `that is of the ${called} client ${stored.client}, this is ${application.client}`
}

function compare(stored: Application, given: Application): { same: boolean; other: boolean } {
  const pairs = [
    [stored.id, given.id],
    [stored.client, given.client],
  ].filter(([a, b]) => a !== undefined && b !== undefined)
  return { same: pairs.some(([a, b]) => a === b), other: pairs.some(([a, b]) => a !== b) }
}

async function isKnown({ platform, knows }: Claim, { store }: ClaimDeps): Promise<boolean> {
  const stored = (await store.storedWorkspaces())
    .filter((one) => one.platform === platform)
    .map((one) => one.workspace)
  return stored.length === 0 || (await knows(stored))
}

function defined({ id, client }: Application): Application {
  return { ...(id !== undefined && { id }), ...(client !== undefined && { client }) }
}
