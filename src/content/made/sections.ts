/** Makes the sections of a pack: one per folder of the notes, or one per file if there are no folders. */
import { freeSlug } from './slugs.js'
import { humanised, withoutId } from './titles.js'

export interface Section {
  readonly id: string
  readonly number: number
  readonly title: string
}

/** If there are more files than this, they form one section. */
const MANY = 30

/** Returns the previous path of a file. */
export type Former = (path: string) => string

export interface Sections {
  readonly all: readonly Section[]
  /** Returns the section of a file. */
  of(path: string): Section
  /** Section ids by folder, for the next time. */
  readonly ids: Readonly<Record<string, string>>
}

/**
 * Returns the sections in the order of the paths. `named`: names that files give themselves. `known`:
 * previous ids of folders, which stay.
 */
export function sectionsOf(
  paths: readonly string[],
  title: string,
  named: ReadonlyMap<string, string>,
  known: Readonly<Record<string, string>>,
  former: Former = (path) => path,
): Sections {
  const shared = sharedFolder(paths)
  const inside = (path: string) => path.slice(shared.length).split('/')
  const isFlat = paths.every((path) => inside(path).length === 1) && paths.length > 1 && paths.length <= MANY
  const keyOf = (path: string) => {
    const [first = '', ...rest] = inside(path)
    return rest.length > 0 ? shared + first : isFlat ? path : shared.replace(/\/$/, '')
  }
  const taken = new Set(Object.values(known))
  const keys = new Set(paths.map(keyOf))
  const idOf = (key: string, path: string): string | undefined => {
    if (Object.hasOwn(known, key)) return known[key]
    const before = former(path)
    const old = Object.keys(known).filter((one) => one === before || before.startsWith(`${one}/`))
    const id = before === path ? undefined : known[old.sort((a, b) => b.length - a.length)[0] ?? '']
    return id === undefined || inUse.has(id) ? undefined : id
  }
  const inUse = new Set([...keys].map((key) => (Object.hasOwn(known, key) ? known[key] : undefined)))
  const byKey = new Map<string, Section>()
  for (const path of paths) {
    const key = keyOf(path)
    if (byKey.has(key)) continue
    const name = key.split('/').at(-1) ?? ''
    const id = idOf(key, path)
    inUse.add(id)
    byKey.set(key, {
      id:
        id ??
        freeSlug(
          key === '' || `${key}/` === shared ? title : withoutId(name.replace(/\.[^.]+$/, '')),
          taken,
          40,
        ),
      number: byKey.size + 1,
      title: titleOf(
        key,
        isFlat ? named.get(key) : undefined,
        key === '' || `${key}/` === shared ? title : name,
      ),
    })
  }
  return {
    all: [...byKey.values()],
    of: (path) => byKey.get(keyOf(path)) ?? { id: 'notes', number: 1, title },
    ids: { ...known, ...Object.fromEntries([...byKey].map(([key, { id }]) => [key, id])) },
  }
}

function titleOf(key: string, own: string | undefined, name: string): string {
  if (own !== undefined) return own.slice(0, 160)
  return (key === '' ? name : humanised(name.replace(/\.[a-z0-9]+$/i, ''))).slice(0, 160).trim() || 'Notes'
}

/** Returns the folders that contain all files, such as `docs/`. */
function sharedFolder(paths: readonly string[]): string {
  const [first = ''] = paths
  const folders = first.split('/').slice(0, -1)
  while (folders.length > 0 && !paths.every((path) => path.startsWith(`${folders.join('/')}/`))) folders.pop()
  return folders.length > 0 ? `${folders.join('/')}/` : ''
}
