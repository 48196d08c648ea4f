// @module-tag slow
/** A channel that several workspaces share: one team, and each person once, whichever workspace is theirs. */
import { beforeEach, describe, expect, it } from 'vitest'
import { createPerson, happens, labelsOf, readable } from '../../loopback/slack/people.js'
import {
  channel,
  HOME,
  type LoopbackSlack,
  type Person,
  type Posted,
  SECRET,
  startSlack,
  workspace,
} from '../../loopback/slack/server.js'
import { createInstalls } from '../../src/store/installs.js'
import { createTokenCipher } from '../../src/store/token-cipher.js'
import { startBot } from '../helpers/bot.js'
import { testDatabase } from '../helpers/database.js'
import { until } from '../helpers/until.js'
import { ADA, ANN, answerTo, BEN, type SlackBot, startSlackBot } from './slack-bot.js'

const SHARED = 'C0SHARED01'
const PLAIN = 'C0PLAIN001'
const SISTER = 'T0SISTER01'
const ORGANIZATION = 'E0LOOP0001'
const oauth = { clientId: '1.2', clientSecret: 'c', stateSecret: 's' }
const MODE = { kind: 'oauth', signingSecret: SECRET, oauth } as const
const DUE = '2026-11-02T08:00:00Z'
const CLOSED = '2026-11-02T20:00:00Z'

let server: LoopbackSlack
let here: SlackBot

/** Of the sister workspace; the other one knows them by the channel that they share. */
const ofSister = { team_id: SISTER, enterprise_user: { id: 'W1', teams: [SISTER] } }
const member = (id: string, more: object = {}) => ({ platform: 'slack', workspace: id, ...more })
const answersOf = (id: string, user: string) => here.bot.store.attempts(member(id, { user }) as never)

/** Ann is of the first workspace, Ben of its sister, and Ada an admin of the sister alone. */
async function start(tokens: (server: LoopbackSlack) => readonly [string, string][], organization?: string) {
  const people = (more: object): Person[] => [
    { ...ANN },
    { ...BEN, more },
    { ...ADA, more: { ...more, is_admin: !('team_id' in more) } },
  ]
  const members = [ANN.id, BEN.id, ADA.id]
  const shared = () => channel(SHARED, { members })
  const of = organization === undefined ? {} : { organization }
  server = await startSlack([
    { ...workspace(HOME, 'Loopback', people(ofSister), [shared()]), ...of },
    { ...workspace(SISTER, 'Sister', people({}), [shared(), channel(PLAIN)]), ...of },
  ])
  const bot = await startBot()
  const installs = createInstalls(
    (await testDatabase()).prisma,
    'slack',
    createTokenCipher('a key of sixteen or more'),
  )
  for (const [id, token] of tokens(server)) {
    await bot.store.openWorkspaces('slack', [id])
    await installs.save(
      { workspace: id, token, installer: '', scopes: server.state.scopes.split(',') },
      Date.now(),
    )
  }
  if (organization) for (const id of [HOME, SISTER]) await installs.join(id, organization)
  here = await startSlackBot({ server, bot, mode: MODE, installs })
}

const person = (one: Person, team: string, organization?: string) =>
  createPerson(server, here.deliver, one, team, { organization })

async function question(): Promise<Posted> {
  await here.team({ channel: SHARED })
  await here.bot.at(DUE).tick()
  return until(() => here.inChannel(SHARED).find((post) => labelsOf(post.blocks).includes('A')))
}

