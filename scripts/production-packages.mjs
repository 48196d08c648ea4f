/**
 * The packages of a lock file that production needs, as the folders that it names: what the program itself
 * depends on, and what these depend on. A package that is only an optional peer of one of them is not needed:
 * Prisma's command line and TypeScript are, and npm keeps them and all that they bring, `--omit=dev` or not,
 * because they are packages of development here.
 */
export function productionPackages({ packages }) {
  const needed = new Set()
  const visit = (folder) => {
    if (needed.has(folder)) return
    needed.add(folder)
    const { dependencies, optionalDependencies, peerDependencies, peerDependenciesMeta } = packages[folder]
    const peers = Object.keys(peerDependencies ?? {}).filter(
      (name) => !peerDependenciesMeta?.[name]?.optional,
    )
    for (const name of [...Object.keys({ ...dependencies, ...optionalDependencies }), ...peers]) {
      const found = resolve(folder, name)
      if (found !== undefined) visit(found)
    }
  }
  /** As Node looks for it: in the package's own folder, then in those above. */
  const resolve = (folder, name) => {
    for (let at = folder; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
      const candidate = `${at === '' ? '' : `${at}/`}node_modules/${name}`
      if (packages[candidate]) return candidate
      if (at === '') return undefined
    }
  }
  visit('')
  needed.delete('')
  return needed
}
