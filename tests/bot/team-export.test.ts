import { beforeEach, expect, it } from 'vitest'
import { readQuestions } from '../../src/content/formats/all.js'
import { type Bot, startBot } from '../helpers/bot.js'
import { testDatabase } from '../helpers/database.js'
import { savedTeam } from '../helpers/rounds.js'
import { askedOn } from '../helpers/team-weeks.js'

const question = (n: number) => `What is number ${n}?\nA. One\nB. Two\nANSWER: B\n`

let bot: Bot
let team: Awaited<ReturnType<Bot['team']>>
let ada: ReturnType<Bot['person']>
beforeEach(async () => {
  bot = await startBot()
  team = await bot.team()
  ada = bot.person('ada')
})

async function imports(...numbers: readonly number[]) {
  const bytes = new TextEncoder().encode(numbers.map(question).join('\n'))
  await ada.hands('/team import', { name: 'week-1.txt', read: async () => bytes })
  await ada.presses(`Take ${numbers.length} question${numbers.length === 1 ? '' : 's'}`)
}

/** The files of the card that Ada sees. */
const files = () => ada.card.blocks.flatMap((block) => (block.kind === 'file' ? [block] : []))
const content = () => new TextDecoder().decode(files()[0]?.content)

it.each([
  ['', 'Orchard-questions.questions.yaml'],
  ['gift', 'Orchard-questions.gift'],
  ['moodle-xml', 'Orchard-questions.xml'],
  ['qti', 'Orchard-questions.zip'],
  ['csv', 'Orchard-questions.csv'],
  ['anki', 'Orchard-questions.txt'],
])('writes the team’s own questions: /team export %s', async (format, name) => {
  await imports(1, 2)
  await ada.says(`/team export ${format}`.trim())
  expect(ada.sees).toContain('2 questions with their right answers')
  expect(files().map((file) => file.name)).toEqual([name])
})

it('names the formats to whoever types another', async () => {
  await ada.says('/team export moodle')
  expect(ada.sees).toContain('Type /team export [format] [all]. format: yaml, moodle-xml, qti')
})

it('gives a file that is read again alike', async () => {
  await imports(1, 2, 3)
  const stems = [1, 2, 3].map((n) => `What is number ${n}?`)
  for (const format of ['yaml', 'gift', 'moodle-xml', 'qti', 'csv']) {
    await ada.says(`/team export ${format}`)
    const [file] = files()
    const read = readQuestions({ path: file?.name ?? '', bytes: file?.content ?? new Uint8Array() })
    expect([format, read?.questions.map(({ item }) => item.stem)]).toEqual([format, stems])
    await ada.hands('/team import', { name: 'again', read: async () => file?.content ?? new Uint8Array() })
    expect([format, ada.sees]).toEqual([format, expect.stringContaining('Your team has them already')])
  }
})

it('leaves out what stands in a round that is due or open, of any team here, and says so', async () => {
  await imports(1)
  const [own] = bot.deps.questions.about(team, []).filter(({ origin }) => origin.kind === 'team')
  const other = await bot.team({ channel: 'garden', name: 'Garden' })
  await bot.at('2026-11-02T08:00Z').tick()
  const open = new Set(await bot.store.openQuestionIds({ platform: 'test', workspace: 'w1' }))
  expect(open.size).toBeGreaterThan(0)
  await ada.says('/team export yaml all')
  const text = content()
  for (const id of open) expect([id, text.includes(`id: ${id}\n`)]).toEqual([id, false])
  expect(ada.sees).toContain(
    `${open.size} question${open.size === 1 ? ' stands' : 's stand'} in an open round`,
  )
  const asked = bot.deps.questions.about(team, [])
  expect(ada.sees).toContain(`${asked.length - open.size} questions with their right answers`)
  expect([own?.pack, other.pack]).toEqual([team.pack, team.pack])
})

it('leaves out what is open to a linked account of whoever asks, in another workspace', async () => {
  const away = await bot.team({
    workspace: 'w2',
    channel: 'away',
    nextPostAt: Date.parse('2026-11-03T08:00Z'),
  })
  await askedOn(bot, away, '2026-11-02', { question: 'apple-hard', right: ['ida'] })
  await ada.says('/study link')
  const { prisma } = await testDatabase()
  const person = await prisma.person.create({ data: {} })
  await prisma.member.updateMany({ where: { user: { in: ['ida', 'ada'] } }, data: { personId: person.id } })
  await savedTeam(bot.store, { ...away, admin: 'ada', nextPostAt: Date.parse('2026-11-03T08:00Z') })
  await bot.at('2026-11-03T08:00Z').tick()
  const [open] = await bot.store.openQuestionIds({ platform: 'test', workspace: 'w2' })
  await ada.says('/team export yaml all')
  expect(content()).not.toContain(`id: ${open}\n`)
})

it('has only its own questions, unless all are asked for', async () => {
  await ada.says('/team export')
  expect(ada.sees).toContain('no questions of its own yet')
  await imports(1)
  await ada.says('/team export csv')
  expect(ada.sees).toContain('1 question with its right answers')
  await ada.says('/team export csv all')
  expect(ada.sees).toMatch(/[2-9] questions with their right answers/)
})

it('is for admins: nobody else gets a key', async () => {
  await imports(1)
  const ben = bot.person('ben')
  await ben.says('/team export gift all')
  expect(ben.sees).toContain('is for admins')
  expect(ben.card.blocks.some((block) => block.kind === 'file')).toBe(false)
})

it('gives YAML of the pack, too, that is taken without what only a pack can ask', async () => {
  await ada.says('/team export all')
  const [all] = files()
  const bytes = all?.content ?? new Uint8Array()
  const garden = bot.person('ada', { channel: 'garden' })
  await bot.team({ channel: 'garden', name: 'Garden' })
  await garden.hands('/team import', { name: 'all.yaml', read: async () => bytes })
  expect(garden.sees).toContain('Format: Cohort YAML')
  expect(garden.sees).toMatch(/Line \d+: (a case becomes \d questions|its numbers are drawn anew)/)
})

it('names the line of what is wrong in YAML', async () => {
  const text = `# ours\n\n- id: a\n  kind: choice\n  stem: So?\n  choices:\n    - text: a\n      right: true\n`
  await ada.hands('/team import', { name: 'a.yaml', read: async () => new TextEncoder().encode(text) })
  expect(ada.sees).toContain('Line 6: choices: should have two choices or more')
})
