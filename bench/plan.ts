/** Measures the next question of the plan, for a person with five answers and one with fifty thousand. */
import type { Bank } from '../src/content/bank.js'
import { createStore } from '../src/store/store.js'
import { botOn } from './answer.js'
import { type Line, ms, round, spread, times } from './measure.js'
import type { Scratch } from './scratch.js'

const HISTORIES = [5, 50_000]
const ASKS = 300
const PLACE = { platform: 'bench', workspace: 'plan' }

export async function benchPlan(scratch: Scratch, bank: Bank): Promise<Line[]> {
  const { database } = scratch
  const store = createStore(database)
  const app = botOn(scratch, bank)
  const lines: Line[] = []
  await database.pool.query('truncate workspace restart identity cascade')
  await database.pool.query("insert into workspace (platform, external) values ('bench', 'plan')")
  for (const count of HISTORIES) {
    const user = `user${count}`
    const caller = { ...PLACE, channel: '', user, name: 'Member', isAdmin: async () => false }
    await fill(scratch, bank, user, count)
    const quiz = async () => {
      const reply = await app.run({ kind: 'command', caller, name: 'quiz', input: {} })
      if (reply.kind !== 'card' || !reply.card.title?.startsWith('Practice'))
        throw new Error(`no question came: ${JSON.stringify(reply).slice(0, 300)}`)
    }
    const first = spread(await times(1, quiz))
    const trip = spread(await times(ASKS, () => store.ping()))
    const next = spread(
      await times(ASKS, async (i) => {
        // The next question takes this additional answer into account.
        await answer(scratch, bank, user, i)
        await quiz()
      }),
    )
    const against = `select 1 on the same connection pool: ${ms(trip)}; ratio of medians ${(next.median / trip.median).toFixed(1)}; the first, which counts all answers in, ${round(first.median)} ms`
    const what = `answer and next question of the plan, ${count.toLocaleString('en-US')} answers before`
    lines.push({ what, figure: ms(next), against })
  }
  return lines
}

/** The answers are spread over a year and over all questions. */
async function fill({ database }: Scratch, bank: Bank, user: string, count: number): Promise<void> {
  const { pool } = database
  await pool.query(
    "insert into member (workspace_id, user_id, name) select id, $1, 'Member' from workspace",
    [user],
  )
  await pool.query(
    `insert into attempt (member_id, question, version, seed, item, answer, correct, points, at)
     select m.id, ($2::text[])[1 + i % $3::int], 'v', i::bigint, 0, 'A', i % 3 <> 0, 0, '2026-11-01T12:00Z'::timestamptz - ($4::int - i) * interval '10 minutes'
     from member m, generate_series(1, $4::int) i where m.user_id = $1`,
    [user, bank.questions.map((one) => one.id), bank.questions.length, count],
  )
  await pool.query('vacuum analyze attempt')
}

async function answer({ database }: Scratch, bank: Bank, user: string, i: number): Promise<void> {
  await database.pool.query(
    `insert into attempt (member_id, question, version, seed, item, answer, correct, points, at)
     select id, $2, 'v', $3::int, 0, 'A', true, 0, '2026-11-01T13:00Z'::timestamptz - $3::int * interval '1 second' from member where user_id = $1`,
    [user, bank.questions[i % bank.questions.length]?.id, -1 - i],
  )
}
