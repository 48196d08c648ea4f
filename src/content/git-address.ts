/** Parses `https://host/path#ref`, the only form in which a repository is named. */
import { UserError } from '../core/errors.js'

export interface GitAddress {
  readonly url: string
  /** A branch, a tag or a whole commit id; undefined for the repository's default. */
  readonly ref: string | undefined
}

const MAX_ADDRESS = 500
/** Names that Git allows; none of them is an option, a range or a refspec. */
const REF = /^[A-Za-z0-9_][\w./+-]{0,199}$/
const isWhole = (ref: string) => /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(ref)
const isShort = (ref: string) => /^[0-9a-f]{7,39}$/.test(ref) && /\d/.test(ref)

/** Hosts whose repositories are always the first two parts of a path. */
const HOSTS = 'github\\.com|gitlab\\.com|bitbucket\\.org|codeberg\\.org'
/** As an address of SSH, one without https://, or a page of the site that shows one folder, file or branch. */
const OTHERWISE = new RegExp(
  `^(?:(?:[a-z+]+://)?(?:[^/@\\s]+@)?(?:www\\.)?(${HOSTS})(?::\\d+)?[:/])([\\w.-]+/[\\w.-]+?)(?:\\.git)?(?:/(?:-/)?(tree|blob|raw|src)/(?:branch/)?([^/#?\\s]+)(?:/([^#?\\s]*))?)?/?(?:[#?]\\S*)?$`,
  'i',
)

/** Throws `UserError` that gives the address to use, for one that names a repository in another way. */
function checkSpelling(spec: string): void {
  const [, host, name, page, ref, inside = ''] = OTHERWISE.exec(spec) ?? []
  if (!name || (/^https:\/\/(?![^/]*@)/i.test(spec) && !page)) return
  const branch = ref === undefined || /^(?:HEAD|main|master)$/.test(ref) ? '' : `#${ref}`
  const folder = (/^(?:blob|raw)$/i.test(page ?? '') ? inside.replace(/[^/]*$/, '') : inside).replace(
    /\/$/,
    '',
  )
  const where =
    folder === ''
      ? ''
      : `; "pack add" takes the folder with --folder ${folder}, "pack new" reads the whole, or a copy of the folder on this machine`
  throw new UserError(
    `that is not the address of a repository; give https://${host?.toLowerCase()}/${name}${branch}${shown(where)}`,
  )
}

/** Undefined for what is no address at all, such as a path. Throws `UserError` for one that is not read. */
export function gitAddress(spec: string): GitAddress | undefined {
  checkSpelling(spec)
  const isAddress = /^[a-z][a-z\d+.-]+::?\/\/|^[a-z][a-z\d+.-]+::|^[^/\\\s]+@[^/\\\s]+:/i.test(spec)
  if (!isAddress) return undefined
  const [url = '', ...rest] = spec.split('#')
  const ref = rest.length > 0 ? rest.join('#') : undefined
  if (!/^https:\/\/[^\s\p{Cc}\p{Cf}]+$/u.test(url) || url.length > MAX_ADDRESS || !URL.canParse(url))
    throw new UserError(
      `${shown(spec)} is not read: a repository is read by an address that begins with https://`,
    )
  const { username, password, hostname, search } = new URL(url)
  if ((username + password).length > 0)
    throw new UserError(
      'an address with a name or a password in it is not read, since it would be kept; only public repositories are, and others as a zip file',
    )
  if (hostname.startsWith('-') || search !== '')
    throw new UserError(`${shown(spec)} is not read: it should be https://, a host and a path`)
  if (/\.zip$/i.test(url))
    throw new UserError(`${shown(spec)} is a zip file on the web; download it, and give the file`)
  if (ref !== undefined) checkRef(ref)
  return { url, ref }
}

function checkRef(ref: string): void {
  if (isWhole(ref)) return
  if (isShort(ref)) throw new UserError(`#${ref} is a part of a commit; give all 40 digits of it`)
  if (!REF.test(ref) || /\.\.|\/\/|\.lock$|[./]$/.test(ref))
    throw new UserError(`#${shown(ref)} names no branch, tag or commit`)
}

/** Whether the address always names the same commit. */
export const isPinned = ({ ref }: GitAddress): boolean => ref !== undefined && isWhole(ref)

const shown = (text: string) => text.replace(/[\p{Cc}\p{Cf}]/gu, '?').slice(0, 200)
