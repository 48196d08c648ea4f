import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { readConfig } from '../../src/config.js'

const read = (env: Readonly<Record<string, string>>) => readConfig(env, '/nowhere')

it.each(['SLACK_API_URL', 'DISCORD_API_URL'])(
  'a password in the address of %s is refused, and not repeated',
  (name) => {
    for (const address of [
      'https://u:hunter2@proxy.example/',
      'http://hunter2@proxy.example',
      'https://:hunter2@h/api',
      'https:/u:hunter2@h/',
      'http:\\\\u:hunter2@h/',
    ]) {
      const refused = () => read({ [name]: address })
      expect(refused, address).toThrow(new RegExp(`^${name} should be an `))
      expect(refused).not.toThrow(/hunter2/)
    }
    for (const address of [
      'https://proxy.example/api/',
      'http://127.0.0.1:9/a@b',
      'https://h/?q=a@b',
      'https://h#a@b',
    ])
      expect(read({ [name]: address })).toMatchObject({ [name]: address })
  },
)

it('a short secret of the state is refused, and not repeated', () => {
  expect(() => read({ SLACK_STATE_SECRET: 'fifteen-letters' })).toThrow(
    /^SLACK_STATE_SECRET should have at least 16 characters$/,
  )
  expect(read({ SLACK_STATE_SECRET: 'sixteen-letters-' }).SLACK_STATE_SECRET).toBe('sixteen-letters-')
})

it.each([
  ['U012ABCDEF', ['U012ABCDEF']],
  [' U012ABCDEF, W034GHIJKL ', ['U012ABCDEF', 'W034GHIJKL']],
  ['', []],
])('SLACK_ADMINS %j names users', (list, ids) => {
  expect(read({ SLACK_ADMINS: list }).SLACK_ADMINS).toEqual(ids)
})

it.each(['@ada', 'ada@example.org', 'U012ABCDEF W034GHIJKL', 'U012ABCDEF,', 'T012ABCDEF'])(
  'SLACK_ADMINS %j is refused',
  (list) => {
    expect(() => read({ SLACK_ADMINS: list })).toThrow(/^SLACK_ADMINS should be user ids of Slack/)
  },
)

describe('a .env file', () => {
  const written = (bytes: Uint8Array | string) => {
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'cohort-env-')), '.env')
    writeFileSync(file, bytes)
    return file
  }
  const LINES = 'PORT=4321\r\nCONTENT_DIR="/käse"\r\n'
  const swapped = (text: string) => Buffer.from(text, 'utf16le').swap16()

  it.each([
    ['UTF-8', Buffer.from(LINES)],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${LINES}`)],
    ['UTF-16 as PowerShell writes it', Buffer.from(`\ufeff${LINES}`, 'utf16le')],
    ['UTF-16 the other way round', swapped(`\ufeff${LINES}`)],
  ])('in %s is read', (_encoding, bytes) => {
    expect(readConfig({}, written(bytes))).toMatchObject({ PORT: 4321, CONTENT_DIR: '/käse' })
  })

  it.each([
    ['UTF-16 without a mark', Buffer.from(LINES, 'utf16le')],
    [
      'UTF-32',
      Buffer.concat(
        [...`\ufeff${LINES}`].map((one) => Buffer.from(Uint32Array.of(one.codePointAt(0) ?? 0).buffer)),
      ),
    ],
    ['Latin-1', Buffer.from(LINES, 'latin1')],
    ['no text at all', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0, 0, 1])],
    ['UTF-16 that ends halfway', Buffer.from(`\ufeff${LINES}`, 'utf16le').subarray(0, 21)],
  ])('in %s is refused, with what to do', (_encoding, bytes) => {
    expect(() => readConfig({}, written(bytes))).toThrow(
      /\.env cannot be read: it is not text in UTF-8; save it as UTF-8$/,
    )
  })
})
