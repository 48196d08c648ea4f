/** What a platform has to know of a command is read from its declaration. */
import { describe, expect, it } from 'vitest'
import { commands } from '../../src/bot/commands/index.js'
import { readWords } from '../../src/bot/commands/words.js'
import { command } from '../../src/bot/ui/command.js'
import { commandBodies } from '../../src/platforms/discord/register.js'
import { manifest } from '../../src/platforms/slack/manifest.js'

const run = async () => ({ blocks: [] })
const made = [
  command({ name: 'near', summary: 'Near', options: {}, run }),
  command({ name: 'far', summary: 'Far', inDirectMessages: true, options: {}, run }),
  command({ name: 'crew join', summary: 'Join', group: 'What a crew does', options: {}, run }),
  command({ name: 'crew leave', summary: 'Leave', group: 'What a crew does', options: {}, run }),
]
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

describe('plain words', () => {
  it.each([
    ['canary', 'explain', { query: 'canary' }],
    [' /explain  canary ', 'explain', { query: 'canary' }],
    ['', 'help', {}],
  ])('%j ask for /%s', (words, name, input) => {
    expect(readWords(words)).toEqual({ name, input })
  })

  it('are cut to what a look-up takes', () => {
    const query = commands.find((one) => one.name === 'explain')?.options.query
    expect(query).toMatchObject({ max: String(readWords('x'.repeat(999)).input.query).length })
  })
})
