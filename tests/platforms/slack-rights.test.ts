/** Who may set teams up in Slack, and that nobody without rights uses up what it takes to ask. */
import { beforeEach, describe, expect, it } from 'vitest'
import { createPerson, labelsOf, readable } from '../../loopback/slack/people.js'
import { channel, HOME, SECRET, startSlack, workspace } from '../../loopback/slack/server.js'
import { until } from '../helpers/until.js'
import { ADA, ANN, answerTo, BEN, oneWorkspace, type SlackBot, STUDY, startSlackBot } from './slack-bot.js'

let here: SlackBot
beforeEach(async () => {
  here = await startSlackBot()
})

const infos = () => here.server.calls.filter((call) => call === 'users.info').length
const personOf = (id: string) => {
  const found = here.server.place(HOME)?.people.find((p) => p.id === id)
  if (!found) throw new Error('there is no such person')
  return found
}
const refused = async (line = '/team pause') =>
  readable((await answerTo(here.ann, () => here.ann.types(line))).blocks)

describe('what only members do', () => {
  it('130 times /cohort and /study status ask Slack once who they are, and an admin is served at once', {
    tags: ['slow'],
  }, async () => {
    await here.team()
    for (let i = 0; i < 65; i++) {
      await answerTo(here.ann, () => here.ann.types('/cohort'))
      await answerTo(here.ann, () => here.ann.types('/study status'))
    }
    expect(infos()).toBe(1)
    await here.ada.types('/team setup')
    expect(await until(() => here.ada.modals()[0])).toBeDefined()
    expect(here.server.state.limited).toBe(0)
  })

  it('130 times an admin’s command ask Slack once who they are', { tags: ['slow'] }, async () => {
    await here.team()
    expect(await refused()).toContain('for admins')
    for (let i = 0; i < 129; i++) await refused()
    expect(infos()).toBe(1)
  })

  it('at the same moment ask Slack once', { tags: ['slow'] }, async () => {
    await here.team()
    await Promise.all(Array.from({ length: 20 }, () => here.ann.types('/team pause')))
    await until(() => here.ann.told()[19])
    expect(infos()).toBe(1)
  })

  it('by 130 new members leaves enough over to ask who is an admin', { tags: ['slow'] }, async () => {
    const people = Array.from({ length: 130 }, (_, i) => ({
      id: `U0NEW${String(i).padStart(5, '0')}`,
      name: `New ${i}`,
    }))
    const server = await startSlack([workspace(HOME, 'Loopback', [...people, { ...ADA }], [channel(STUDY)])])
    const there = await startSlackBot({ server })
    await there.team()
    for (const person of people.map((one) => createPerson(server, there.deliver, one)))
      await answerTo(person, () => person.types('/cohort'))
    expect(server.state.limited).toBe(0)
    await there.ada.types('/team setup')
    expect(await until(() => there.ada.modals()[0])).toBeDefined()
    server.stop()
  })

  it('is believed for a minute: who was made an admin is one after it', async () => {
    await here.team()
    expect(await refused()).toContain('for admins')
    personOf(ANN.id).admin = true
    expect(await refused()).toContain('for admins')
    here.late.ms += 61_000
    expect(await refused()).toContain('Nothing is posted until')
  })

  it('shows the list with what is for admins to admins alone', async () => {
    const list = async (person: typeof here.ann) =>
      readable((await answerTo(person, () => person.types('/cohort'))).blocks)
    expect(await list(here.ada)).toMatch(/For admins[\s\S]*\/team setup/)
    expect(await list(here.ann)).not.toContain('/team')
  })
})

describe('what everybody shares', () => {
  const calls = (method: string) => here.server.calls.filter((call) => call.startsWith(method)).length

  it('is left over by somebody who opens Home again and again', { tags: ['slow'] }, async () => {
    for (let i = 0; i < 60; i++) await here.ann.opensHome()
    await here.ben.opensHome()
    await until(() => here.server.homes.get(`${HOME} ${BEN.id}`))
    expect(calls('views.publish')).toBeLessThanOrEqual(11)
    here.late.ms += 61_000
    await here.ann.opensHome()
    await until(() => calls('views.publish') > 10 || undefined)
  })

  it('is left over by somebody who wants their data again and again', async () => {
    await here.team()
    await here.bot.at('2026-11-02T08:00:00Z').tick()
    const [question] = here.inChannel()
    if (!question) throw new Error('nothing was posted')
    await answerTo(here.ann, () => here.ann.presses(question, 'A'))
    for (let i = 0; i < 6; i++) await answerTo(here.ann, () => here.ann.types('/study export'))
    await until(() =>
      here.ann.told().find((post) => readable(post.blocks).includes('You had it a moment ago')),
    )
    await here.slack.settled()
    expect(calls('files.getUploadURLExternal')).toBe(3)
  })

  it('is left over by counts of answers for the close of a round', { tags: ['slow'] }, async () => {
    await here.team()
    await here.bot.at('2026-11-02T08:00:00Z').tick()
    const [question] = here.inChannel()
    for (let i = 0; i < 60; i++) {
      here.bot.deps.countsToRedraw.add(1)
      await here.bot.at('2026-11-02T08:01:00Z').tick()
    }
    expect(calls('chat.update')).toBe(30)
    await here.bot.at('2026-11-02T20:05:00Z').tick()
    expect(readable(question?.blocks)).toContain('Closed')
  })

  it('is left over by mentions for the question of the day: further answers are for the asker alone', {
    tags: ['slow'],
  }, async () => {
    for (let i = 0; i < 15; i++) await here.ann.mentions('what is an apple?')
    await until(() => here.inChannel().length + here.ann.told().length >= 15 || undefined)
    expect([here.inChannel().length, here.ann.told().length]).toEqual([10, 5])
  })
})

