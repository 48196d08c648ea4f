/** Files that people attach to a form, or share with Cohort in their direct messages. */
import { MAX_UPLOAD_BYTES, type Upload } from '../../bot/ports/upload.js'
import { UserError } from '../../core/errors.js'
import { createFetchUpload, tooLarge } from '../fetch-upload.js'
import { type Api, codeOf, isPassing, SlackError } from './api.js'
import type { Installs } from './installs.js'

/** A file as a form or an event names it; Slack is asked for everything else. */
export interface SentFile {
  readonly id: string
  readonly name?: string | null
}

export function isFile(value: unknown): value is SentFile {
  return typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string'
}

export type UploadOf = (workspace: string, file: SentFile) => Upload

/** The answer of `files.info` about it. */
interface Info {
  readonly file?: {
    readonly size?: number
    readonly mode?: string
    readonly url_private?: string
    readonly url_private_download?: string
  }
}

/** Slack serves files from these hosts; some organizations have the name of their own workspace. */
const isOwn = (host: string) => /^[a-z0-9-]+(\.enterprise)?\.slack\.com$/.test(host)

/** `url`: base URL of the Web API, if it is set. */
export function createUploads(
  api: Pick<Api, 'callWithRetry'>,
  installs: Pick<Installs, 'find'>,
  url: string | undefined,
  timeoutMs?: number,
): UploadOf {
  const fetch = createFetchUpload({
    ...{ platform: 'Slack', base: url, isOwn },
    ...(timeoutMs !== undefined && { timeoutMs }),
  })
  return (workspace, { id, name }) => ({
    name: name ?? '',
    async read() {
      const { size = 0, mode, ...addresses } = await infoOf(api, workspace, id)
      if (mode === 'hidden_by_limit') throw gone()
      // The bytes are counted in any case, since the stated size may be wrong.
      if (size > MAX_UPLOAD_BYTES) throw tooLarge()
      const install = await installs.find(workspace)
      return fetch(addresses.url_private_download ?? addresses.url_private ?? '', {
        Authorization: `Bearer ${install?.token ?? ''}`,
      })
    },
  })
}

async function infoOf(api: Pick<Api, 'callWithRetry'>, workspace: string, id: string) {
  try {
    const { file = {} } = await api.callWithRetry<Info>(workspace, 'files.info', { file: id })
    return file
  } catch (error) {
    if (['file_not_found', 'file_deleted'].includes(codeOf(error) ?? '')) throw gone()
    if (isPassing(error) || error instanceof SlackError) throw new UserError(SILENT)
    throw error
  }
}

const SILENT = 'Slack did not hand out the file. Please send it again.'

function gone(): UserError {
  return new UserError('Slack no longer has this file. Please send it again.')
}
