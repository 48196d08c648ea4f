export declare function productionPackages(lock: {
  readonly packages: Readonly<Record<string, object>>
}): Set<string>
