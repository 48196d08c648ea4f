// @module-tag slow
/**
 * What becomes of workspaces that installed the app before it asked for all that it asks for now, and of
 * organizations.
 */
import { beforeEach, describe, expect, it } from 'vitest'
import { createPerson, happens, labelsOf, ofOrganization, readable } from '../../loopback/slack/people.js'
import {
  channel,
  HOME,
  type LoopbackSlack,
  SECRET,
  startSlack,
  workspace,
} from '../../loopback/slack/server.js'
import { createInstalls } from '../../src/store/installs.js'
import { createStore } from '../../src/store/store.js'
import { createTokenCipher } from '../../src/store/token-cipher.js'
import { startBot } from '../helpers/bot.js'
import { testDatabase } from '../helpers/database.js'
import { until } from '../helpers/until.js'
import { ADA, ANN, answerTo, BEN, oneWorkspace, type SlackBot, STUDY, startSlackBot } from './slack-bot.js'

const DUE = '2026-11-02T08:00:00Z'
const ORGANIZATION = 'E0LOOP0001'
const SISTER = 'T0SISTER01'
const OAUTH = {
  kind: 'oauth',
  signingSecret: SECRET,
  oauth: { clientId: '1.2', clientSecret: 'c', stateSecret: 's' },
} as const
const LATER = ['app_mentions:read', 'channels:read', 'files:read', 'groups:read', 'im:history']

let server: LoopbackSlack
beforeEach(async () => {
  server = await startSlack(oneWorkspace())
  return () => server.stop()
})

const without = (...scopes: readonly string[]) => {
  const all = server.state.scopes.split(',')
  server.state.scopes = all.filter((scope) => !scopes.includes(scope)).join(',')
}
const told = (of: { told(): readonly { readonly blocks: unknown }[] }) =>
  of
    .told()
    .map((post) => readable(post.blocks))
    .filter((words) => words.includes('Cohort can do more'))

async function installed(
  id: string,
  token: string,
  installer: string,
  scopes: readonly string[] = [],
): Promise<ReturnType<typeof createInstalls>> {
  const installs = createInstalls(
    (await testDatabase()).prisma,
    'slack',
    createTokenCipher('the key of the first year'),
  )
  await createStore(await testDatabase()).openWorkspaces('slack', [id])
  await installs.save({ workspace: id, token, installer, scopes }, Date.now())
  return installs
}

describe('an app that lacks what came later', () => {
  it('goes on, and whoever set a team up is told once what is off and where to install it again', {
    tags: ['slow'],
  }, async () => {
    without(...LATER)
    const here = await startSlackBot({ server })
    await here.team()
    await here.bot.at(DUE).tick()
    const [question] = here.inChannel()
    if (!question) throw new Error('nothing was posted')
    await answerTo(here.ann, () => here.ann.presses(question, 'A'))
    const [words = ''] = await until(() => (told(here.ada).length > 0 ? told(here.ada) : undefined))
    for (const scope of LATER) expect(words).toContain(scope)
    expect(JSON.stringify(here.ada.told())).toContain('https://api.slack.com/apps/A0COHORT01')
    // Not by another process, nor later.
    const again = await startSlackBot({ server, bot: here.bot })
    for (const bot of [here, again]) {
      bot.late.ms += 3_600_000
      await answerTo(bot.ann, () => bot.ann.types('/cohort'))
      await bot.slack.settled()
    }
    expect([told(here.ada), told(here.ann)].map((list) => list.length)).toEqual([1, 0])
    expect(await here.slack.lacks()).toEqual({ slack_scopes: `missing ${LATER.join(', ')}` })
  })

  it('is told again when it lacks something else, and not while it lacks nothing', async () => {
    const here = await startSlackBot({ server })
    await here.team()
    const next = async () => {
      here.late.ms += 3_600_000
      await answerTo(here.ann, () => here.ann.types('/cohort'))
      await here.slack.settled()
      return told(here.ada).length
    }
    expect(await next()).toBe(0)
    without('channels:read')
    // The first answer of Slack tells that it is gone, and after it somebody is told.
    await next()
    expect(await next()).toBe(1)
    server.state.scopes += ',channels:read'
    await next()
    expect([await next(), await here.slack.lacks()]).toEqual([1, {}])
    without('channels:read')
    await next()
    expect(await next()).toBe(2)
  })

  it('is not told while nobody has set anything up', async () => {
    without(...LATER)
    const here = await startSlackBot({ server })
    await answerTo(here.ann, () => here.ann.types('/cohort'))
    await here.slack.settled()
    expect(told(here.ann)).toEqual([])
    await here.team()
    here.late.ms += 3_600_000
    await answerTo(here.ann, () => here.ann.types('/cohort'))
    await until(() => told(here.ada)[0])
  })

  it('is told when Slack takes it again, if it does not at first', async () => {
    without(...LATER)
    const here = await startSlackBot({ server })
    await here.team()
    server.faults.push({ method: 'chat.postMessage', status: 429, retryAfter: 30 })
    await answerTo(here.ann, () => here.ann.types('/cohort'))
    await here.slack.settled()
    expect(told(here.ada)).toEqual([])
    here.late.ms += 3_600_000
    await answerTo(here.ann, () => here.ann.types('/cohort'))
    await until(() => told(here.ada)[0])
  })

  it('is told once where the answer of Slack was lost, and no other admin is', async () => {
    // Direct messages can be searched with what it has.
    without('files:read')
    const here = await startSlackBot({ server })
    await here.team()
    server.faults.push({ method: 'chat.postMessage', close: true, done: true })
    for (let i = 0; i < 3; i++) {
      await answerTo(here.ann, () => here.ann.types('/cohort'))
      await here.slack.settled()
      here.late.ms += 3_600_000
    }
    expect([told(here.ada), told(here.ann)].map((list) => list.length)).toEqual([1, 0])
  })

  it('of many: an old install learns its scopes with the first answer, and whoever installed it is told', async () => {
    without('groups:read')
    const bot = await startBot()
    const installs = await installed(HOME, server.token(), BEN.id)
    const here = await startSlackBot({ server, bot, mode: OAUTH, installs })
    await answerTo(here.ann, () => here.ann.types('/cohort'))
    await until(async () => ((await installs.find(HOME))?.scopes.length ?? 0) > 0)
    expect((await installs.find(HOME))?.scopes).toEqual(server.state.scopes.split(','))
    here.late.ms += 3_600_000
    await answerTo(here.ann, () => here.ann.types('/cohort'))
    await until(() => told(here.ben)[0])
    expect(JSON.stringify(here.ben.told())).toContain(`https://${new URL(here.address()).host}/slack/install`)
    expect(await here.slack.lacks()).toEqual({ slack_scopes: 'missing groups:read (1 installs)' })
    // Installed again, by somebody else: they are told anew what is still missing, once.
    await installs.save(
      { workspace: HOME, token: server.token(), installer: ADA.id, scopes: server.state.scopes.split(',') },
      Date.now(),
    )
    here.late.ms += 3_600_000
    await answerTo(here.ann, () => here.ann.types('/cohort'))
    await until(() => told(here.ben)[1])
  })
})