describe('when Slack wants a wait', () => {
  it('an admin is told soon, not after half a minute', async () => {
    await here.team()
    here.server.faults.push({ method: 'users.info', status: 429, retryAfter: 30 })
    const began = performance.now()
    expect(await refused()).not.toContain('for admins')
    expect(performance.now() - began).toBeLessThan(2500)
  })
})

describe('in charge', () => {
  const allowed = 'Nothing is posted until'
  const forAdmins = 'for admins'
  const organization = { id: 'W0ANN00001', enterprise_id: 'E0LOOP0001', teams: [HOME] }

  it.each<[string, object, string]>([
    ['an admin', { is_admin: true }, allowed],
    ['an owner', { is_owner: true }, allowed],
    ['the primary owner', { is_primary_owner: true }, allowed],
    ['an admin of the organization', { enterprise_user: { ...organization, is_admin: true } }, allowed],
    ['an owner of the organization', { enterprise_user: { ...organization, is_owner: true } }, allowed],
    [
      'an admin whose own workspace in the organization is another',
      { is_admin: true, team_id: 'T0SISTER01', enterprise_user: organization },
      allowed,
    ],
    ['a member', {}, forAdmins],
    ['a member of the organization', { enterprise_user: organization }, forAdmins],
    ['a deactivated admin', { is_admin: true, deleted: true }, forAdmins],
    ['a guest of several channels', { is_admin: true, is_restricted: true }, forAdmins],
    ['a guest of one channel', { is_admin: true, is_restricted: true, is_ultra_restricted: true }, forAdmins],
    ['a stranger', { is_admin: true, is_stranger: true }, forAdmins],
    ['a bot', { is_admin: true, is_bot: true }, forAdmins],
    ['an admin of another company in a shared channel', { is_admin: true, team_id: 'T0OTHER001' }, forAdmins],
    [
      'an owner of another organization in a shared channel',
      { team_id: 'T0OTHER001', enterprise_user: { ...organization, teams: ['T0OTHER001'], is_owner: true } },
      forAdmins,
    ],
  ])('%s', async (_who, more, words) => {
    await here.team()
    personOf(ANN.id).more = more
    expect(await refused()).toContain(words)
  })

  it('is asked again each time: rights may have been taken away', async () => {
    await here.team()
    expect(labelsOf((await answerTo(here.ada, () => here.ada.types('/team status'))).blocks)).toContain(
      'Pause',
    )
    personOf(ADA.id).admin = false
    const answer = await answerTo(here.ada, () => here.ada.types('/team pause'))
    expect(readable(answer.blocks)).toContain(forAdmins)
  })
})

describe('whom SLACK_ADMINS names', () => {
  it.each<[string, object, string]>([
    ['may run the team', {}, 'Nothing is posted until'],
    ['may not once they are a guest', { is_restricted: true }, 'for admins'],
    ['may not once they are deactivated', { deleted: true }, 'for admins'],
    ['may not when they are of another workspace', { team_id: 'T0OTHER001' }, 'for admins'],
  ])('%s', async (_what, more, words) => {
    const there = await startSlackBot({ admins: ['U0NOBODY01', BEN.id] })
    await there.team()
    Object.assign(there.server.place(HOME)?.people.find((p) => p.id === BEN.id) ?? {}, { more })
    expect(readable((await answerTo(there.ben, () => there.ben.types('/team pause'))).blocks)).toContain(
      words,
    )
  })
})

describe('whoever installed the app', () => {
  const oauth = {
    kind: 'oauth',
    signingSecret: SECRET,
    oauth: { clientId: '1.2', clientSecret: 'c', stateSecret: 's' },
  } as const

  it.each<[string, object, string]>([
    ['may set teams up', {}, 'Nothing is posted until'],
    ['may not once they are a guest', { is_restricted: true }, 'for admins'],
    ['may not once they are a guest of one channel', { is_ultra_restricted: true }, 'for admins'],
    ['may not once they are deactivated', { deleted: true }, 'for admins'],
    ['may not when they are of another workspace', { team_id: 'T0OTHER001' }, 'for admins'],
    ['may not when they are a stranger', { is_stranger: true }, 'for admins'],
  ])('%s', async (_what, more, words) => {
    const server = await startSlack(oneWorkspace())
    const install = { workspace: HOME, token: server.token(), installer: BEN.id, scopes: [] }
    const there = await startSlackBot({
      server,
      mode: oauth,
      installs: {
        find: async () => install,
        save: async () => {},
        learn: async () => {},
        join: async () => {},
        lacking: async () => [],
      },
    })
    await there.team()
    Object.assign(server.place(HOME)?.people.find((p) => p.id === BEN.id) ?? {}, { more })
    expect(readable((await answerTo(there.ben, () => there.ben.types('/team pause'))).blocks)).toContain(
      words,
    )
    server.stop()
  })
})
