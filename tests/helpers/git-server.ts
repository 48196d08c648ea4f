/**
 * Repositories on the loopback interface, by https with a certificate of its own, as strict as git itself.
 */
import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'

type Answer = (request: IncomingMessage, response: ServerResponse) => void

export interface GitServer {
  /** The address of a repository, or of a path that `answers` serves. */
  address(name: string): string
  /** What a program needs to find git, and to trust this server. */
  readonly env: Readonly<Record<string, string>>
  /** Makes a repository, or adds a commit to it, of entries of its tree; gives the commit. */
  commit(name: string, entries: readonly Entry[]): string
  git(name: string, ...args: string[]): string
  /** By the first part of the path. */
  readonly answers: Map<string, Answer>
  stop(): Promise<void>
}

/** An entry of a tree as git keeps it, whatever its name is; a list is a tree. */
export interface Entry {
  readonly name: string
  readonly mode?: string
  readonly holds: string | Buffer | readonly Entry[]
  /** The id of what is not in this repository. */
  readonly id?: string
}

export async function startGitServer(): Promise<GitServer> {
  const root = mkdtempSync(path.join(tmpdir(), 'cohort-repositories-'))
  const [key, cert] = [path.join(root, 'key.pem'), path.join(root, 'cert.pem')]
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1']
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-keyout', key, '-out', cert, ...subject],
    { stdio: 'ignore' },
  )
  const answers = new Map<string, Answer>()
  const server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (request, response) => {
    const first = (request.url ?? '').split('/')[1] ?? ''
    const answer = answers.get(first)
    if (answer) answer(request, response)
    else serve(root, request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const run = (name: string, args: readonly string[], input: string | Buffer = '') =>
    execFileSync('git', [...args], { cwd: path.join(root, name), env: plain(root), input, stdio: 'pipe' })
      .toString()
      .trim()
  return {
    address: (name) => `https://127.0.0.1:${port}/${name}`,
    env: { PATH: process.env.PATH ?? '', GIT_SSL_CAINFO: cert },
    answers,
    git: (name, ...args) => run(name, args),
    commit(name, entries) {
      const isNew = !isThere(path.join(root, name))
      if (isNew) create(root, name, run)
      const tree = writeTree(entries, (args, input) => run(name, args, input))
      const parent = isNew ? [] : ['-p', run(name, ['rev-parse', 'main'])]
      const id = run(name, ['commit-tree', tree, '-m', 'content', ...parent])
      run(name, ['update-ref', 'refs/heads/main', id])
      return id
    },
    stop: () => stopped(server).then(() => rmSync(root, { recursive: true, force: true })),
  }
}

const plain = (root: string) => ({
  ...{ PATH: process.env.PATH ?? '', HOME: root, GIT_CONFIG_NOSYSTEM: '1' },
  ...{ GIT_AUTHOR_NAME: 'A', GIT_AUTHOR_EMAIL: 'a@example.com', GIT_COMMITTER_NAME: 'A' },
  ...{ GIT_COMMITTER_EMAIL: 'a@example.com' },
})

function isThere(dir: string): boolean {
  try {
    return readFileSync(path.join(dir, 'HEAD')).length > 0
  } catch {
    return false
  }
}

type Run = (name: string, args: readonly string[], input?: string | Buffer) => string

function create(root: string, name: string, run: Run): void {
  mkdirSync(path.join(root, name))
  run(name, ['init', '--quiet', '--bare', '--initial-branch=main'])
  writeFileSync(path.join(root, name, 'git-daemon-export-ok'), '')
}

function writeTree(
  entries: readonly Entry[],
  run: (args: readonly string[], input: string | Buffer) => string,
): string {
  const lines = entries.map(({ name, mode, holds, id }) => {
    if (id !== undefined) return `${mode} commit ${id}\t${name}\0`
    if (typeof holds === 'string' || Buffer.isBuffer(holds))
      return `${mode ?? '100644'} blob ${run(['hash-object', '-w', '--stdin'], holds)}\t${name}\0`
    return `040000 tree ${writeTree(holds, run)}\t${name}\0`
  })
  return run(['mktree', '-z', '--missing'], lines.join(''))
}

/** As a web server calls git's own program: RFC 3875. */
function serve(root: string, request: IncomingMessage, response: ServerResponse): void {
  const url = new URL(request.url ?? '/', 'https://127.0.0.1')
  const backend = spawn('git', ['http-backend'], {
    env: {
      ...plain(root),
      ...{ GIT_PROJECT_ROOT: root, PATH_INFO: url.pathname, QUERY_STRING: url.search.slice(1) },
      ...{ REQUEST_METHOD: request.method ?? 'GET', CONTENT_TYPE: request.headers['content-type'] ?? '' },
      ...{ HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '' },
      ...{ GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''), REMOTE_ADDR: '127.0.0.1' },
    },
  })
  request.pipe(backend.stdin)
  backend.stdin.on('error', () => {})
  let head = Buffer.alloc(0)
  backend.stdout.on('data', (chunk: Buffer) => {
    if (response.headersSent) return void response.write(chunk)
    head = Buffer.concat([head, chunk])
    const end = head.indexOf('\r\n\r\n')
    if (end < 0) return
    const lines = head.subarray(0, end).toString().split('\r\n')
    const headers = lines.map((line) => line.split(/: */, 2) as [string, string])
    const status = headers.find(([name]) => name === 'Status')?.[1] ?? '200'
    response.writeHead(
      Number.parseInt(status, 10),
      Object.fromEntries(headers.filter(([name]) => name !== 'Status')),
    )
    response.write(head.subarray(end + 4))
  })
  backend.stdout.on('end', () => response.end())
}

const stopped = (server: Server) =>
  new Promise<void>((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
