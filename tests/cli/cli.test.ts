import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { cohort, cohortProcess } from '../helpers/cohort.js'

const folder = mkdtempSync(path.join(tmpdir(), 'cohort-cli-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('usage', () => {
  it.each([
    [['nonsense']],
    [[]],
    [['start', '--nope']],
    [['explain']],
    [['content']],
    [['content', 'frobnicate']],
    [['questions', '--topic']],
    [['bench', '--only', 'everything']],
  ])('%j exits 2 with one line and a hint', async (args) => {
    const { code, out, err } = await cohort(args)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err.trim().split('\n')).toHaveLength(1)
    expect(err).toContain('--help')
  })

  it('exits so as a process of its own, too', () => {
    expect(cohortProcess(['nonsense'])).toEqual({
      code: 2,
      out: '',
      err: expect.stringMatching(/^cohort: .*--help.*\n$/),
    })
  })

  it('--help names every command and exits 0', async () => {
    const { code, out } = await cohort(['--help'])
    expect(code).toBe(0)
    for (const name of ['start', 'migrate', 'explain', 'content', 'questions', 'reports', 'bench'])
      expect(out).toContain(name)
  })
})

describe('environment', () => {
  it.each([
    ['PORT', '70000'],
    ['PORT', 'web'],
    ['PORT', '-1'],
    ['DATABASE_URL', 'mysql://x/y'],
    ['DATABASE_URL', '<script>'],
    ['LOG_LEVEL', 'loud'],
    ['HOST', '0.0.0.0'],
    ['HOST', 'not a host'],
    ['SLACK_BOT_TOKEN', 'nope'],
    ['SLACK_API_URL', 'ftp://x'],
    ['DISCORD_API_URL', 'x'],
    ['COHORT_SECRET_KEY', 'short'],
    ['CONTENT_DIR', '/nowhere/at/all'],
  ])('start stops with one line for %s=%s', async (name, value) => {
    const { code, out, err } = await cohort(['start'], { [name]: value })
    expect(code).toBe(1)
    expect(out).toBe('')
    expect(err.trim().split('\n')).toHaveLength(1)
    expect(err).toContain(name)
    expect(err).not.toContain('    at ')
  })

  it('is filled in from the .env file of the folder, from where relative paths are taken', async () => {
    writeFileSync(path.join(folder, '.env'), 'CONTENT_DIR=packs-of-env\nPORT=web\n')
    cpSync('tests/fixtures/content', path.join(folder, 'packs-of-env'), { recursive: true })
    expect((await cohort(['content', 'list'], {}, { folder, env: {} })).err).toContain('PORT should be')
    expect(await cohort(['content', 'list'], {}, { folder, env: { PORT: '1' } })).toMatchObject({
      code: 0,
      out: expect.stringContaining('apple\t'),
    })
  })

  it('lists everything that is wrong at once', async () => {
    const { err } = await cohort(['start'], { PORT: 'x', LOG_LEVEL: 'x' })
    expect(err.trim().split('\n')).toHaveLength(2)
  })

  it('says that a database does not answer, without its password', async () => {
    const { code, err } = await cohort(['migrate'], {
      DATABASE_URL: 'postgresql://someone:hunter2@127.0.0.1:1/none',
    })
    expect(code).toBe(1)
    expect(err).toContain('DATABASE_URL')
    expect(err).not.toContain('hunter2')
  })
})

