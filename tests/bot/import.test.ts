import { expect, it } from 'vitest'
import { createApp } from '../../src/bot/app.js'
import type { Upload } from '../../src/bot/ports/upload.js'
import { plainCard } from '../../src/bot/ui/card.js'
import { UserError } from '../../src/core/errors.js'
import { type Bot, labelsOf, selectsOf, startBot } from '../helpers/bot.js'
import { askedOn } from '../helpers/team-weeks.js'

/** A file as a platform hands it on, and how often it was fetched. */
function upload(text: string | Uint8Array, name = 'week-1.txt') {
  const fetched = { times: 0 }
  const file: Upload = {
    name,
    async read() {
      fetched.times++
      return typeof text === 'string' ? new TextEncoder().encode(text) : text
    },
  }
  return { ...file, fetched }
}

const question = (n: number) => `What is number ${n}?\nA. One\nB. Two\nANSWER: B\n`
const THREE = [1, 2, 3].map(question).join('\n')

it('tells what was found in a file, with one of them to look at, before anything is stored', async () => {
  const bot = await startBot()
  await bot.team()
  const ada = bot.person('ada')
  const form = await ada.says('/team import')
  expect(form.title).toBe('Import questions')
  expect(ada.form.fields.map(({ kind, label }) => [kind, label])).toEqual([['file', 'File of questions']])
  await ada.fills({ file: 'week-1.txt' }, { file: upload(`${THREE}\nWhat has no key?\nA. One\nB. Two\n`) })
  expect(ada.sees).toContain('3 questions in week-1.txt')
  expect(ada.sees).toMatch(/Format: Aiken/)
  expect(ada.sees).toContain('3 with one right answer')
  expect(ada.sees).toContain('The first one: What is number 1?')
  expect(ada.sees).toContain('Two ✓')
  expect(ada.sees).toMatch(/Line \d+: no line says ANSWER/)
  expect(labelsOf(ada.card)).toEqual(['Take 3 questions', 'Cancel'])
})

it('reads a file that comes with the command at once, and opens no form for it', async () => {
  const bot = await startBot()
  await bot.team()
  const ada = bot.person('ada')
  const file = upload(THREE)
  const request = (input: object) => ({ kind: 'command', name: 'team import', input }) as const
  const caller = {
    platform: 'test',
    workspace: 'w1',
    channel: 'study',
    user: 'ada',
    name: 'Ada',
    isAdmin: async () => true,
  }
  expect(bot.app.opensForm({ ...request({}), caller, input: '' })).toBe(true)
  expect(bot.app.opensForm({ ...request({ file }), caller, input: { file } })).toBe(false)
  await ada.hands('/team import', file)
  expect(ada.sees).toContain('3 questions in week-1.txt')
})

it('fetches nothing for whoever may not import, neither with the command nor with the form', async () => {
  const bot = await startBot()
  await bot.team()
  const [ada, ben] = [bot.person('ada'), bot.person('ben')]
  const file = upload(THREE)
  await ben.hands('/team import', file)
  expect(ben.sees).toContain('is for admins')
  await ada.says('/team import')
  const reply = await bot.app.run({
    ...{ kind: 'submit', id: ada.form.id, values: { file: 'a' }, uploads: { file } },
    caller: {
      platform: 'test',
      workspace: 'w1',
      channel: 'study',
      user: 'ben',
      name: 'Ben',
      isAdmin: async () => false,
    },
  })
  expect(JSON.stringify(reply)).toContain('is for admins')
  expect(file.fetched.times).toBe(0)
})

it('says where there is no team to import for', async () => {
  const bot = await startBot()
  const ada = bot.person('ada')
  const file = upload(THREE)
  await ada.hands('/team import', file)
  expect(ada.sees).toContain('No team studies in this channel yet')
  expect(file.fetched.times).toBe(0)
})

it('asks for which team it is where a file comes in no channel of one', async () => {
  const bot = await startBot()
  const orchard = await bot.team()
  await bot.team({ channel: 'garden', name: 'Garden' })
  const ada = bot.person('ada', { channel: '' })
  await ada.hands('/team import', upload(THREE))
  expect(selectsOf(ada.card)[0]?.options.map(({ label }) => label)).toEqual(['Orchard', 'Garden'])
  await ada.picks([String(orchard.id)])
  expect(ada.sees).toContain('Take 3 questions for Orchard?')
  expect(labelsOf(ada.card)).toEqual(['Take 3 questions', 'Cancel'])
})

it.each([
  ['a PDF', '%PDF-1.7', 'This is a PDF'],
  ['a picture', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 1, 2]), 'This is a picture'],
  ['nothing', '', 'This file is empty'],
  ['a letter', 'Dear all, see you on Monday.', 'No question was found in this file'],
])('says what a file is that has no questions: %s', async (_what, content, words) => {
  const bot = await startBot()
  await bot.team()
  const ada = bot.person('ada')
  await ada.hands('/team import', upload(content))
  expect(ada.sees).toContain(words)
  expect(labelsOf(ada.card)).toEqual([])
})

