/**
 * The environment, read once. Everything that is wrong is said at once, each in one line that names the
 * variable.
 */
import { readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'
import * as z from 'zod'
import { UserError } from './core/errors.js'
import { type Io, pathIn } from './io.js'

const LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
const url = (protocols: RegExp, should: string) => z.url({ protocol: protocols, error: should })
/**
 * Base of a platform's API. Who calls it is told by a token; a name and a password in the address would stand
 * in logs and errors.
 */
const api = url(/^https?$/, 'should be an http(s) address').refine(
  (address) => !URL.canParse(address) || isBare(new URL(address)),
  {
    error: 'should be an address without a name and a password in it',
  },
)
const isBare = ({ username, password }: URL) => (username + password).length === 0
const word = (should: string) => z.string().regex(/^\S+$/, should)
const KEEP_DAYS = 'should be a whole number of days, 30 or more'

const schema = z.object({
  DATABASE_URL: url(
    /^postgres(ql)?$/,
    'should be a Postgres address such as postgresql://user@host:5432/name',
  ).optional(),
  COHORT_DATA_DIR: z.string().default('.cohort'),
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'should be a whole number from 0 to 65535')
    .transform(Number)
    .refine((n) => n <= 65535, 'should be a whole number from 0 to 65535')
    .default(3000),
  HOST: word('should be an address to listen on, such as 127.0.0.1').default('127.0.0.1'),
  CONTENT_DIR: z.string().default('content'),
  SLACK_BOT_TOKEN: z.string().startsWith('xoxb-', 'should start with xoxb-').optional(),
  SLACK_APP_TOKEN: z.string().startsWith('xapp-', 'should start with xapp-').optional(),
  SLACK_SIGNING_SECRET: word('should be the signing secret of the Slack app').optional(),
  SLACK_CLIENT_ID: word('should be the client id of the Slack app').optional(),
  SLACK_CLIENT_SECRET: word('should be the client secret of the Slack app').optional(),
  SLACK_STATE_SECRET: word('should be a secret of your own, without spaces')
    .min(16, 'should have at least 16 characters')
    .optional(),
  SLACK_ADMINS: z
    .string()
    .transform((list) => list.split(',').map((id) => id.trim()))
    .refine(
      (ids) => ids.every((id) => /^[UW][A-Z0-9]{2,}$/.test(id)),
      'should be user ids of Slack with commas between them, such as U012ABCDEF,W034GHIJKL',
    )
    .default([]),
  SLACK_API_URL: api.optional(),
  DISCORD_TOKEN: word('should be the bot token of the Discord application').optional(),
  DISCORD_API_URL: api.optional(),
  COHORT_SECRET_KEY: z
    .string()
    .refine(
      (keys) => keys.split(',').every((key) => key.trim().length >= 16),
      'should have at least 16 characters, or be "new,old" of such',
    )
    .optional(),
  COHORT_KEEP_DAYS: z
    .string()
    .regex(/^\d{1,5}$/, KEEP_DAYS)
    .transform(Number)
    .refine((n) => n >= 30, KEEP_DAYS)
    .default(400),
  LOG_LEVEL: z.enum(LEVELS, `should be one of ${LEVELS.join(', ')}`).default('info'),
})

export type Config = z.infer<typeof schema>

export const ENV_FILE = '.env'

/** Empty variables count as unset. The `.env` file fills in what the environment does not say. */
export function readConfig(env: Readonly<Record<string, string | undefined>>, file: string): Config {
  const values = Object.fromEntries(
    Object.entries({ ...readEnvFile(file), ...env }).filter(
      ([, value]) => value !== undefined && value !== '',
    ),
  )
  const result = schema.safeParse(values)
  if (result.success) return result.data
  throw new UserError(
    result.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('\n'),
  )
}

function readEnvFile(file: string): Record<string, string | undefined> {
  try {
    return parseEnv(textOf(readFileSync(file)))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {}
    throw new UserError(`${file} cannot be read: ${error instanceof Error ? error.message : error}`)
  }
}

/**
 * PowerShell's `>` writes UTF-16 with a mark at the start. Anything but that and UTF-8 would be read as no
 * variables at all.
 */
function textOf(bytes: Buffer): string {
  const [first, second] = bytes
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8'
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
    if (!text.includes('\0')) return text
  } catch {
    // Said below, in words.
  }
  throw new Error('it is not text in UTF-8; save it as UTF-8')
}

/** What the outside sets. Relative folders are taken from `io.folder`, where the `.env` file lies, too. */
export function configOf(io: Pick<Io, 'env' | 'folder'>): Config {
  const config = readConfig(io.env, pathIn(io, ENV_FILE))
  return {
    ...config,
    CONTENT_DIR: pathIn(io, config.CONTENT_DIR),
    COHORT_DATA_DIR: pathIn(io, config.COHORT_DATA_DIR),
  }
}