describe('explain', () => {
  it('gives a topic as text and as JSON', async () => {
    expect(await cohort(['explain', 'pomme'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('A round fruit that keeps through the winter.'),
    })
    const found = JSON.parse((await cohort(['explain', 'apple', 'vs', 'pear', '--json'])).out)
    expect(found).toMatchObject({ query: 'apple vs pear', match: 'compare' })
    expect(found.topics.map((t: { slug: string }) => t.slug)).toEqual(['apple', 'pear'])
    expect(found.topics[0]).toEqual({ slug: 'apple', title: 'Apple', score: expect.any(Number) })
  })

  it('exits 1 when nothing covers it', async () => {
    expect((await cohort(['explain', 'submarine', '--json'])).code).toBe(1)
  })

  it('reads a query a line and answers in order', () => {
    const { code, out } = cohortProcess(
      ['explain', '--stdin', '--json'],
      {},
      "plum\n\n'; drop table\npears\r\n",
    )
    expect(code).toBe(0)
    const lines = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines.map((l) => l.query)).toEqual(['plum', '', "'; drop table", 'pears'])
    expect(lines.map((l) => l.match)).toEqual(['topic', 'none', 'none', 'topic'])
  })
})

describe('content and questions', () => {
  it('counts what is there', async () => {
    const { code, out } = await cohort(['content', 'check', '--json'])
    expect(code).toBe(0)
    expect(JSON.parse(out)).toEqual({
      topics: 3,
      questions: 7,
      byKind: { choice: 2, response: 1, ordering: 1, matching: 1, case: 1, template: 1 },
      problems: [],
      advice: [],
    })
  })

  it('gives advice on what could be better, which fails no check and stops no start', async () => {
    const { QUESTIONS, folder } = await import('../content/folder.js')
    const content = folder({
      'p/one/canary.questions.yaml': QUESTIONS.replace('text: nothing', 'text: nothing ever'),
    })
    const advice = {
      file: 'p/one/canary.questions.yaml',
      line: 1,
      message: expect.stringMatching(/^"nothing" stands/),
    }
    const { code, out } = await cohort(['content', 'check', '--json'], { CONTENT_DIR: content })
    expect([code, JSON.parse(out)]).toEqual([0, expect.objectContaining({ problems: [], advice: [advice] })])
    const told = await cohort(['content', 'check'], { CONTENT_DIR: content })
    expect(told.out).toMatch(/^p\/one\/canary\.questions\.yaml:1: advice: "nothing" stands/)
    expect(told.out).toContain('1 topics, 1 questions, 0 problems, 1 piece of advice')
    expect((await cohort(['questions'], { CONTENT_DIR: content })).code).toBe(0)
  })

  it('names file and line of what is wrong, and exits 1', async () => {
    const bad = path.join(folder, 'bad')
    cpSync('tests/fixtures/content', bad, { recursive: true })
    writeFileSync(path.join(bad, 'orchard/01-fruit/plum.questions.yaml'), '- id: x\n  kind: riddle\n')
    const { code, out } = await cohort(['content', 'check'], { CONTENT_DIR: bad })
    expect(code).toBe(1)
    expect(out).toMatch(/plum\.questions\.yaml:\d+: /)
    // It is told first, whatever else is wrong.
    const away = 'postgresql://nobody@127.0.0.1:1/none'
    const started = await cohort(['start'], { CONTENT_DIR: bad, DATABASE_URL: away })
    expect(started.code).toBe(1)
    expect(started.err).toMatch(/^cohort: the content under .* has problems/)
    expect(started.err).not.toContain('DATABASE_URL')
  })

  it('lists topics with their Markdown', async () => {
    const list = JSON.parse((await cohort(['content', 'list', '--json'])).out)
    expect(list.map((t: { slug: string }) => t.slug).sort()).toEqual(['apple', 'pear', 'plum'])
    expect(list[0]).toEqual({
      pack: 'orchard',
      slug: expect.any(String),
      title: expect.any(String),
      aliases: expect.any(Array),
      related: expect.any(Array),
      text: expect.stringContaining('## Exam tips'),
    })
  })

  it('lists the bank with keys and rationales, also of one topic', async () => {
    const all = JSON.parse((await cohort(['questions', '--json'])).out)
    expect(all).toHaveLength(7)
    const apple = JSON.parse((await cohort(['questions', '--json', '--topic', 'apple'])).out)
    expect(apple).toHaveLength(3)
    expect(apple[0].choices.filter((c: { right: boolean }) => c.right)).toHaveLength(1)
    const { code, err } = await cohort(['questions', '--topic', 'nope'])
    expect(code).toBe(1)
    expect(err).toContain('nope')
  })
})