describe.each([
  ['of one organization', ORGANIZATION],
  ['of two companies, each with an install of its own', undefined],
])('a channel %s', (_what, organization) => {
  beforeEach(async () => {
    await start(
      (slack) =>
        organization === undefined
          ? [
              [HOME, slack.token(HOME)],
              [SISTER, slack.token(SISTER)],
            ]
          : [[organization, slack.tokenFor(organization)]],
      organization,
    )
    return () => server.stop()
  })

  it('has one team, in which somebody of the other workspace counts once', async () => {
    const posted = await question()
    const ben = person(BEN, SISTER, organization)
    expect(readable((await answerTo(ben, () => ben.presses(posted, 'A'))).blocks)).toMatch(
      /Right|Not this time/,
    )
    const again = await answerTo(ben, () => ben.presses(posted, 'B'))
    expect(readable(again.blocks)).toContain('You have answered this one')
    // The same person, as the first workspace tells of them.
    const there = person(BEN, HOME, organization)
    const third = await answerTo(there, () => there.presses(posted, 'C'))
    expect(readable(third.blocks)).toContain('You have answered this one')
    expect([(await answersOf(HOME, BEN.id)).length, (await answersOf(SISTER, BEN.id)).length]).toEqual([1, 0])
    const ann = person(ANN, HOME, organization)
    await answerTo(ann, () => ann.presses(posted, 'A'))
    await here.bot.at(CLOSED).tick()
    // On the board for both, and not taken for gone.
    for (const one of [ann, ben])
      expect(readable((await answerTo(one, () => one.types('/leaderboard', SHARED))).blocks)).toMatch(
        /(Ann|Ben)\*: [\s\S]*(Ann|Ben)\*: /,
      )
    expect(await here.bot.store.memberCount(1)).toBe(2)
  })

  it('says to an admin of the other workspace that a team lives there already', {
    tags: ['slow'],
  }, async () => {
    await here.team({ channel: SHARED })
    const [ada, ben] = [person(ADA, SISTER, organization), person(BEN, SISTER, organization)]
    const words = 'Orchard studies in this channel already, set up from another workspace'
    for (const line of ['/team setup', '/team move', '/team pause'])
      expect(readable((await answerTo(ada, () => ada.types(line, SHARED))).blocks)).toContain(words)
    expect(readable((await answerTo(ben, () => ben.types('/team setup', SHARED))).blocks)).toContain(
      'for admins',
    )
    // The same from another channel, where the setup picks this one.
    await ada.types('/team setup', PLAIN)
    const form = await until(() => ada.modals()[0])
    const { body } = await ada.submits(form, { channel: SHARED })
    expect(JSON.stringify(body)).toContain(words)
    expect(await here.bot.store.teams(member(SISTER) as never)).toEqual([])
    // Another channel is theirs.
    const saved = await answerTo(ada, () => ada.submits(form, { channel: PLAIN }))
    expect(readable(saved.blocks)).toContain('is set up')
  })

  it('gets no second welcome when the other workspace invites the bot, and goes with it', async () => {
    const team = await here.team({ channel: SHARED })
    const of = organization && {
      authorizations: [
        {
          enterprise_id: organization,
          team_id: SISTER,
          is_enterprise_install: true,
          user_id: 'U0BOT00001',
          is_bot: true,
        },
      ],
    }
    await happens(
      here.deliver,
      'member_joined_channel',
      { user: 'U0BOT00001', channel: SHARED },
      SISTER,
      of || {},
    )
    const ben = person(BEN, SISTER, organization)
    await answerTo(ben, () => ben.types('/explain apple', SHARED))
    await here.bot.tick()
    expect(here.inChannel(SHARED)).toEqual([])
    await happens(here.deliver, 'channel_archive', { channel: SHARED }, SISTER, of || {})
    await answerTo(ben, () => ben.types('/explain pear', PLAIN))
    // Another company may have closed it for itself alone.
    const isPaused = organization !== undefined
    await until(async () =>
      (await here.bot.store.team(team, team.id))?.paused === isPaused ? true : undefined,
    )
  })

  it('still takes answers to a question of a team that has moved away, and takes a team of the other workspace', {
    tags: ['slow'],
  }, async () => {
    const posted = await question()
    await here.bot.store.moveTeam({
      ...{ id: 1, platform: 'slack', workspace: HOME, channel: 'C0ELSE0001', admin: ADA.id },
      nextPostAt: 0,
    })
    const [ada, ben] = [person(ADA, SISTER, organization), person(BEN, SISTER, organization)]
    await answerTo(ben, () => ben.presses(posted, 'A'))
    expect([(await answersOf(HOME, BEN.id)).length, (await answersOf(SISTER, BEN.id)).length]).toEqual([1, 0])
    await ada.types('/team setup', PLAIN)
    const form = await until(() => ada.modals()[0])
    const saved = await answerTo(ada, () => ada.submits(form, { channel: SHARED }))
    expect(readable(saved.blocks)).toContain('is set up')
  })

  it('is answered by direct message, too', { tags: ['slow'] }, async () => {
    const posted = await question()
    const ben = person(BEN, SISTER, organization)
    await answerTo(ben, () => ben.presses(posted, 'A'))
    await here.bot.store.askDirectly(member(HOME, { user: BEN.id }) as never, true)
    await here.bot.at(CLOSED).tick()
    const direct = () =>
      server.posts.findLast((post) => post.channel === BEN.id && labelsOf(post.blocks).includes('A'))
    for (let day = 3; day < 10 && !direct(); day++) await here.bot.at(`2026-11-0${day}T08:00:00Z`).tick()
    const asked = direct()
    if (!asked) throw new Error('no question came')
    const before = (await answersOf(HOME, BEN.id)).length
    await ben.presses(asked, 'A')
    await until(async () => ((await answersOf(HOME, BEN.id)).length > before ? true : undefined))
    expect(await answersOf(SISTER, BEN.id)).toEqual([])
  })
})