it('tells why nothing could be taken where every question is broken', async () => {
  const bot = await startBot()
  await bot.team()
  const ada = bot.person('ada')
  await ada.hands(
    '/team import',
    upload('What is it?\nA. One\nB. Two\nANSWER: D\n\nAnd what is this?\nA. One\nB. Two\nANSWER: E\n'),
  )
  expect(ada.sees).toContain('No question could be taken')
  expect(ada.sees).toMatch(/Line \d+: /)
  expect(labelsOf(ada.card)).toEqual([])
})

it('shows the first ten lines of what was left out, and all of them in a file', async () => {
  const bot = await startBot()
  await bot.team()
  const ada = bot.person('ada')
  const broken = Array.from({ length: 14 }, (_, i) => `Broken ${i}?\nA. One\nB. Two\nANSWER: D\n`).join('\n')
  await ada.hands('/team import', upload(`${THREE}\n${broken}`))
  expect(ada.sees.match(/^• Line \d+: /gm)).toHaveLength(10)
  expect(ada.sees).toContain('4 more in the file below')
  const [file] = ada.card.blocks.flatMap((block) => (block.kind === 'file' ? [block] : []))
  expect(new TextDecoder().decode(file?.content).match(/^Line \d+: /gm)).toHaveLength(14)
})

it('passes on what the platform says of a file that does not come', async () => {
  const bot = await startBot()
  await bot.team()
  const ada = bot.person('ada')
  const read = async () => {
    throw new UserError('Slack does not hand out this file: please send it again.')
  }
  await ada.hands('/team import', { name: 'a.txt', read })
  expect(ada.sees).toContain('Slack does not hand out this file')
  expect(bot.errors).toEqual([])
})

it('has neither the name nor the content of a file in the log', async () => {
  const bot = await startBot()
  await bot.team()
  const ada = bot.person('ada')
  await ada.hands('/team import', upload(THREE, 'secret-name.txt'))
  await ada.presses('Cancel')
  expect(ada.sees).toContain('Nothing was taken')
  expect(JSON.stringify(bot.log)).not.toMatch(/secret-name|number 1/)
})

const ownOf = (bot: Bot, team: { readonly id: number; readonly pack: string }) =>
  bot.deps.questions.about(team, []).filter(({ origin }) => origin.kind === 'team')

it('has what was taken among what the team is asked, labelled, with the name of its file', async () => {
  const bot = await startBot()
  const team = await bot.team()
  const ada = bot.person('ada')
  await ada.hands('/team import', upload(question(1)))
  expect(ownOf(bot, team)).toEqual([])
  await ada.presses('Take 1 question')
  expect(ada.sees).toContain('1 question taken')
  const [own] = ownOf(bot, team)
  expect(own).toMatchObject({
    ...{ kind: 'choice', stem: 'What is number 1?', pack: team.pack, concept: own?.id },
    origin: {
      kind: 'team',
      team: team.id,
      isImported: true,
      source: 'week-1.txt',
      writers: [],
      checkers: [],
    },
  })
  await expect(bot.store.question(own?.id ?? '', own?.version ?? '')).resolves.toMatchObject({
    stem: 'What is number 1?',
  })
})

it('says of no question out of a file that the team wrote it', async () => {
  const bot = await startBot()
  const team = await bot.team({ nextPostAt: Date.parse('2100-01-01T08:00Z') })
  const ada = bot.person('ada')
  await ada.hands('/team import', upload(question(1)))
  await ada.presses('Take 1 question')
  const [own] = ownOf(bot, team)
  await askedOn(bot, team, '2026-11-04', { question: own?.id ?? '', right: ['ann'] })
  await ada.says('/team questions')
  await ada.picks(['1'])
  expect(ada.sees).toContain('Imported from a file.')
  const all = [...bot.channel().slice(-2).map(plainCard), ada.sees]
  expect(all.filter((one) => one.includes('Written in this team'))).toEqual([])
  expect(all[1]).toContain('Imported from week-1.txt')
})

it('takes the questions once, whoever presses twice, and on two processes', async () => {
  const bot = await startBot()
  const team = await bot.team()
  const ada = bot.person('ada')
  await ada.hands('/team import', upload(THREE))
  const [take] = ada.card.blocks.flatMap((block) => (block.kind === 'buttons' ? block.buttons : []))
  const caller = {
    platform: 'test',
    workspace: 'w1',
    channel: 'study',
    user: 'ada',
    name: 'Ada',
    isAdmin: async () => true,
  }
  const press = { kind: 'press', caller, id: take?.id ?? '' } as const
  const replies = await Promise.all([bot.app.run(press), createApp(bot.deps).run(press), bot.app.run(press)])
  const titles = replies.map((reply) => (reply.kind === 'card' ? plainCard(reply.card) : ''))
  expect(titles.filter((title) => title.includes('3 questions taken'))).toHaveLength(1)
  expect(titles.filter((title) => title.includes('no longer kept'))).toHaveLength(2)
  expect(ownOf(bot, team)).toHaveLength(3)
})