describe('two packs with the same names and ids', () => {
  const content = path.join(folder, 'two')
  const two = { CONTENT_DIR: content }
  const inOther = (...args: string[]) => cohort([...args, '--pack', 'meadow'], two)
  beforeAll(() => {
    for (const id of ['orchard', 'meadow'])
      cpSync('tests/fixtures/content/orchard', path.join(content, id), { recursive: true })
    const change = (file: string, from: string, to: string) => {
      const before = readFileSync(path.join(content, 'meadow', file), 'utf8')
      writeFileSync(path.join(content, 'meadow', file), before.replace(from, to))
    }
    // Without an exam, and after the other, whose name comes later.
    change('pack.yaml', 'exam: OK-1\ndomains:\n  - { number: 1, title: Fruit, weight: 100 }', 'order: 2')
    change('pack.yaml', 'Orchard Keeper', 'Meadow')
    change('01-fruit/apple.md', 'A round fruit that keeps', 'A fallen fruit that rots')
    for (const name of ['apple', 'pear', 'plum']) {
      const file = path.join(content, 'meadow/01-fruit', `${name}.questions.yaml`)
      writeFileSync(file, readFileSync(file, 'utf8').replace(/ {2}(domain|task): .*\n/g, ''))
    }
  })

  it('are checked and counted together', { tags: ['slow'] }, async () => {
    const { code, out } = await cohort(['content', 'check', '--json'], two)
    expect([code, JSON.parse(out)]).toMatchObject([0, { topics: 6, questions: 14, problems: [] }])
    expect((await cohort(['content', 'check'], two)).out).toMatch(/^orchard: .*\nmeadow: /)
  })

  it('answer apart: the first, or the one that is named, and each answer says which', {
    tags: ['slow'],
  }, async () => {
    const first = await cohort(['explain', 'pomme'], two)
    expect(first.out).toMatch(/^Pack: orchard \(Orchard Keeper\)\nApple\n/)
    expect(first.out).toContain('A round fruit that keeps')
    expect(first.out).toContain('Also in Meadow: Apple.')
    const other = await inOther('explain', 'pomme', '--json')
    expect(JSON.parse(other.out)).toMatchObject({
      pack: 'meadow',
      match: 'topic',
      topics: [{ slug: 'apple' }],
    })
    expect(JSON.parse(other.out).text).toContain('A fallen fruit that rots')
    expect((await inOther('content', 'list')).out).toMatch(/^Pack: meadow \(Meadow\)\napple\tApple\n/)
    const questions = JSON.parse((await inOther('questions', '--json', '--topic', 'apple')).out)
    const own = JSON.parse((await cohort(['questions', '--json', '--topic', 'apple'], two)).out)
    expect(questions.map((q: { id: string }) => q.id)).toEqual(own.map((q: { id: string }) => q.id))
    expect([questions[0], own[0]]).toMatchObject([
      { pack: 'meadow', section: '01-fruit', line: 1, sources: expect.any(Object) },
      { pack: 'orchard', domain: 1 },
    ])
    expect(questions[0].domain).toBeUndefined()
    expect((await cohort(['questions'], two)).out).toMatch(/^Pack: orchard /)
  })

  it('refuses a pack that there is not, naming those there are', async () => {
    for (const args of [['explain', 'apple'], ['questions'], ['content', 'list']])
      expect(await cohort([...args, '--pack', 'barn'], two)).toMatchObject({
        ...{ code: 1, out: '' },
        err: 'cohort: there is no pack "barn"; there is orchard, meadow\n',
      })
  })
})

