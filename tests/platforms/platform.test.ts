/** The list of platforms that the start goes through. Their shape is `Platform`, which the compiler holds. */
import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { readConfig } from '../../src/config.js'
import { PLATFORMS } from '../../src/server/platforms.js'

const onWith = (env: Readonly<Record<string, string>>) =>
  PLATFORMS.filter((one) => one.isOn(readConfig(env, '/nowhere/.env')))

it('has one for each folder, and none twice', () => {
  const folders = readdirSync('src/platforms', { withFileTypes: true }).filter((one) => one.isDirectory())
  const loads = /import\('\.\.\/platforms\/([^/]+)\/index\.js'\)/g
  const loaded = [...readFileSync('src/server/platforms.ts', 'utf8').matchAll(loads)].map(([, name]) => name)
  expect(loaded.sort()).toEqual(folders.map(({ name }) => name).sort())
  expect(new Set(PLATFORMS.map(({ label }) => label)).size).toBe(folders.length)
  expect(PLATFORMS).toHaveLength(folders.length)
})

it('turns on what is set, and the web chat when nothing is', () => {
  const discord = { DISCORD_TOKEN: 'x.y.z' }
  const slack = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' }
  const labels = [{}, discord, slack, { ...slack, ...discord }].map((env) =>
    onWith(env).map((one) => one.label),
  )
  expect(labels).toEqual([['Local web chat'], ['Discord'], ['Slack'], ['Slack', 'Discord']])
})

it('opens the web chat to this machine alone', () => {
  expect(() => onWith({ HOST: '0.0.0.0' })).toThrow(/HOST is 0\.0\.0\.0, but the local web chat has no login/)
})
