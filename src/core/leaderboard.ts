/**
 * Competition ranks: equals share a rank, and the ranks after them are left out (1, 2, 2, 4). The database
 * ranks members.
 */
import { compare } from './order.js'

/** Teams by mean points a member, best first; equals by name. */
export function rankTeams<T extends { readonly mean: number; readonly team: { readonly name: string } }>(
  teams: readonly T[],
): (T & { rank: number })[] {
  const sorted = [...teams].sort((a, b) => b.mean - a.mean || compare(a.team.name, b.team.name))
  return sorted.map((one) => ({ ...one, rank: 1 + sorted.findIndex(({ mean }) => mean === one.mean) }))
}