it('takes a question once that stands in two files, when both are taken at the same moment', async () => {
  const bot = await startBot()
  const team = await bot.team()
  const people = [bot.person('ada'), bot.person('eve', { isAdmin: async () => true })]
  for (const [i, person] of people.entries())
    await person.hands('/team import', upload([question(1), question(i + 2)].join('\n')))
  await Promise.all(people.map((person) => person.presses('Take 2 questions')))
  expect(people.map(({ card }) => card.title).toSorted()).toEqual(['1 question taken', '2 questions taken'])
  expect(ownOf(bot, team)).toHaveLength(3)
})

it('takes nothing for whoever is no admin any more, nor for another member with the same button', async () => {
  const bot = await startBot()
  const team = await bot.team()
  const [ada, eve] = [bot.person('ada'), bot.person('eve', { isAdmin: async () => true })]
  await ada.hands('/team import', upload(THREE))
  await bot.person('ben').presses('Take 3 questions', ada.card)
  expect(ownOf(bot, team)).toEqual([])
  await eve.presses('Take 3 questions', ada.card)
  expect(eve.sees).toContain('no longer kept')
  expect(ownOf(bot, team)).toEqual([])
})

it('keeps what was found for a day, and no longer', async () => {
  const bot = await startBot({ now: '2026-11-02T07:00:00Z' })
  const team = await bot.team()
  const ada = bot.person('ada')
  await ada.hands('/team import', upload(THREE))
  bot.at('2026-11-03T07:00:01Z')
  await ada.presses('Take 3 questions')
  expect(ada.sees).toContain('send the file again')
  expect(ownOf(bot, team)).toEqual([])
})

it('leaves out what the team has already, and what stands in the file twice', async () => {
  const bot = await startBot()
  const team = await bot.team()
  const ada = bot.person('ada')
  await ada.hands('/team import', upload([question(1), question(1), question(2)].join('\n')))
  expect(ada.sees).toContain('Line 6: it is the same question as in line 1')
  await ada.presses('Take 2 questions')
  const shuffled = 'What is  NUMBER 1?\nA. Two\nB. One\nANSWER: A\n'
  await ada.hands('/team import', upload(shuffled))
  expect(ada.sees).toContain('Your team has them already')
  await ada.hands('/team import', upload([shuffled, question(3)].join('\n')))
  await ada.presses('Take 1 question')
  expect(ownOf(bot, team).map((one) => 'stem' in one && one.stem)).toEqual(
    [1, 2, 3].map((n) => `What is number ${n}?`),
  )
})

it('says which of them the team is not asked about', async () => {
  const bot = await startBot()
  await bot.team({ topics: ['apple'] })
  const ada = bot.person('ada')
  await ada.hands('/team import', upload(THREE))
  expect(ada.sees).toContain('3 questions of these are about none of them')
})

it('deletes what waits with whoever sent it, and hands it out with their data', async () => {
  const bot = await startBot()
  await bot.team()
  const ada = bot.person('ada')
  await ada.hands('/team import', upload(THREE))
  const [kept] = /(?<=import\.take~)[\w-]+/.exec(JSON.stringify(ada.card)) ?? []
  const who = { platform: 'test', workspace: 'w1', user: 'ada' }
  expect(await bot.store.keptImport(who, kept ?? '', bot.deps.clock())).toMatchObject({ name: 'week-1.txt' })
  expect(JSON.stringify((await bot.store.exportMember(who))?.head)).toContain('What is number 1?')
  await bot.store.forgetMember(who)
  expect(await bot.store.keptImport(who, kept ?? '', bot.deps.clock())).toBeUndefined()
})

it('brings back no form for a file that waits', async () => {
  const bot = await startBot()
  await bot.team()
  const ada = bot.person('ada')
  await ada.hands('/team import', upload(THREE))
  expect(
    await bot.store.latestFormDraft({ platform: 'test', workspace: 'w1', user: 'ada' }, bot.deps.clock()),
  ).toBeUndefined()
})

it('says of a file that was taken already what came of it, and not that nothing was taken', async () => {
  const bot = await startBot()
  await bot.team()
  const ada = bot.person('ada')
  await ada.hands('/team import', upload(THREE))
  const { card } = ada
  await ada.presses('Take 3 questions', card)
  for (const label of ['Take 3 questions', 'Cancel']) {
    await ada.presses(label, card)
    expect(ada.sees).toContain('they were taken, or left, or a day has passed. /team questions shows')
  }
  await ada.hands('/team import', upload(question(9)))
  await ada.presses('Cancel')
  expect(ada.card.title).toBe('Nothing was taken')
})
