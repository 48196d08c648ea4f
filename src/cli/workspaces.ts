/** `workspaces`: shows what is stored, and what will be deleted and when. */
import type { WorkspaceKey } from '../bot/ports/keys.js'
import type { Store } from '../bot/ports/store.js'
import type { StoredWorkspace } from '../bot/ports/workspaces.js'
import type { Config } from '../config.js'
import type { Io } from '../io.js'
import { createLog } from '../log.js'
import { openMigrated } from '../server/database.js'
import { KEPT_DAYS } from '../store/purge.js'
import { createStore } from '../store/store.js'

const KEPT_MS = KEPT_DAYS * 24 * 3_600_000

export function listWorkspaces(json: boolean, config: Config, io: Io): Promise<void> {
  return withStore(config, io, async (store) => {
    const list = (await store.storedWorkspaces()).map(shown)
    if (json) io.out(JSON.stringify(list))
    else if (list.length === 0) io.out('No workspaces.')
    else
      for (const { platform, workspace, teams, members, state } of list)
        io.out(`${platform}\t${workspace}\t${teams} team(s)\t${members} member(s)\t${state}`)
  })
}

function shown({ removedAt, refusedAt, pausedAt, ...rest }: StoredWorkspace) {
  const times = {
    ...(removedAt !== undefined && { removedAt: iso(removedAt), purgedAfter: iso(removedAt + KEPT_MS) }),
    ...(refusedAt !== undefined && { refusedAt: iso(refusedAt) }),
    ...(pausedAt !== undefined && { pausedAt: iso(pausedAt) }),
  }
  return { ...rest, ...times, state: stateOf({ removedAt, refusedAt, pausedAt }) }
}

function stateOf({
  removedAt,
  refusedAt,
  pausedAt,
}: Pick<StoredWorkspace, 'removedAt' | 'refusedAt' | 'pausedAt'>): string {
  if (removedAt !== undefined) return `removed ${iso(removedAt)}, deleted after ${iso(removedAt + KEPT_MS)}`
  if (pausedAt !== undefined) return `paused ${iso(pausedAt)}, because its token is refused`
  return refusedAt === undefined ? 'there' : `there, its token refused since ${iso(refusedAt)}`
}

export function keepWorkspace(key: WorkspaceKey, config: Config, io: Io): Promise<number> {
  return withStore(config, io, async (store) => {
    const kept = await store.keepWorkspace(key)
    io.out(kept ? `${key.workspace} is kept, and works again.` : notMarked(key))
    return kept ? 0 : 1
  })
}

export function purgeWorkspace(key: WorkspaceKey, config: Config, io: Io): Promise<number> {
  return withStore(config, io, async (store) => {
    const gone = await store.purgeWorkspace(key)
    io.out(gone ? `${key.workspace} is deleted.` : notMarked(key))
    return gone ? 0 : 1
  })
}

export function purgeDue(config: Config, io: Io): Promise<number> {
  return withStore(config, io, async (store) => {
    const platforms = [...new Set((await store.removedWorkspaces()).map(({ platform }) => platform))]
    const done = await store.purgeDue(io.now(), platforms, false)
    for (const { platform, workspace } of done?.gone ?? []) io.out(`${platform}\t${workspace}\tdeleted`)
    if (!done) io.out('Another process deletes at this moment. Try again in a minute.')
    else if (done.gone.length === 0) io.out('Nothing was removed seven days ago or more.')
    return done ? 0 : 1
  })
}

function notMarked({ platform, workspace }: WorkspaceKey): string {
  return `No workspace ${workspace} of ${platform} is marked as removed. "cohort workspaces list" shows what there is.`
}

const iso = (ms: number) => new Date(ms).toISOString()

async function withStore<T>(config: Config, io: Io, work: (store: Store) => Promise<T>): Promise<T> {
  const { database } = await openMigrated(config, createLog(config.LOG_LEVEL, io.log), { isPatient: true })
  try {
    return await work(createStore(database))
  } finally {
    await database.close()
  }
}
