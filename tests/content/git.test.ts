// @module-tag slow
/** Repositories of others, read from a server that answers whatever it likes. */
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { gitSource } from '../../src/content/git.js'
import { gitAddress } from '../../src/content/git-address.js'
import { GIT_LIMITS } from '../../src/content/git-run.js'
import type { Source } from '../../src/content/source.js'
import { type GitServer, startGitServer } from '../helpers/git-server.js'

let server: GitServer
beforeAll(async () => {
  server = await startGitServer()
})
afterAll(() => server.stop())

const left = () => readdirSync(tmpdir()).filter((name) => name.startsWith('cohort-git-'))

async function texts(source: Source): Promise<Record<string, string>> {
  const all: Record<string, string> = {}
  for await (const { path: file, bytes } of source.files()) all[file] = Buffer.from(bytes).toString('utf8')
  return all
}

/** What is read, and what is left out. */
async function read(name: string, ref?: string, env = server.env) {
  const source = await gitSource({ url: server.address(name), ref }, env)
  try {
    const found = await texts(source)
    return { found, leftOut: source.leftOut, commit: source.commit, name: source.name }
  } finally {
    await source.close()
  }
}

const refused = async (name: string, ref?: string, limits = GIT_LIMITS, env = server.env) =>
  gitSource({ url: server.address(name), ref }, env, limits).then(
    () => 'nothing',
    (error: Error) => error.message,
  )

