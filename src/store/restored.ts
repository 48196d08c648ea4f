/** Adjusts a database that was restored from a backup. */
import type { Pool } from 'pg'

/** More numbers than are ever assigned between a backup and its restore; numbers have 31 bits. */
const SKIPPED = 1_000_000

/**
 * Messages of rounds that were posted since the backup are still in the channels under their numbers, and so
 * are the marks of what was posted for teams. These numbers are not used again, since otherwise an old button
 * would answer another question.
 */
export async function skipNumbers(pool: Pool): Promise<void> {
  for (const table of ['team', 'round']) {
    const sql = `select setval(pg_get_serial_sequence('${table}', 'id'), nextval(pg_get_serial_sequence('${table}', 'id')) + $1::int)`
    await pool.query(sql, [SKIPPED])
  }
}
