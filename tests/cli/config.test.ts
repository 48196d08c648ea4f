import { expect, it } from 'vitest'
import { readConfig } from '../../src/config.js'

const read = (env: Readonly<Record<string, string>>) => readConfig(env, '/nowhere')

it.each(['SLACK_API_URL', 'DISCORD_API_URL'])('a password in the address of %s is refused, and not repeated', (name) => {
  for (const address of [
    'https://u:hunter2@proxy.example/',
    'http://hunter2@proxy.example',
    'https://:hunter2@h/api',
    'https:/u:hunter2@h/',
    'http:\\\\u:hunter2@h/',
  ]) {
    const refused = () => read({ [name]: address })
    expect(refused, address).toThrow(new RegExp(`^${name} should be an `))
    expect(refused).not.toThrow(/hunter2/)
  }
  for (const address of ['https://proxy.example/api/', 'http://127.0.0.1:9/a@b', 'https://h/?q=a@b', 'https://h#a@b'])
    expect(read({ [name]: address })).toMatchObject({ [name]: address })
})

it('a short secret of the state is refused, and not repeated', () => {
  expect(() => read({ SLACK_STATE_SECRET: 'fifteen-letters' })).toThrow(/^SLACK_STATE_SECRET should have at least 16 characters$/)
  expect(read({ SLACK_STATE_SECRET: 'sixteen-letters-' }).SLACK_STATE_SECRET).toBe('sixteen-letters-')
})