const short = (max: number) => z.string().min(1).max(max)
const web = z.string().regex(/^https?:\/\//)
const urls = { url: web.max(3000).optional() }
/**
 * The limits of Slack's published schema of manifests, version 1, for the parts that Cohort uses; a part that
 * is not here is one too many.
 */
const SLACK_MANIFEST = z.strictObject({
  _metadata: z.strictObject({ major_version: z.literal(1), minor_version: z.int() }),
  display_information: z.strictObject({
    name: short(35),
    description: short(140),
    background_color: z.string().regex(/^#[0-9a-fA-F]{6}$/),
  }),
  features: z.strictObject({
    app_home: z.strictObject({
      home_tab_enabled: z.boolean(),
      messages_tab_enabled: z.boolean(),
      messages_tab_read_only_enabled: z.boolean(),
    }),
    bot_user: z.strictObject({ display_name: short(80), always_online: z.boolean() }),
    shortcuts: z
      .array(
        z.strictObject({
          name: short(24),
          type: z.enum(['message', 'global']),
          callback_id: short(255),
          description: short(150),
        }),
      )
      .min(1)
      .max(10),
    slash_commands: z
      .array(
        z.strictObject({
          command: z.string().regex(/^\/.{1,31}$/),
          description: short(2000),
          usage_hint: short(1000).optional(),
          should_escape: z.boolean(),
          ...urls,
        }),
      )
      .max(50),
  }),
  oauth_config: z.strictObject({
    redirect_urls: z.array(z.string().max(2500)).optional(),
    scopes: z.strictObject({ bot: z.array(short(50)).max(255) }),
  }),
  settings: z.strictObject({
    event_subscriptions: z.strictObject({
      request_url: web.max(3500).optional(),
      bot_events: z.array(short(50)).max(100),
    }),
    interactivity: z.strictObject({
      is_enabled: z.boolean(),
      request_url: web.max(3500).optional(),
      message_menu_options_url: web.max(3500).optional(),
    }),
    org_deploy_enabled: z.boolean(),
    socket_mode_enabled: z.boolean(),
    token_rotation_enabled: z.boolean(),
  }),
})

describe('slack manifest', () => {
  const read = async (args: readonly string[]) =>
    JSON.parse((await cohort(['slack', 'manifest', ...args])).out)

  it('declares each command once, and needs no address in Socket Mode', async () => {
    const { features, settings, oauth_config } = await read([])
    expect(features.slash_commands.map((c: { command: string }) => c.command)).toEqual([
      '/explain',
      '/quiz',
      '/exam',
      '/leaderboard',
      '/stats',
      '/study',
      '/team',
      '/cohort',
    ])
    expect(settings).toMatchObject({ socket_mode_enabled: true, interactivity: { is_enabled: true } })
    expect(oauth_config.scopes.bot).toContain('chat:write')
  })

  it('asks for what the release needs, and for nothing that cannot be undone', async () => {
    const { features, settings, oauth_config } = await read([])
    for (const scope of ['app_mentions:read', 'channels:read', 'files:read', 'groups:read', 'im:history'])
      expect(oauth_config.scopes.bot).toContain(scope)
    for (const event of [
      'app_mention',
      'message.im',
      'channel_deleted',
      'group_deleted',
      'member_left_channel',
    ])
      expect(settings.event_subscriptions.bot_events).toContain(event)
    expect(features.shortcuts).toMatchObject([
      { name: 'Explain this', type: 'message' },
      { name: 'Make a question of this', type: 'message' },
    ])
    expect(features.app_home).toMatchObject({
      messages_tab_enabled: true,
      messages_tab_read_only_enabled: false,
    })
    expect(settings).toMatchObject({ org_deploy_enabled: true, token_rotation_enabled: false })
  })

  it.each([[[]], [['--url', 'https://bot.example.org']]])('is within what Slack takes, %j', async (args) => {
    expect(SLACK_MANIFEST.safeParse(await read(args)).error).toBeUndefined()
  })

  it('is the one in docs/, for those who only read', async () => {
    expect(JSON.parse(readFileSync('docs/slack-manifest.json', 'utf8'))).toEqual(await read([]))
  })

  it('sends everything to one address over HTTP', async () => {
    const { features, settings } = await read(['--url', 'https://bot.example.org/'])
    const url = 'https://bot.example.org/slack/events'
    expect(settings).toMatchObject({
      socket_mode_enabled: false,
      event_subscriptions: { request_url: url },
      interactivity: { request_url: url },
    })
    expect(features.slash_commands.every((c: { url: string }) => c.url === url)).toBe(true)
    expect(await cohort(['slack', 'manifest', '--url', 'http://bot.example.org'])).toMatchObject({
      code: 1,
      out: '',
    })
  })
})

describe('discord invite', () => {
  const TOKEN = `${Buffer.from('900000000000000001').toString('base64url')}.x.y`

  it('asks for the fewest scopes and permissions, for the application of the token or the one that is named', {
    tags: ['slow'],
  }, async () => {
    for (const run of [
      await cohort(['discord', 'invite'], { DISCORD_TOKEN: TOKEN }),
      await cohort(['discord', 'invite', '--application', '900000000000000001']),
    ]) {
      const link = new URL(run.out.trim())
      expect([link.origin, link.pathname]).toEqual(['https://discord.com', '/oauth2/authorize'])
      expect(Object.fromEntries(link.searchParams)).toEqual({
        client_id: '900000000000000001',
        // View Channel, Send Messages, Attach Files, Read Message History, Mention Everyone, Create Public
        // Threads, Send Messages in Threads.
        permissions: String(2 ** 10 + 2 ** 11 + 2 ** 15 + 2 ** 16 + 2 ** 17 + 2 ** 35 + 2 ** 38),
        scope: 'bot applications.commands',
      })
    }
  })

  it('says in one line what is missing', { tags: ['slow'] }, async () => {
    expect(await cohort(['discord', 'invite'])).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringContaining('DISCORD_TOKEN is not set'),
    })
    expect((await cohort(['discord', 'invite'], { DISCORD_TOKEN: 'nonsense' })).err).toContain(
      'does not look like a bot token',
    )
  })
})

