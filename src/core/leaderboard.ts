/** Competition ranks: equals share a rank, and the ranks after them are left out (1, 2, 2, 4). */
import type { Ranked, Standing } from './model.js'

/** Best first; equals by name. */
export function rank(standings: readonly Standing[]): Ranked[] {
  const sorted = [...standings].sort((a, b) => b.points - a.points || compare(a.member.name, b.member.name) || a.member.id - b.member.id)
  return withRanks(sorted, (s) => s.points)
}

/** Teams by mean points a member, best first; equals by name. */
export function rankTeams<T extends { readonly mean: number; readonly team: { readonly name: string } }>(
  teams: readonly T[],
): (T & { rank: number })[] {
  const sorted = [...teams].sort((a, b) => b.mean - a.mean || compare(a.team.name, b.team.name))
  return withRanks(sorted, (t) => t.mean)
}

function withRanks<T>(sorted: readonly T[], value: (item: T) => number): (T & { rank: number })[] {
  let rank = 0
  return sorted.map((item, i) => {
    const before = sorted[i - 1]
    if (before === undefined || value(before) !== value(item)) rank = i + 1
    return { ...item, rank }
  })
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
