// @module-tag slow
/** Who is no longer in a Slack workspace, one's own page, and help as Slack has it typed. */
import { beforeEach, describe, expect, it } from 'vitest'
import { labelsOf, readable } from '../../loopback/slack/people.js'
import { HOME, type Posted } from '../../loopback/slack/server.js'
import { until } from '../helpers/until.js'
import { ADA, ANN, answerTo, BEN, PRIVATE, type SlackBot, STUDY, startSlackBot } from './slack-bot.js'

let here: SlackBot
beforeEach(async () => {
  here = await startSlackBot()
})

/** A question that Ann and Ben have answered, and that is closed. */
async function answered(): Promise<void> {
  await here.team()
  await here.bot.at('2026-11-02T08:00:00Z').tick()
  const question = here.inChannel()[0] as Posted
  for (const person of [here.ann, here.ben])
    await answerTo(person, () => person.presses(question, labelsOf(question.blocks)[0] ?? ''))
  await here.bot.at('2026-11-02T20:30:00Z').tick()
}

const board = async () => readable((await answerTo(here.ben, () => here.ben.types('/leaderboard'))).blocks)
const personOf = (id: string) => here.server.place(HOME)?.people.find((one) => one.id === id)

describe('whoever is no longer in the workspace', () => {
  it.each([
    ['deactivated', { deleted: true }],
    ['of another company, and in no channel any more', { is_stranger: true, team_id: 'T0OTHER001' }],
    [
      'moved within the organization',
      { team_id: 'T0OTHER001', enterprise_user: { id: 'W1', teams: ['T0OTHER001'] } },
    ],
  ])('is not on a board: %s', async (_what, more) => {
    await answered()
    Object.assign(personOf(ANN.id) ?? {}, { more })
    // Whoever goes is taken out of its channels, too.
    const study = here.server.place(HOME)?.channels.find(({ id }) => id === STUDY)
    Object.assign(study ?? {}, { members: [BEN.id, ADA.id] })
    here.late.ms += 61_000
    expect(await board()).not.toContain('Ann')
    expect(await board()).toContain('Ben')
  })

  it.each([
    ['a guest', { is_restricted: true }],
    ['of another company, in a shared channel', { team_id: 'T0OTHER001' }],
    [
      'of another workspace of the organization, in a channel that both share',
      { team_id: 'T0OTHER001', enterprise_user: { id: 'W1', teams: ['T0OTHER001'] } },
    ],
    [
      'in several workspaces of the organization',
      { team_id: 'T0OTHER001', enterprise_user: { id: 'W1', teams: ['T0OTHER001', HOME] } },
    ],
  ])('is not taken for gone: %s', async (_what, more) => {
    await answered()
    Object.assign(personOf(ANN.id) ?? {}, { more })
    expect(await board()).toContain('Ann')
  })

  it('is on boards while Slack does not say', { tags: ['slow'] }, async () => {
    await answered()
    Object.assign(personOf(ANN.id) ?? {}, { more: { deleted: true } })
    here.server.faults.push(...Array.from({ length: 20 }, () => ({ method: 'users.info', status: 500 })))
    expect(await board()).toContain('Ann')
  })
})

describe('whoever is no longer in a private channel', () => {
  const place = () => here.server.place(HOME)?.channels.find(({ id }) => id === PRIVATE)

  /** A question in the private channel that Ann and Gus have answered, and that is closed. */
  async function answeredThere(): Promise<void> {
    await here.team({ channel: PRIVATE })
    await here.bot.at('2026-11-02T08:00:00Z').tick()
    const question = here.inChannel(PRIVATE)[0] as Posted
    for (const person of [here.ann, here.gus])
      await answerTo(person, () => person.presses(question, labelsOf(question.blocks)[0] ?? ''))
    await here.bot.at('2026-11-02T20:30:00Z').tick()
    here.late.ms += 61_000
  }
  const boardThere = async (person = here.ann) =>
    readable((await answerTo(person, () => person.types('/leaderboard', PRIVATE))).blocks)

  it('is not on its board from the next look on, and asked for once a day', async () => {
    await answeredThere()
    Object.assign(place() ?? {}, { members: [ANN.id, ADA.id] })
    expect(await boardThere()).not.toContain('Gus')
    const asked = () => here.server.calls.filter((call) => call.startsWith('conversations.members')).length
    const before = asked()
    here.late.ms += 61_000
    expect(await boardThere()).toContain('Ann')
    expect(asked()).toBe(before)
  })

  it('is left alone where Cohort itself is not in the channel any more, or Slack does not say', async () => {
    await answeredThere()
    Object.assign(place() ?? {}, { members: [ANN.id, ADA.id], member: false })
    expect(await boardThere()).toContain('Gus')
    await here.bot.at('2026-11-04T20:30:00Z').tick()
    Object.assign(place() ?? {}, { member: true })
    here.late.ms += 61_000
    here.server.state.chaos = (method) =>
      method === 'conversations.members' ? { method, status: 500 } : undefined
    expect(await boardThere()).toContain('Gus')
  })
})

describe('one’s own page', () => {
  it('is the answer to /study status, as on Home', async () => {
    await answered()
    const page = readable((await answerTo(here.ann, () => here.ann.types('/study status'))).blocks)
    expect(page).toContain('Your study')
    for (const part of ['Streak', 'This week', 'Next question']) expect(page).toContain(part)
    await here.ann.opensHome()
    await until(() => here.server.homes.has(`${HOME} ${ANN.id}`))
    for (const part of ['Streak', 'This week', 'Next question'])
      expect(readable(here.ann.home())).toContain(part)
  })
})

describe('/cohort', () => {
  it('lists commands as Slack has them typed, those of admins for admins alone', async () => {
    const help = readable((await answerTo(here.ann, () => here.ann.types('/cohort'))).blocks)
    expect(help).toContain('*/study status*')
    expect(help).toContain('*/cohort*')
    expect(help).not.toMatch(/\/help|\/team/)
    const all = readable((await answerTo(here.ada, () => here.ada.types('/cohort'))).blocks)
    expect(all).toContain('*/team members*')
    expect(BEN.admin).toBeUndefined()
  })
})
