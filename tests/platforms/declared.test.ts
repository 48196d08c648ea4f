/** What a platform has to know of a command is read from its declaration. */
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { commands } from '../../src/bot/commands/index.js'
import { readFile, readWords } from '../../src/bot/commands/words.js'
import { adminWords, command } from '../../src/bot/ui/command.js'
import { authoringIds } from '../../src/bot/ui/ids.js'
import { EXPLAIN_THIS, QUESTION_OF_THIS } from '../../src/bot/ui/message.js'
import { commandBodies } from '../../src/platforms/discord/register.js'
import { manifest } from '../../src/platforms/slack/manifest.js'

const run = async () => ({ blocks: [] })
const made = [
  command({ name: 'near', summary: 'Near', options: {}, run }),
  command({ name: 'far', summary: 'Far', inDirectMessages: true, options: {}, run }),
  command({ name: 'crew join', summary: 'Join', group: 'What a crew does', options: {}, run }),
  command({ name: 'crew leave', summary: 'Leave', group: 'What a crew does', options: {}, run }),
]
const FILE = { name: 'questions.csv', read: async () => new Uint8Array() }
const IN_CHANNELS = 0
const IN_DIRECT_MESSAGES = 1
const BETWEEN_PEOPLE = 2
const ON_SERVERS = 0
const FOR_ONESELF = 1

describe('a command', () => {
  it('is offered in direct messages where it says so', () => {
    const bodies = Object.fromEntries(
      commandBodies(made).map((one) => [one.name, [one.contexts, one.integration_types]]),
    )
    const anywhere = [
      [IN_CHANNELS, IN_DIRECT_MESSAGES, BETWEEN_PEOPLE],
      [ON_SERVERS, FOR_ONESELF],
    ]
    expect(bodies).toEqual({
      near: [[IN_CHANNELS], [ON_SERVERS]],
      far: anywhere,
      crew: [[IN_CHANNELS], [ON_SERVERS]],
      'Explain this': anywhere,
      'Make a question of this': [[IN_CHANNELS], [ON_SERVERS]],
    })
  })

  it('of a group has the words of the group on every platform', () => {
    expect(commandBodies(made).find((one) => one.name === 'crew')).toMatchObject({
      description: 'What a crew does',
    })
    const { slash_commands } = manifest(made).features
    expect(slash_commands.find((one) => one.command === '/crew')?.description).toBe('What a crew does')
  })

  it('that is alike for anybody can be given in a direct message', () => {
    const alike = commands.filter((one) => one.forAnybody)
    expect(alike.map((one) => one.name)).toEqual(['help'])
    expect(alike.every((one) => one.inDirectMessages)).toBe(true)
  })
})

describe('a folder of a platform', () => {
  const names = commands.flatMap(({ name }) => [name, name.split(' ')[0] ?? name])
  // Words for people may name a command, such as "Choose another one with /team setup."
  const named = new RegExp(`(['"\`])/?(?:${[...names, EXPLAIN_THIS, QUESTION_OF_THIS].join('|')})\\1`)
  /** The page of the web chat takes only types of the bot; the web chat's one channel is called study. */
  const OTHERWISE = [
    `text: '/${readFile(FILE).name}'`,
    `['${authoringIds.ofMessage.name}', '${QUESTION_OF_THIS}']`,
    "export const CHANNEL = 'study'",
  ]

  it('names no command', () => {
    const root = 'src/platforms'
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
    const texts = files
      .filter((file) => file.endsWith('.ts'))
      .map(
        (file) => [file, readFileSync(path.join(root, file), 'utf8').replace(/\/\*.*?\*\//gs, '')] as const,
      )
    const rest = texts.map(([file, text]) => [
      file,
      OTHERWISE.reduce((left, one) => left.replace(one, ''), text),
    ])
    expect(rest.flatMap(([file, text = '']) => (named.test(text) ? [file] : []))).toEqual([])
    expect(OTHERWISE.filter((one) => !texts.some(([, text]) => text.includes(one)))).toEqual([])
  })

  it('finds out from the commands which are for admins', () => {
    expect(adminWords(commands)).toEqual(['team'])
    expect(adminWords(made)).toEqual([])
  })
})

describe('plain words', () => {
  it.each([
    ['canary', 'explain', { query: 'canary' }],
    [' /explain  canary ', 'explain', { query: 'canary' }],
    ['', 'help', {}],
  ])('%j ask for /%s', (words, name, input) => {
    expect(readWords(words)).toEqual({ name, input })
  })

  it('that a file stands for are those of a command that takes a file', () => {
    const { name, input } = readFile(FILE)
    const options = commands.find((one) => one.name === name)?.options ?? {}
    expect(Object.keys(input).map((option) => options[option]?.type)).toEqual(['file'])
  })

  it('are cut to what a look-up takes', () => {
    const query = commands.find((one) => one.name === 'explain')?.options.query
    expect(query).toMatchObject({ max: String(readWords('x'.repeat(999)).input.query).length })
  })
})
