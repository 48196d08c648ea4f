import { describe, expect, it } from 'vitest'
import { type SlackSettings, slackMode } from '../../src/platforms/slack/mode.js'

const BOT = { SLACK_BOT_TOKEN: 'xoxb-1' }
const APP = { SLACK_APP_TOKEN: 'xapp-1' }
const SIGNING = { SLACK_SIGNING_SECRET: 's' }
const OAUTH = { SLACK_CLIENT_ID: 'i', SLACK_CLIENT_SECRET: 'c', SLACK_STATE_SECRET: 't' }
const KEY = { COHORT_SECRET_KEY: 'a key of sixteen or more' }

describe('the way Slack is connected', () => {
  it.each<[SlackSettings, string | undefined]>([
    [{}, undefined],
    [KEY, undefined],
    [{ ...BOT, ...APP }, 'socket'],
    [{ ...BOT, ...SIGNING }, 'http'],
    [{ ...OAUTH, ...SIGNING, ...KEY }, 'oauth'],
  ])('%j is %s', (set, kind) => {
    expect(slackMode(set)?.kind).toBe(kind)
  })

  it.each<[SlackSettings, string]>([
    [
      BOT,
      'SLACK_BOT_TOKEN is set, but neither SLACK_APP_TOKEN (for Socket Mode) nor SLACK_SIGNING_SECRET (for HTTP): set one of them',
    ],
    [APP, 'SLACK_BOT_TOKEN is missing: SLACK_APP_TOKEN is set, which needs it'],
    [SIGNING, 'SLACK_BOT_TOKEN is missing: SLACK_SIGNING_SECRET is set, which needs it'],
    [
      { ...BOT, ...APP, ...SIGNING },
      'SLACK_APP_TOKEN is for Socket Mode, SLACK_SIGNING_SECRET for HTTP: unset one of them',
    ],
    [
      { ...BOT, ...OAUTH, ...SIGNING, ...KEY },
      'SLACK_BOT_TOKEN is for one workspace, SLACK_CLIENT_ID for many: unset one of them',
    ],
    [{ SLACK_CLIENT_ID: 'i' }, 'SLACK_CLIENT_SECRET is missing: SLACK_CLIENT_ID is set, which needs it'],
    [{ SLACK_STATE_SECRET: 't' }, 'SLACK_CLIENT_ID is missing: SLACK_STATE_SECRET is set, which needs it'],
    [{ ...OAUTH, ...KEY }, 'SLACK_SIGNING_SECRET is missing: SLACK_CLIENT_ID is set, which needs it'],
    [
      { ...OAUTH, ...SIGNING },
      'COHORT_SECRET_KEY is missing: SLACK_CLIENT_ID is set, which needs it (it encrypts the tokens of the workspaces)',
    ],
  ])('%j stops the start', (set, line) => {
    expect(() => slackMode(set)).toThrow(line)
  })
})
