// @module-tag longer
/**
 * Whatever stands in the environment or in `.env`: it is a configuration, or it is refused naming each
 * variable.
 */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readConfig } from '../../src/config.js'
import { UserError } from '../../src/core/errors.js'
import { slackMode } from '../../src/platforms/slack/mode.js'
import { holds, madeOf, PATIENCE_MS, text, within } from './fuzz.js'

const NAMES = [
  ...[
    'DATABASE_URL',
    'COHORT_DATA_DIR',
    'PORT',
    'HOST',
    'CONTENT_DIR',
    'SLACK_BOT_TOKEN',
    'SLACK_APP_TOKEN',
    'SLACK_SIGNING_SECRET',
  ],
  ...[
    'SLACK_CLIENT_ID',
    'SLACK_CLIENT_SECRET',
    'SLACK_STATE_SECRET',
    'SLACK_API_URL',
    'DISCORD_TOKEN',
    'DISCORD_API_URL',
    'COHORT_SECRET_KEY',
    'COHORT_KEEP_DAYS',
    'LOG_LEVEL',
  ],
] as const
const value = fc.oneof(
  text,
  fc.constantFrom(
    '3000',
    '65536',
    '0',
    'info',
    'loud',
    'xoxb-1',
    'xapp-1',
    'postgresql://u:hunter2@h:5432/d',
    'postgres://',
    'https://a.b/',
    'x'.repeat(32),
    'a,b',
    'http://u:hunter2@h/',
    'https://hunter2@h',
  ),
)
const file = path.join(mkdtempSync(path.join(tmpdir(), 'cohort-env-')), '.env')

/** From the first letter on, and with a blank behind the name. */
const NAMED = new RegExp(`^(${NAMES.join('|')}) `)

const isUnreadable = (line: string) => line.startsWith(`${file} cannot be read`)

/** Each line of a refusal begins with a variable, and none tells what a secret was. */
function read(env: Readonly<Record<string, string>>, from: string): void {
  try {
    const config = within(1000, () => readConfig(env, from))
    expect(config.PORT >= 0 && config.PORT <= 65535).toBe(true)
    expect(config.HOST).toMatch(/^\S+$/)
    slackMode(config)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    for (const line of error.message.split('\n'))
      expect(line).toMatch(isUnreadable(line) ? 'save it as UTF-8' : NAMED)
    expect(error.message).not.toContain('hunter2')
  }
}

it(
  'made-up variables',
  () => holds(fc.property(fc.dictionary(fc.constantFrom(...NAMES), value), (env) => read(env, '/nowhere'))),
  PATIENCE_MS,
)

it(
  'made-up files',
  () =>
    holds(
      fc.property(
        madeOf([...NAMES, '=', '\n', '"', "'", '#', ' ', '$A', '\\n', 'export ', '3000']),
        (body) => {
          writeFileSync(file, body)
          read({}, file)
        },
      ),
      // A tenth: each writes a file.
      0.1,
    ),
  PATIENCE_MS,
)