describe('a repository', () => {
  let [first, second]: string[] = []
  beforeAll(() => {
    first = server.commit('notes.git', [{ name: 'a.md', holds: 'one' }])
    second = server.commit('notes.git', [
      { name: 'a.md', holds: 'two' },
      { name: 'deep', holds: [{ name: 'b.md', holds: 'ä\0ö' }] },
    ])
    server.git('notes.git', 'tag', 'v1', first ?? '')
  })

  it('is read at its default, a branch, a tag or a whole commit, and says which commit that was', async () => {
    const newest = { 'a.md': 'two', 'deep/b.md': 'ä\0ö' }
    expect(await read('notes.git')).toEqual({ found: newest, leftOut: [], commit: second, name: 'notes' })
    expect(await read('notes.git', 'main')).toMatchObject({ found: newest, commit: second })
    expect(await read('notes.git', 'v1')).toMatchObject({ found: { 'a.md': 'one' }, commit: first })
    expect(await read('notes.git', first)).toMatchObject({ found: { 'a.md': 'one' }, commit: first })
  })

  it('gives only the files that are wanted, as often as they are asked for', async () => {
    const source = await gitSource({ url: server.address('notes.git'), ref: undefined }, server.env)
    const names: string[] = []
    for (let times = 0; times < 2; times++)
      for await (const file of source.files((name) => name.startsWith('deep/'))) names.push(file.path)
    expect(names).toEqual(['deep/b.md', 'deep/b.md'])
    for await (const file of source.files()) if (file.path === 'a.md') break
    await source.close()
    expect(left()).toEqual([])
  })

  it('that is not there, has no such branch or asks for a password is told so, and leaves nothing behind', async () => {
    expect(await refused('nowhere.git')).toMatch(/nowhere\.git#HEAD cannot be read: .*not found/)
    expect(await refused('notes.git', 'no-such')).toContain('it has no such branch, tag or commit')
    expect(await refused('notes.git', '0'.repeat(40))).toContain('it has no such branch, tag or commit')
    server.answers.set('locked.git', (_request, response) => {
      response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="x"' }).end()
    })
    expect(await refused('locked.git')).toContain('only public repositories are read')
    expect(left()).toEqual([])
  })
})

describe('a hostile repository', () => {
  it('leads nowhere by links, submodules, odd names and modes, and its own files are still read', async () => {
    server.commit('odd.git', [
      { name: '-x.md', holds: 'a name like an option' },
      { name: '..', holds: [{ name: 'up.md', holds: 'up' }] },
      { name: '.git', holds: [{ name: 'config', holds: '[core] hooksPath = .' }] },
      { name: 'a\\b.md', holds: 'windows' },
      { name: 'c:d.md', holds: 'drive' },
      { name: 'good.md', holds: 'good' },
      { name: 'link.md', mode: '120000', holds: '/etc/passwd' },
      { name: 'other', mode: '160000', holds: '', id: '1'.repeat(40) },
      { name: 'run.sh', mode: '100755', holds: 'touch ran' },
    ])
    const { found, leftOut } = await read('odd.git')
    expect(found).toEqual({ '-x.md': 'a name like an option', 'good.md': 'good', 'run.sh': 'touch ran' })
    expect(Object.fromEntries(leftOut.map((one) => [one.path, one.message]))).toEqual({
      'a\\b.md': expect.stringContaining('has a name that leads out'),
      'c:d.md': expect.stringContaining('has a name that leads out'),
      'link.md': expect.stringContaining('is a link'),
      other: expect.stringContaining('is another repository'),
      '../up.md': expect.stringContaining('has a name that leads out'),
    })
  })

  it('runs no hook, filter or helper, neither its own nor one that this machine has set', async () => {
    const home = mkdtempSync(path.join(tmpdir(), 'cohort-home-'))
    const ran = path.join(home, 'ran')
    const run = `touch ${ran}; cat`
    const config = `[core]\n hooksPath = ${home}\n fsmonitor = "${run}"\n[filter "x"]\n smudge = "${run}"\n required = true
[credential]\n helper = "!${run}"\n[init]\n templateDir = ${home}\n[url "file:///"]\n insteadOf = https://\n`
    writeFileSync(path.join(home, '.gitconfig'), config)
    writeFileSync(path.join(home, 'post-checkout'), `#!/bin/sh\n${run}`, { mode: 0o755 })
    writeFileSync(path.join(home, 'reference-transaction'), `#!/bin/sh\n${run}`, { mode: 0o755 })
    server.commit('filter.git', [
      { name: '.gitattributes', holds: '*.md filter=x ident' },
      { name: '.gitmodules', holds: '[submodule "x"]\n path = x\n url = ext::sh -c touch% ran' },
      { name: '.lfsconfig', holds: '[lfs]\n url = https://127.0.0.1:1/' },
      { name: 'a.md', holds: 'as it is $Id$' },
      { name: 'big.md', holds: 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n' },
    ])
    const env = { ...server.env, HOME: home, GIT_DIR: home, GIT_CONFIG_PARAMETERS: "'core.pager=x'" }
    const { found, leftOut } = await read('filter.git', undefined, env)
    expect(found).toEqual({ 'a.md': 'as it is $Id$' })
    expect(leftOut).toEqual([{ path: 'big.md', message: 'is kept by Git LFS, which is not fetched' }])
    expect(existsSync(ran)).toBe(false)
    rmSync(home, { recursive: true })
  })

  it('that is too large is given up while it comes, and so is a file that is', async () => {
    const noise = Buffer.from(Array.from({ length: 3_000_000 }, (_, i) => (i * i * 31 + (i >> 7)) & 255))
    server.commit('huge.git', [
      { name: 'a.md', holds: 'a' },
      { name: 'b.md', holds: Buffer.concat([noise, noise]) },
    ])
    expect(await refused('huge.git', undefined, { ...GIT_LIMITS, fetchedBytes: 5000 })).toContain(
      'it is larger than 0.005 MB',
    )
    const { found, leftOut } = await read('huge.git')
    expect([Object.keys(found), leftOut]).toEqual([
      ['a.md'],
      [{ path: 'b.md', message: 'has 6000000 bytes; at most 5000000 are read' }],
    ])
    expect(await refused('huge.git', undefined, { ...GIT_LIMITS, listedBytes: 10 })).toContain(
      'too many files',
    )
  })

  it('that never answers, or sends us elsewhere, is given up', async () => {
    server.answers.set('silent.git', () => {})
    expect(await refused('silent.git', undefined, { ...GIT_LIMITS, ms: 500 })).toContain(
      'it took longer than 0.5 seconds',
    )
    let asked = 0
    server.answers.set('moved.git', (request, response) => {
      const to = server.address(`elsewhere.git/${request.url?.split('/').slice(2).join('/')}`)
      response.writeHead(302, { Location: to }).end()
    })
    server.answers.set('elsewhere.git', (_request, response) => {
      asked++
      response.writeHead(404).end()
    })
    expect(await refused('moved.git')).toContain('cannot be read')
    expect(asked).toBe(0)
    expect(left()).toEqual([])
  })
})

it('without git, the way by a zip file is named', async () => {
  expect(await refused('notes.git', undefined, GIT_LIMITS, { ...server.env, PATH: '/nowhere' })).toContain(
    'git is not installed here; download the repository as a zip file',
  )
})

describe('an address', () => {
  it.each(['./notes', '/srv/notes', 'notes.zip', 'C:\\notes', 'notes'])(
    'is not what a path is: %s',
    (spec) => {
      expect(gitAddress(spec)).toBe(undefined)
    },
  )

  it.each([
    ['http://example.com/x', 'https://'],
    ['git://example.com/x', 'https://'],
    ['ssh://git@example.com/x', 'https://'],
    ['git@example.com:x/y.git', 'https://'],
    ['file:///etc', 'https://'],
    ['ext::sh -c touch% x', 'https://'],
    ['https://ann:secret@example.com/x', 'name or a password'],
    ['https://-oProxyCommand=x/y', 'is not read'],
    ['https://example.com/x y', 'https://'],
    ['https://example.com/x?y', 'is not read'],
    ['https://example.com/x.zip', 'download it'],
    ['https://example.com/x#--upload-pack=touch', 'names no branch'],
    ['https://example.com/x#a..b', 'names no branch'],
    ['https://example.com/x#a:refs/heads/b', 'names no branch'],
    ['https://example.com/x#', 'names no branch'],
    ['https://example.com/x#1234567', 'all 40 digits'],
  ])('is refused, and says why: %s', (spec, why) => {
    expect(() => gitAddress(spec)).toThrow(why)
    expect(() => gitAddress(spec)).not.toThrow('secret')
  })

  it.each([
    ['github.com/a/b', 'give https://github.com/a/b'],
    ['www.github.com/a/b/', 'give https://github.com/a/b'],
    ['git@github.com:a/b.git', 'give https://github.com/a/b'],
    ['ssh://git@gitlab.com/a/b.git', 'give https://gitlab.com/a/b'],
    ['http://github.com/a/b', 'give https://github.com/a/b'],
    ['https://github.com/a/b/tree/main', 'give https://github.com/a/b'],
    [
      'https://github.com/a/b/tree/v2/docs/en',
      'give https://github.com/a/b#v2; "pack add" takes the folder with --folder docs/en,',
    ],
    [
      'https://github.com/a/b/blob/main/docs/x.md',
      'give https://github.com/a/b; "pack add" takes the folder with --folder docs,',
    ],
    ['https://github.com/a/b/blob/main/x.md?plain=1#L3', 'give https://github.com/a/b'],
    ['https://gitlab.com/a/b/-/tree/main/docs', 'give https://gitlab.com/a/b; "pack add" takes the folder'],
  ])('of a page, of SSH or without https:// is told in the way that is read: %s', (spec, told) => {
    const message = () => {
      try {
        return `${gitAddress(spec)?.url} is read`
      } catch (error) {
        return String(error)
      }
    }
    expect(message()).toContain(told)
    if (!told.includes(';')) expect(message()).toMatch(new RegExp(`${told}$`))
  })

  it('has a branch, a tag or a commit behind its #, or none', () => {
    const url = 'https://example.com/a/b.git'
    expect(gitAddress(url)).toEqual({ url, ref: undefined })
    expect(gitAddress(`${url}#release/2.0`)).toEqual({ url, ref: 'release/2.0' })
    expect(gitAddress(`${url}#${'a1'.repeat(20)}`)).toEqual({ url, ref: 'a1'.repeat(20) })
  })
})
