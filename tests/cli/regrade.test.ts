// @module-tag longer
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Store } from '../../src/bot/ports/store.js'
import { loadContent } from '../../src/content/load.js'
import { instantiate } from '../../src/core/instantiate.js'
import type { Database } from '../../src/store/open.js'
import { createStore } from '../../src/store/store.js'
import { cohort } from '../helpers/cohort.js'
import { inDatabase, ownDatabase, type Where } from '../helpers/database.js'
import { give, makeTeam, planOf, recordClosed, recordPosted } from '../helpers/rounds.js'

const folder = mkdtempSync(path.join(tmpdir(), 'cohort-regrade-'))
const content = path.join(folder, 'content')
let where: Where
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Runs `cohort content regrade` on a content folder of its own. */
const regrade = (...args: string[]) =>
  cohort(['content', 'regrade', ...args], { ...where, CONTENT_DIR: content })

const stored = <T>(work: (store: Store, pool: Database['pool']) => Promise<T>): Promise<T> =>
  inDatabase(where, (database) => work(createStore(database), database.pool))

const questions = path.join(content, 'orchard/01-fruit/apple.questions.yaml')

/** Edits the file of the questions. */
function edit(...changes: [from: string, to: string][]): void {
  const text = changes.reduce(
    (all, [from, to]) => {
      if (!all.includes(from)) throw new Error(`there is no "${from}"`)
      return all.replace(from, to)
    },
    readFileSync(questions, 'utf8'),
  )
  writeFileSync(questions, text)
}

const CELLAR = 'text: In a cool dark cellar, right: true,'
const STOVE = 'text: Beside a warm stove,'

/** A team that was asked where an apple keeps longest; Ann said the cellar, Ben the stove. */
beforeAll(async () => {
  where = await ownDatabase(folder)
  cpSync('tests/fixtures/content', content, { recursive: true })
  const [bank] = (await loadContent(content)).banks
  const question = bank?.question('apple-store')
  const [item] = question ? instantiate(question, 3).items : []
  if (!question || !item) throw new Error('no question')
  const letter = (text: string) => item.options.find((o) => o.text === text)?.letter ?? ''
  await stored(async (store) => {
    await store.saveQuestions(bank?.questions ?? [])
    const { nextPostAt, round } = planOf('2026-01-05')
    if (!round) throw new Error('no round')
    const team = await makeTeam(store)
    const asked = {
      question: question.id,
      version: question.version,
      seed: 3,
      items: [{ key: item.key, maxPoints: 10 }],
    }
    await store.planNow(team, () => ({ nextPostAt, round: { ...round, questions: [asked] } }))
    const { id = 0 } = (await store.latestRound(team)) ?? {}
    await recordPosted(store, id, 'm')
    const made = { id, date: round.date, at: round.dueAt }
    await give(store, 'ann', made, letter('In a cool dark cellar'))
    await give(store, 'ben', made, letter('Beside a warm stove'))
    await recordClosed(store, id, 'r')
  })
})

/** A pack with a question of the same id, which nobody was asked. */
function addMeadow() {
  cpSync(path.join(content, 'orchard'), path.join(content, 'meadow'), { recursive: true })
  const file = path.join(content, 'meadow/pack.yaml')
  writeFileSync(file, `${readFileSync(file, 'utf8')}order: 2\n`)
}

const points = () =>
  stored(async (store) => {
    const { rows } = await store.board({ team: 1, period: 'all', user: undefined, limit: 9, offset: 0 })
    return Object.fromEntries(rows.map((r) => [r.member.user, r.points]))
  })

