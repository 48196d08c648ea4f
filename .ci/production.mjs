// The steps of the Dockerfile without Docker: production packages only, the built output, start, a health
// check, stop, start again, and once more as a user who may write nothing but the data folder.
import { execFileSync, spawn } from 'node:child_process'
import {
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { productionPackages } from '../scripts/production-packages.mjs'
import { check, conversation, freePort, isQuestion, start, stop } from './program.mjs'

const PORT = await freePort()
const at = (file) => `http://127.0.0.1:${PORT}${file}`
const app = mkdtempSync(path.join(tmpdir(), 'cohort-image-'))
const data = mkdtempSync(path.join(tmpdir(), 'cohort-image-data-'))
/** Has no files of its own anywhere. */
const NOBODY = { uid: 65534, gid: 65534 }

const SCRIPTS = ['scripts/install-production.mjs', 'scripts/production-packages.mjs']
for (const name of [
  'package.json',
  'package-lock.json',
  ...SCRIPTS,
  'dist',
  'bin',
  'content',
  'prisma/migrations',
])
  cpSync(name, path.join(app, name), { recursive: true })
execFileSync(process.execPath, [SCRIPTS[0]], { cwd: app, stdio: 'inherit' })

try {
  const first = await start({ app, env: { PORT: String(PORT) } })
  check((await (await fetch(at('/healthz'))).json()).status === 'ok', '/healthz says ok')
  check((await (await fetch(at('/'))).text()).includes('Cohort'), 'the page is served')
  check((await (await fetch(at('/metrics'))).text()).includes('cohort_'), '/metrics has figures')
  const before = await question()
  check(before !== undefined, 'a question is waiting')
  const second = await run({ PORT: String(await freePort()) })
  check(
    second.code === 1 && /another Cohort runs on the data folder/.test(second.output),
    'a second process on the folder is refused',
  )
  check((await stop(first)) === 0, 'SIGTERM ends it')
  const again = await start({ app, env: { PORT: String(PORT) } })
  check((await question())?.id === before?.id, 'the same question is there after a restart')
  await stop(again)
  check(find('.cohort', '-perm', '/077') === '', 'what is stored is its owner’s alone')
  checkPackages()
  check(
    /^USER node$/m.test(readFileSync('Dockerfile', 'utf8').split('FROM').at(-1)),
    'the image runs as another user than root',
  )
  await withoutRights()
} finally {
  execFileSync('chmod', ['-R', 'u+w', app])
  for (const folder of [app, data]) rmSync(folder, { recursive: true, force: true })
}

/** By the names in the lock file, and by what lies there. */
function checkPackages() {
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'))
  const isOfDevelopment = ({ dev, devOptional }) => dev || devOptional
  const unwanted = Object.keys(lock.packages).filter(
    (name) => isOfDevelopment(lock.packages[name]) && existsSync(path.join(app, name)),
  )
  check(unwanted.length === 0, `no package of development is there ${unwanted}`)
  const needed = productionPackages(lock)
  const isPackage = /^node_modules\/(.+\/node_modules\/)?(@[^/]+\/)?[^/@.][^/]*$/
  const folders = find('node_modules', '-name', 'package.json')
    .split('\n')
    .map(path.dirname)
    .filter((name) => isPackage.test(name))
  check(
    folders.length > 200 && folders.every((name) => needed.has(name)),
    `and nothing but what production needs: ${folders.length} packages`,
  )
  const size = (folder) => {
    const files = readdirSync(path.join(app, folder), { recursive: true }).map(
      (name) => lstatSync(path.join(app, folder, name)).size,
    )
    return Math.round(files.reduce((sum, bytes) => sum + bytes, 0) / 1e6)
  }
  console.log(
    `size: node_modules ${size('node_modules')} MB, all that is ours in the image ${size('.')} MB, Node itself left out`,
  )
}

/** The names that `find` prints, from the folder of the program on. */
function find(...args) {
  return execFileSync('find', args, { cwd: app, maxBuffer: 2 ** 28 })
    .toString()
    .trim()
}

async function withoutRights() {
  const { uid, gid } = process.getuid() === 0 ? NOBODY : { uid: process.getuid(), gid: process.getgid() }
  execFileSync('chmod', ['-R', 'a-w,a+rX', app])
  chownSync(data, uid, gid)
  const before = tree()
  const nowhere = { HOME: '/nonexistent', TMPDIR: '/nonexistent' }
  const child = await start({
    app,
    env: { PORT: String(PORT), COHORT_DATA_DIR: data, ...nowhere },
    user: { uid, gid },
  })
  check(
    (await (await fetch(at('/healthz'))).json()).status === 'ok',
    'without rights to write outside the data folder, /healthz says ok',
  )
  check((await question()) !== undefined, 'and a question is waiting')
  check((await stop(child)) === 0, 'and SIGTERM ends it')
  check(tree() === before, 'and nothing outside the data folder was written')
}

/** Every file of the program, with size and time. */
function tree() {
  return execFileSync('find', [app, '-printf', '%p %s %T@\\n'], { maxBuffer: 2 ** 28 }).toString()
}

function run(env) {
  const child = spawn(process.execPath, ['bin/cohort.mjs', 'start'], {
    cwd: app,
    env: { ...process.env, ...env, DATABASE_URL: '' },
  })
  let output = ''
  child.stdout.on('data', (data) => (output += data))
  child.stderr.on('data', (data) => (output += data))
  return new Promise((resolve) => child.on('exit', (code) => resolve({ code, output })))
}

/** The first question in the conversation of the first member. */
async function question() {
  return (await conversation(at(''))).find(isQuestion)
}
