export const BROWSERS: readonly string[]
/** Undefined where there is none. */
export function findBrowser(): string | undefined