describe('an organization that installed the app for all of its workspaces', () => {
  const SISTER_STUDY = 'C0SISTER01'
  let here: SlackBot
  let installs: Awaited<ReturnType<typeof installed>>

  async function start(): Promise<SlackBot> {
    return startSlackBot({ server, bot: here?.bot ?? (await startBot()), mode: OAUTH, installs })
  }
  const of = (bot: SlackBot, one: typeof ANN, id: string, organization = ORGANIZATION) =>
    createPerson(server, bot.deliver, one, id, { organization })

  beforeEach(async () => {
    server.stop()
    const sister = workspace(SISTER, 'Sister', [{ ...ANN }, { ...ADA }], [channel(SISTER_STUDY)])
    server = await startSlack(
      [...oneWorkspace(), sister].map((one) => ({ ...one, organization: ORGANIZATION })),
    )
    const bot = await startBot()
    installs = await installed(ORGANIZATION, server.tokenFor(ORGANIZATION), ANN.id)
    here = await startSlackBot({ server, bot, mode: OAUTH, installs })
  })

  it('is served in each of them, each call naming which, and without a word from them after a restart', async () => {
    for (const [id, place] of [
      [HOME, STUDY],
      [SISTER, SISTER_STUDY],
    ] as const) {
      const ann = of(here, ANN, id)
      expect(await answerTo(ann, () => ann.types('/explain apple', place))).toMatchObject({ workspace: id })
    }
    await here.team({ workspace: SISTER, channel: SISTER_STUDY })
    await start()
    await here.bot.at(DUE).tick()
    const [question] = here.inChannel(SISTER_STUDY)
    expect(question?.workspace).toBe(SISTER)
    const ann = of(here, ANN, SISTER)
    if (question)
      expect(readable((await answerTo(ann, () => ann.presses(question, 'A'))).blocks)).toMatch(
        /Right|Not this time/,
      )
  })

  it('lets whoever installed it set teams up in the workspaces that they are in', async () => {
    await here.team()
    const [ann, ben] = [of(here, ANN, HOME), of(here, BEN, HOME)]
    expect(readable((await answerTo(ann, () => ann.types('/team pause'))).blocks)).toContain(
      'Nothing is posted until',
    )
    expect(readable((await answerTo(ben, () => ben.types('/team resume'))).blocks)).toContain('for admins')
  })

  it('answers mentions and opens forms that come back with the organization’s own id', async () => {
    const ann = of(here, ANN, HOME)
    const ts = await ann.mentions('what is an apple?')
    await until(() => server.posts.find((post) => post.thread === ts))
    await ann.types('/team setup')
    const form = await until(() => ann.modals()[0])
    expect(readable((await answerTo(ann, () => ann.submits(form, { topics: ['apple'] }))).blocks)).toContain(
      'is set up',
    )
  })

  it('opens it to a further workspace, which then has its rounds, and closes it again', async () => {
    // As Slack documents it: without a workspace, and not marked as an organization's.
    const whose = { enterprise_id: ORGANIZATION, team_id: null }
    const envelope = { ...whose, authorizations: [{ ...whose, is_bot: true, is_enterprise_install: false }] }
    await happens(here.deliver, 'team_access_granted', { team_ids: [SISTER] }, ORGANIZATION, envelope)
    await until(async () => (await installs.find(SISTER)) !== undefined)
    await happens(here.deliver, 'team_access_revoked', { team_ids: [SISTER] }, ORGANIZATION, envelope)
    await until(async () => (await installs.find(SISTER)) === undefined)
    expect(await installs.find(ORGANIZATION)).toBeDefined()
  })

  it('serves people of another company in its shared channels: their mentions, presses and forms are of its workspace', async () => {
    const OTHER = 'T0OTHER001'
    const zed = createPerson(server, here.deliver, BEN, HOME, { organization: ORGANIZATION, from: OTHER })
    await here.team({ topics: ['pear'] })
    const ts = await zed.mentions('what is an apple?')
    await until(() => server.posts.find((post) => post.thread === ts && post.workspace === HOME))
    const FORM = /^(Match|Put in order)$/
    const labels = (post: { readonly blocks: readonly unknown[] }) => labelsOf(post.blocks)
    for (
      let day = 2;
      day < 12 && !here.inChannel().some((post) => labels(post).some((l) => FORM.test(l)));
      day++
    )
      await here.bot.at(`2026-11-${String(day).padStart(2, '0')}T08:00:00Z`).tick()
    const question = here.inChannel().findLast((post) => labels(post).some((l) => FORM.test(l)))
    if (!question) throw new Error('no question has a form')
    await zed.presses(question, labels(question).find((l) => FORM.test(l)) ?? '')
    const form = await until(() => zed.modals()[0])
    const fields = (form.view.blocks as { block_id?: string }[]).flatMap(({ block_id }) => block_id ?? [])
    const given = (letters: string) => Object.fromEntries(fields.map((name, i) => [name, letters[i] ?? 'A']))
    expect((await zed.submits(form, given('AAAAAAA'))).body).toMatchObject({ response_action: 'errors' })
    await answerTo(zed, () => zed.submits(form, given('ABCDEFG')))
    expect(await here.bot.store.attempts({ platform: 'slack', workspace: HOME, user: BEN.id })).toHaveLength(
      1,
    )
    expect(await here.bot.store.workspaces('slack')).not.toContain(OTHER)
  })

  it('lets people practise on the Home tab, whose presses come without a workspace', async () => {
    const ann = of(here, ANN, HOME)
    await ann.opensHome()
    await until(() => server.homes.get(`${HOME} ${ANN.id}`))
    await ann.pressesAtHome('Start')
    const view = await until(() => ann.modals()[0])
    expect(readable(view.view)).toContain('Practice: question 1')
  })

  it('serves nobody of another organization', async () => {
    const zed = of(here, BEN, HOME, 'E0OTHER001')
    await zed.types('/explain apple')
    await of(here, ANN, SISTER).types('/explain apple', SISTER_STUDY)
    await until(() => server.posts.find((post) => post.workspace === SISTER))
    expect(zed.told()).toEqual([])
    expect(await installs.find(HOME)).toBeUndefined()
  })

  it('takes its workspaces with it when it removes the app', async () => {
    await installs.join(SISTER, ORGANIZATION)
    await happens(here.deliver, 'app_uninstalled', {}, ORGANIZATION, {
      authorizations: [ofOrganization(ORGANIZATION)],
    })
    await until(async () => (await installs.find(SISTER)) === undefined)
  })

  it('goes by the workspace’s own install where there is one', async () => {
    await installs.join(SISTER, ORGANIZATION)
    const own = { workspace: SISTER, token: server.token(SISTER), installer: ADA.id, scopes: ['chat:write'] }
    await installs.save(own, Date.now())
    expect(await installs.find(SISTER)).toEqual(own)
  })

  it('by the one token of the environment is served in each of its workspaces, too', async () => {
    const botToken = server.tokenFor(ORGANIZATION)
    const there = await startSlackBot({
      server,
      bot: here.bot,
      mode: { kind: 'http', signingSecret: SECRET, botToken },
    })
    const ann = of(there, ANN, SISTER)
    expect(await answerTo(ann, () => ann.types('/explain apple', SISTER_STUDY))).toMatchObject({
      workspace: SISTER,
    })
  })
})