describe('cohort content regrade', () => {
  it('has nothing to do while the content says what was posted', { tags: ['slow'] }, async () => {
    expect(await regrade('apple-store')).toEqual({
      code: 0,
      err: '',
      out: 'Nothing to do: everything posted of apple-store has the key of today.\n',
    })
    expect(JSON.parse((await regrade('apple-store', '--json')).out)).toEqual({
      question: 'apple-store',
      changed: false,
      applied: false,
    })
  })

  it('wants to be told why before it does anything, and which question', async () => {
    expect(await regrade('apple-store', '--apply')).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringContaining('--why <text>'),
    })
    expect(await regrade('apple-store', '--apply', '--why', ' ')).toMatchObject({
      code: 1,
      err: expect.stringContaining('--why is empty'),
    })
    expect((await regrade('apple-store', '--why', 'x'.repeat(501))).err).toContain(
      '--why has 501 characters; at most 500',
    )
    expect(await regrade()).toMatchObject({ code: 2 })
    expect(await regrade('nope')).toMatchObject({
      code: 1,
      out: '',
      err: 'cohort: there is no question "nope"; "cohort questions" lists them\n',
    })
  })

  it('says what a corrected key would change, and changes nothing', async () => {
    edit([CELLAR, CELLAR.replace(' right: true,', '')], [STOVE, `${STOVE} right: true,`])
    const { code, out } = await regrade('apple-store')
    expect(code).toBe(0)
    expect(out).toMatch(
      /^apple-store: version [0-9a-f]{12} gets the key of version [0-9a-f]{12}\nrounds: 1, of them open: 0\n/,
    )
    expect(out).toContain(
      'answers that become right or wrong: 2, of them practice: 0\npoints: 7 given and 7 taken, to and from 2 member(s)\n',
    )
    expect(out).toContain(
      'streaks: none changes, since a streak counts days answered, right or not\nteams told: 1\n',
    )
    expect(out).toContain(
      'Nothing was changed yet. To do it: cohort content regrade apple-store --apply --why',
    )
    expect(await points()).toEqual({ ann: 10, ben: 3 })
  })

  it('does it when told to, once', async () => {
    const { code, out } = await regrade(
      'apple-store',
      '--apply',
      '--why',
      'The notes\u202e were wrong.',
      '--json',
    )
    const counts = {
      rounds: 1,
      open: 0,
      attempts: 2,
      practice: 0,
      members: 2,
      given: 7,
      taken: 7,
      teams: 1,
      reworded: [],
    }
    expect(code).toBe(0)
    expect(JSON.parse(out)).toEqual({
      ...{ question: 'apple-store', changed: true, applied: true, void: false, ...counts },
      ...{ to: expect.stringMatching(/^[0-9a-f]{12}$/), versions: [expect.stringMatching(/^[0-9a-f]{12}$/)] },
    })
    expect(await points()).toEqual({ ann: 3, ben: 10 })
    const written = await stored(
      async (_, pool) => (await pool.query('select why, attempts, points from regrade')).rows,
    )
    expect(written).toEqual([{ why: 'The notes were wrong.', attempts: 2, points: 14 }])
    expect((await regrade('apple-store', '--apply', '--why', 'Again.')).out).toContain('Nothing to do')
  })

  it('refuses a key that was not there then, and withdraws the question instead', async () => {
    edit([`${STOVE} right: true,`, 'text: Under a bed of dry sand, right: true,'])
    const refused = await regrade('apple-store', '--apply', '--why', 'x')
    expect(refused).toMatchObject({ code: 1, out: '' })
    expect(refused.err).toMatch(
      /^cohort: apple-store as it was posted \(version [0-9a-f]{12}\) cannot take today's key: what is right now was not among the options then: "Under a bed of dry sand"\. If it was flawed, --void gives .*\n$/,
    )
    expect(await points()).toEqual({ ann: 3, ben: 10 })
    expect((await regrade('apple-store', '--void')).out).toContain('apple-store --void --apply --why')
    expect(await regrade('apple-store', '--void', '--apply', '--why', 'Flawed.')).toMatchObject({
      code: 0,
      out: expect.stringMatching(
        /withdrawn, every answer counts as right\n.*points: 7 given and 0 taken.*\nDone\.\n$/s,
      ),
    })
    expect(await points()).toEqual({ ann: 10, ben: 10 })
    expect((await regrade('apple-store', '--void')).out).toContain('Nothing to do')
  })

  it('takes a question of one pack for none of another that has its id', { tags: ['slow'] }, async () => {
    addMeadow()
    const { code, err } = await regrade('apple-store')
    expect([code, err]).toEqual([
      1,
      'cohort: the packs orchard, meadow have a question "apple-store" each; say which with --pack\n',
    ])
    expect((await regrade('apple-store', '--pack', 'meadow')).out).toContain(
      'Nothing to do: everything posted of meadow/apple-store has',
    )
    expect((await regrade('meadow/apple-store')).out).toContain('Nothing to do')
    const own = await regrade('apple-store', '--pack', 'orchard')
    expect(own.err).toMatch(/^cohort: .*cannot take today's key/)
    expect(await regrade('nope', '--pack', 'meadow')).toMatchObject({
      code: 1,
      err: expect.stringContaining('there is no question "meadow/nope"'),
    })
  })
})