describe('content import', () => {
  const file = (name: string, text: string | Buffer) => {
    writeFileSync(path.join(folder, name), text)
    return path.join(folder, name)
  }
  const good =
    '# Section 9: Operations\n\n## Core\n\n### Amazon-ECS\n**Purpose:** Run containers.\n\n**Related:** Nowhere\n\n### AWS-CDK\nText.\n'

  it('writes a topic a file, and says what it could not resolve', { tags: ['slow'] }, async () => {
    const [note, out] = [file('09-ops.md', good), path.join(folder, 'ops')]
    const run = await cohort(['content', 'import', note, '--out', out])
    expect(run).toMatchObject({ code: 0, err: '' })
    expect(run.out).toContain(
      `${note}:8: "Nowhere" is the name of no topic that is known here\n2 topics, 0 tables, 0 links, 1 warning\n`,
    )
    expect(readdirSync(out).sort()).toEqual(['amazon-ecs.md', 'aws-cdk.md'])
  })

  it('gives the notes as JSON, also without writing', async () => {
    const { code, out } = await cohort(['content', 'import', file('09-json.md', good), '--json'])
    const { section, topics, warnings } = JSON.parse(out)
    expect({ code, section, warnings: warnings.length }).toEqual({
      code: 0,
      section: { number: 9, title: 'Operations' },
      warnings: 1,
    })
    expect(Object.keys(topics[0])).toEqual(
      'slug title line level purpose aliases text links bareRelated embeds tables codeBlocks'.split(' '),
    )
  })

  it('resolves names by the other sections of the pack that it writes to', async () => {
    const pack = path.join(folder, 'packs', 'p')
    mkdirSync(path.join(pack, 'one'), { recursive: true })
    writeFileSync(
      path.join(pack, 'pack.yaml'),
      'title: T\nmakers: [AWS]\nexam: E\ndomains: [{ number: 1, title: D, weight: 1 }]\nsections: [{ id: one, number: 1, title: One }, { id: two, number: 2, title: Two }]\n',
    )
    writeFileSync(
      path.join(pack, 'one', 'nowhere.md'),
      '---\ntitle: AWS Nowhere\nsummary: S.\nsources: { notes: [], aws: [], checked: 2026-11-20 }\n---\nText.\n',
    )
    const { code, out } = await cohort([
      'content',
      'import',
      file('2-two.md', good),
      '--out',
      path.join(pack, 'two'),
    ])
    expect(code).toBe(0)
    expect(out).toContain('0 warnings')
    expect(await cohort(['content', 'check'], { CONTENT_DIR: path.dirname(pack) })).toMatchObject({ code: 0 })
  })

  it.each([
    ['a file that is missing', () => path.join(folder, 'none.md'), ':1: there is no such file'],
    ['a folder', () => folder, ':1: is no file'],
    ['an empty file', () => file('empty.md', ''), ':1: is empty'],
    [
      'no text',
      () => file('binary.md', Buffer.from([0xff, 0xfe, 0x41])),
      ':1: is not UTF-8 text; save it as UTF-8',
    ],
    ['a NUL character', () => file('nul.md', 'a\nb\0'), ':2: holds a NUL character; is it a text file?'],
    [
      'no topics',
      () => file('plain.md', '# Notes\n\nText.'),
      ':1: holds no topic: a heading of level 3 (###) in a group of level 2 (##)',
    ],
    [
      'far too much',
      () => file('huge.md', 'a'.repeat(1_000_001)),
      ':1: has 1000001 bytes; at most 1000000 are read',
    ],
    [
      'too many questions',
      () => file('huge.csv', 'a'.repeat(5_000_001)),
      ':1: has 5000001 bytes; at most 5000000 are read, so split it up',
    ],
  ])('refuses %s with file, line and reason, and writes nothing', async (_, make, reason) => {
    const [name, out] = [make(), path.join(folder, 'refused')]
    const run = await cohort(['content', 'import', name, '--out', out])
    expect(run).toMatchObject({ code: 1, out: '' })
    expect(run.err).toContain(`${name}${reason}`)
    expect(existsSync(out)).toBe(false)
  })

  it('reads a megabyte of notes with little memory', { tags: ['slow'] }, () => {
    const topic = (i: number) =>
      `### Topic ${i}\n\n**Purpose:** To tell what number ${i} is for.\n\n${'A *canary* sends a part of the traffic to the [[Topic 1|new model]] first.\n\n'.repeat(12)}- **First:** words\n\n**Related:** [[Topic 2]]\n\n`
    const note = file(
      '09-long.md',
      `# Section 9: Long\n\n## Group\n\n${Array.from({ length: 950 }, (_, i) => topic(i)).join('')}`.slice(
        0,
        999_000,
      ),
    )
    // Read at once, it did not fit into this.
    const { code, out } = cohortProcess(['content', 'import', note, '--out', path.join(folder, 'long')], {
      NODE_OPTIONS: '--max-old-space-size=150',
    })
    expect([code, out.trim().split('\n').at(-2)]).toEqual([0, expect.stringMatching(/^9\d\d topics, /)])
  })

  it('overwrites nothing', async () => {
    const [note, out] = [file('09-again.md', good), path.join(folder, 'again')]
    mkdirSync(out)
    writeFileSync(path.join(out, 'aws-cdk.md'), 'mine')
    const { code, err } = await cohort(['content', 'import', note, '--out', out])
    expect(code).toBe(1)
    expect(err).toContain('has aws-cdk.md already; choose another folder, or remove them first')
    expect(readdirSync(out)).toEqual(['aws-cdk.md'])
    expect(readFileSync(path.join(out, 'aws-cdk.md'), 'utf8')).toBe('mine')
  })

  it('asks for a folder', async () => {
    expect(await cohort(['content', 'import', file('09-out.md', good)])).toMatchObject({ code: 2, out: '' })
  })
})
