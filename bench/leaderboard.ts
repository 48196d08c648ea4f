/** Measures the top ten with the asker's own rank, in teams of ten, a thousand and a million members. */
import { createStore } from '../src/store/store.js'
import { type Line, ms, spread, times } from './measure.js'
import type { Scratch } from './scratch.js'

const SIZES = [10, 1000, 1_000_000]
const PERIOD = '2026-11'
const ASKS = 200

export async function benchLeaderboard({ database }: Scratch): Promise<Line[]> {
  const store = createStore(database)
  const lines: Line[] = []
  await database.pool.query('truncate workspace restart identity cascade')
  for (const [index, size] of SIZES.entries()) {
    await fill(database.pool, index + 1, size)
    const query = (i: number) => ({
      team: index + 1,
      period: PERIOD,
      user: String((i * 7919) % size),
      limit: 10,
      offset: 0,
      now: performance.timeOrigin + performance.now(),
    })
    await times(20, (i) => store.board(query(i)))
    const trip = spread(await times(ASKS, () => store.ping()))
    const board = spread(await times(ASKS, (i) => store.board(query(i))))
    const against = `select 1 on the same connection pool: ${ms(trip)}; ratio of medians ${(board.median / trip.median).toFixed(1)}`
    lines.push({ what: `leaderboard, ${size.toLocaleString('en-US')} members`, figure: ms(board), against })
  }
  return lines
}

/** Inserts points like those of a season: about two hundred different totals. */
async function fill(pool: Scratch['database']['pool'], team: number, size: number): Promise<void> {
  await pool.query("insert into workspace (platform, external) values ('bench', $1)", [String(team)])
  await pool.query(
    `insert into team (workspace_id, channel, name, pack, zone, minute, days, open_hours, count, topics, admin)
     values ($1, 'c', 'Team', 'p', 'UTC', 540, '{1}', 24, 1, '{}', '0')`,
    [team],
  )
  await pool.query(
    'insert into member (workspace_id, user_id, name) select $1, i::text, $3 || i from generate_series(0, $2::int - 1) i',
    [team, size, 'Member '],
  )
  await pool.query(
    `insert into standing (team_id, period, member_id, points, answered, correct)
     select $1, $2, id, (hashint4(id) & 1023) / 5, 20, 10 from member where workspace_id = $1`,
    [team, PERIOD],
  )
  await pool.query('vacuum analyze standing')
  await pool.query('vacuum analyze member')
}
