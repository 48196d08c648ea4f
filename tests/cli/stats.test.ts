// @module-tag slow
/** `cohort content stats`: how the questions do, and which to look at. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadContent } from '../../src/content/load.js'
import { instantiate } from '../../src/core/instantiate.js'
import type { ItemInstance, Question } from '../../src/core/model.js'
import { createStore } from '../../src/store/store.js'
import { cohort } from '../helpers/cohort.js'
import { inDatabase, ownDatabase, type Where } from '../helpers/database.js'
import { makeTeam, PLACE, planOf } from '../helpers/rounds.js'

const folder = mkdtempSync(path.join(tmpdir(), 'cohort-stats-'))
let where: Where
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const stats = (...args: string[]) => cohort(['content', 'stats', ...args], where)

const PEOPLE = 40
const AT = Date.now() - 86_400_000
const STOVE = 'Beside a warm stove'
const wrongOf = ({ options, key }: ItemInstance) =>
  options.find(({ letter }) => !key.includes(letter))?.letter ?? ''

/**
 * The first half of the people know everything, and say "stove" of the apple, where the file says "cellar";
 * the others know nothing, and say "cellar". Three have answered one question more.
 */
beforeAll(async () => {
  where = await ownDatabase(folder)
  const [bank] = (await loadContent('tests/fixtures/content')).banks
  await inDatabase(where, async (database) => {
    const store = createStore(database)
    await makeTeam(store)
    const saved = await store.saveQuestions(bank?.questions ?? [])
    const find = (id: string) => saved.find((one) => one.id === id) as Question
    const answer = async (person: number, id: string, pick: (item: ItemInstance) => string) => {
      const question = find(id)
      const seed = person + 1
      const [item] = instantiate(question, seed).items
      if (!item) throw new Error(`no item in ${id}`)
      const given = pick(item)
      await store.practise({
        ...{ ...PLACE, user: `u${person}`, name: `u${person}`, question: id, version: question.version },
        ...{ seed, item: 0, answer: given, right: given === item.key, now: AT + person },
      })
    }
    for (let person = 0; person < PEOPLE; person++) {
      const knows = person < PEOPLE / 2
      for (const id of ['apple-hard', 'apple-two', 'pear-order'])
        await answer(person, id, (item) => (knows ? item.key : wrongOf(item).repeat(item.key.length)))
      await answer(person, 'apple-store', (item) =>
        knows ? (item.options.find(({ text }) => text === STOVE)?.letter ?? '') : item.key,
      )
      if (person < 3) await answer(person, 'pear-match', (item) => item.key)
    }
  })
}, 60_000)

interface Printed {
  readonly pack: string
  readonly items: number
  readonly figures: readonly {
    readonly question: string
    readonly answers: number
    readonly right: number
    readonly d: number
    readonly discrimination: number
    readonly flags: readonly string[]
    readonly options: readonly { readonly option: string; readonly share: number }[]
  }[]
}

describe('cohort content stats', () => {
  it('prints the suspect key first, with what points to it, and nothing of a few', async () => {
    const { code, out, err } = await stats('--json')
    expect([code, err]).toEqual([0, ''])
    const { pack, items, figures } = JSON.parse(out) as Printed
    expect([pack, items]).toEqual(['orchard', 8])
    const [first, ...others] = figures
    expect(first).toMatchObject({
      ...{ question: 'apple-store', answers: 40, right: 0.5, discrimination: -1 },
      flags: ['key', 'discrimination'],
    })
    expect(first?.options.find(({ option }) => option === STOVE)?.share).toBe(0.5)
    expect(others.map(({ question }) => question).sort()).toEqual(['apple-hard', 'apple-two', 'pear-order'])
    for (const { flags, discrimination } of others)
      expect([flags.includes('key'), discrimination]).toEqual([false, 1])
  })

  it('says the same in words, and counts nothing twice', async () => {
    const { out } = await stats('--pack', 'orchard')
    expect(out).toMatch(
      /^Pack: orchard \(Orchard Keeper\)\napple-store\t40 answers\t50 % right\td -?\d\.\d\d/,
    )
    expect(out).toContain('key may be wrong\tdoes not tell who knows it')
    expect(out).toMatch(/8 items, \d to look at; 4 with fewer than 5 first answers are left out\n$/)
    expect((await stats('--pack', 'orchard')).out).toBe(out)
  })

  it('says which packs there are when the one asked for is not there', async () => {
    const { code, err } = await stats('--pack', 'nothing')
    expect(code).toBe(1)
    expect(err).toContain('orchard')
  })
})

describe('cohort reports', () => {
  it('lists appeals with what was decided', async () => {
    await inDatabase(where, async (database) => {
      const store = createStore(database)
      const team = await store.teamIn(PLACE)
      await store.planNow(team?.id ?? 0, () => planOf('2026-01-05'))
      const round = await store.latestRound(team?.id ?? 0)
      const who = { ...PLACE, user: 'u1', name: 'u1', round: round?.id ?? 0, slot: 0, now: AT }
      await store.saveAppeal({ ...who, question: 'apple-store', version: 'v1', reason: 'A stove.' })
    })
    const { out } = await cohort(['reports', '--json'], where)
    expect(JSON.parse(out)).toMatchObject([
      {
        ...{ question: 'apple-store', reason: 'This key is wrong', detail: 'A stove.' },
        ...{ appeal: true, decision: null },
      },
    ])
    expect((await cohort(['reports'], where)).out).toContain('This key is wrong\t"A stove."')
  })
})
