import type { migrate } from '../src/store/migrate.js'

export function makeEmptyDatabase(how: typeof migrate): Promise<string>
