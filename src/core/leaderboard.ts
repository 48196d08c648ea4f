/**
 * Competition ranks: equals share a rank, and the ranks after them are skipped (1, 2, 2, 4). The database
 * ranks members.
 */
import { compare } from './order.js'

/** Ranks teams by mean points per member, best first; equals are sorted by name. */
export function rankTeams<T extends { readonly mean: number; readonly team: { readonly name: string } }>(
  teams: readonly T[],
): (T & { rank: number })[] {
  const sorted = [...teams].sort((a, b) => b.mean - a.mean || compare(a.team.name, b.team.name))
  return sorted.map((one) => ({ ...one, rank: 1 + sorted.findIndex(({ mean }) => mean === one.mean) }))
}
