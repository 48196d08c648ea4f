/** A pack that prepares for two exams: what each is asked, and in which domain. */
import { describe, expect, it } from 'vitest'
import { openPacks } from '../../src/bot/packs.js'
import { bankFor } from '../../src/content/exam-view.js'
import { load, PACK, problems, QUESTIONS, topicWith } from './folder.js'

const SECTIONS = PACK.slice(PACK.indexOf('sections:'))
const EXAMS = `title: A certificate
exams:
  new:
    name: NEW-2
    state: open
    domains:
      - number: 3
        title: Deployment
        weight: 60
        tasks: [{ number: '3.1', title: Ship it, skills: { 3.1.1: Ship it slowly, 3.1.2: Ship it at once } }]
      - { number: 4, title: Rest, weight: 40 }
  old:
    name: OLD-1
    state: retired
    domains: [{ number: 1, title: All, weight: 100, tasks: [{ number: '1.1', title: Ship }] }]
`
const question = (id: string, skills: string) =>
  QUESTIONS.replace('canary-first', id)
    .replace('What goes first?', `What goes first in ${id}?`)
    .replace('  domain: 3\n  task: "3.3"\n', skills === '' ? '' : `  skills: ${skills}\n`)
const both = question('both', '{ new: ["3.1.1"], old: ["1.1"] }')
const files = (questions: string) => ({
  'p/pack.yaml': EXAMS + SECTIONS,
  'p/one/canary.questions.yaml': questions,
})
const FOUR = files(
  [
    both,
    question('newer', '{ new: ["4"] }'),
    question('older', '{ new: [], old: ["1.1"] }'),
    question('any', ''),
  ].join('\n'),
)

describe('a pack with two exams', () => {
  it('asks for each what serves it, and what names none for both', async () => {
    const { bank, problems: none } = await load(FOUR)
    expect(none).toEqual([])
    const ids = (exam: string) =>
      bankFor(bank, exam)
        .questionsFor([])
        .map(({ id }) => id)
    expect(ids('new')).toEqual(['both', 'newer', 'any'])
    expect(ids('old')).toEqual(['both', 'older', 'any'])
    expect(ids('gone')).toEqual(ids('new'))
  })

  it('counts a question in the domain that it has in the exam prepared for', async () => {
    const { bank } = await load(FOUR)
    const domains = (exam: string) =>
      bankFor(bank, exam)
        .questionsFor([])
        .map(({ domain }) => domain)
    expect(domains('new')).toEqual([3, 4, undefined])
    expect(domains('old')).toEqual([1, 1, undefined])
    expect(bank.questions.map(({ domain }) => domain)).toEqual([3, 4, 1, undefined])
    expect(bankFor(bank, 'old').pack.exams.map(({ id }) => id)).toEqual(['old', 'new'])
  })

  it('counts a question that a team wrote in the domain that its topic has in the exam of the team', async () => {
    const { bank } = await load(files([both, question('older', '{ new: [], old: ["1.1"] }')].join('\n')))
    const origin = {
      kind: 'team',
      team: 7,
      writers: [],
      checkers: [],
      isFromNotes: false,
      source: '',
    } as const
    const [asked] = bank.questions
    if (!asked) throw new Error('no question')
    const own = { ...asked, id: 'team-1', number: -1, domain: 4, skills: undefined, origin }
    const changes = [
      { id: 1, team: 7, question: own },
      { id: 2, team: 7, question: { ...own, id: 'team-2', number: -2, topics: [] } },
    ]
    const { questions } = openPacks([bank], {
      askedSince: async () => ({ stamp: 1, count: 2, changes }),
    })
    await questions.catchUp()
    const domains = (exam: string) =>
      questions.about({ id: 7, pack: bank.pack.id, exam }, []).map(({ id, domain }) => [id, domain])
    const without = ['team-2', undefined]
    expect(domains('new')).toEqual([['both', 3], ['team-1', 3], without])
    expect(domains('old')).toEqual([['both', 1], ['older', 1], ['team-1', 1], without])
  })

  it('refuses places and exams that there are not', async () => {
    const skills = '{ new: ["3.1.3", "2"], other: ["1"] }'
    expect(await problems(files(question('odd', skills)))).toEqual([
      'canary.questions.yaml:1: skills: NEW-2 has no 3.1.3',
      'canary.questions.yaml:1: skills: NEW-2 has no 2',
      'canary.questions.yaml:1: skills: there is no exam other',
    ])
    const topic = topicWith('sources:', 'skills: { old: ["2.1"] }\nsources:')
    expect(await problems({ ...files(both), ...topic })).toEqual(['canary.md:1: skills: OLD-1 has no 2.1'])
  })

  it('keeps the version of a question whose place is all that changed', async () => {
    const versionOf = async (text: string) => (await load(files(text))).bank.question('both')?.version
    const before = await versionOf(both)
    expect(await versionOf(both.replace('"1.1"', '').replace('  stem', '  recall: true\n  stem'))).toBe(
      before,
    )
    expect(await versionOf(both.replace('a part', 'a small part'))).not.toBe(before)
  })
})
