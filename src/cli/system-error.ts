/** What the system says of a file or folder, in words that say what to do next. */

const WORDS: Readonly<Record<string, string>> = {
  EACCES: 'you have no right to it; choose another place, or change the rights there',
  EPERM: 'the system does not allow it; choose another place, or change the rights there',
  EROFS: 'nothing can be written there; choose another place',
  ENOSPC: 'the disk is full; make room, or choose another place',
  EDQUOT: 'the disk is full; make room, or choose another place',
  ENOTDIR: 'a file stands where a folder should be; choose another place',
  EEXIST: 'something else has that name; choose another place, or remove it first',
  EISDIR: 'it is a folder, not a file; name a file',
  ENOENT: 'there is no such file or folder; make the folder first, or choose another place',
  ENAMETOOLONG: 'the name is too long; choose a shorter one',
  ELOOP: 'its links lead in a circle; choose another place',
  EMFILE: 'too many files are open; raise the limit ("ulimit -n"), and try again',
}

/** Undefined for what is no trouble with a file or folder. */
export function fileTrouble(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('path' in error) || typeof error.path !== 'string') return undefined
  const words = whyOf(error)
  return words && `${error.path} cannot be read or written: ${words}`
}

/** The reason alone, where the message names the file already. */
export function reasonOf(error: unknown): string {
  return whyOf(error) ?? (error instanceof Error ? error.message : String(error))
}

const whyOf = (error: unknown) =>
  error instanceof Error && 'code' in error ? WORDS[String(error.code)] : undefined
