/** A file of questions, handed in where people are on Slack. */
import { beforeAll, expect, it } from 'vitest'
import { labelsOf, readable } from '../../loopback/slack/people.js'
import { until } from '../helpers/until.js'
import { answerTo, type SlackBot, startSlackBot } from './slack-bot.js'

const question = (n: number) => `What is number ${n}?\nA. One\nB. Two\nANSWER: B\n`
const questions = (...numbers: readonly number[]) => numbers.map(question).join('\n')

let slack: SlackBot
let team: Awaited<ReturnType<SlackBot['team']>>
beforeAll(async () => {
  slack = await startSlackBot()
  team = await slack.team({ topics: [] })
})
const own = () =>
  slack.bot.deps.questions.about(team, []).filter(({ origin }) => origin.kind === 'team').length
const fetched = () => slack.server.calls.filter((call) => call === 'file').length

it('takes a file by a form: fetched with the token, told of, and taken', async () => {
  const { ada } = slack
  await ada.types('/team import')
  const form = await until(() => ada.modals().at(-1))
  const file = ada.uploads('week 1.txt', questions(1, 2, 3))
  const found = await answerTo(ada, () => ada.submits(form, { file }))
  expect(readable(found.blocks)).toContain('3 questions in week 1.txt')
  expect(labelsOf(found.blocks)).toEqual(['Take 3 questions', 'Cancel'])
  expect([own(), fetched()]).toEqual([0, 1])
  await ada.presses(found, 'Take 3 questions')
  await until(() => own() === 3)
})

it('says that a file is being read when that takes a while', { tags: ['slow'] }, async () => {
  const { ada, server } = slack
  await ada.types('/team import')
  const form = await until(() => ada.modals().at(-1))
  for (let i = 0; i < 2; i++) server.faults.push({ method: 'files.info', hang: true })
  const file = ada.uploads('week-2.txt', questions(4))
  const reading = await answerTo(ada, () => ada.submits(form, { file }))
  expect(readable(reading.blocks)).toContain('week-2.txt is being read')
  const at = ada.told().indexOf(reading)
  expect(readable((await until(() => ada.told()[at + 1])).blocks)).toContain('1 question in week-2.txt')
})

it('reads what admins share with it in its direct messages, and fetches nothing of others', async () => {
  const { ada, ann } = slack
  const before = fetched()
  const refused = await answerTo(ann, () => ann.shares([ann.uploads('week-3.txt', questions(5))]))
  expect(readable(refused.blocks)).toContain('is for admins and owners')
  expect(fetched()).toBe(before)
  const found = await answerTo(ada, () => ada.shares([ada.uploads('week-3.txt', questions(5, 6))]))
  expect(readable(found.blocks)).toContain('2 questions in week-3.txt')
  await ada.presses(found, 'Take 2 questions')
  await until(() => own() === 5)
})

it('answers a question that comes with a picture', async () => {
  const { ann } = slack
  const answer = await answerTo(ann, () => ann.shares([ann.uploads('a.png', 'x')], 'what is an apple?'))
  expect(readable(answer.blocks)).toContain('Apple')
})

it.each(['https://docs.google.com/a.csv', 'https://slack.com.evil.example/a', 'http://127.0.0.1:1/a'])(
  'hands its token to nobody else: %s',
  async (url) => {
    const { ada } = slack
    const file = ada.uploads('a.csv', 'x', { url_private: url, url_private_download: url })
    const told = await answerTo(ada, () => ada.shares([file]))
    expect(readable(told.blocks)).toContain('Slack keeps this file at another place')
  },
)

it.each([
  ['refuses the token', 'it may be deleted', 1, { status: 403 }],
  ['fails for good', 'did not hand out the file in time', 3, { status: 500 }],
  ['asks for a long wait', 'asks to wait a moment', 1, { status: 429, retryAfter: 60 }],
])('says what to do when Slack %s', async (_how, words, times, fault) => {
  const { ada, server, bot } = slack
  for (let i = 0; i < times; i++) server.faults.push({ method: 'file', ...fault })
  const told = await answerTo(ada, () => ada.shares([ada.uploads('a.txt', questions(9))]))
  expect(readable(told.blocks)).toContain(words)
  expect(bot.errors).toEqual([])
  expect(JSON.stringify(bot.log)).not.toContain(server.token())
})

it('tells of a file that is gone, and of a permission that the app lacks', async () => {
  const { ada, server } = slack
  const file = ada.uploads('a.txt', questions(9))
  server.files.delete(file.id)
  expect(readable((await answerTo(ada, () => ada.shares([file]))).blocks)).toContain(
    'no longer has this file',
  )
  const scopes = server.state.scopes
  server.state.scopes = scopes
    .split(',')
    .filter((scope) => scope !== 'files:read')
    .join(',')
  const told = await answerTo(ada, () => ada.shares([ada.uploads('a.txt', questions(9))]))
  expect(readable(told.blocks)).toContain('lacks a permission in this workspace')
  server.state.scopes = scopes
})
