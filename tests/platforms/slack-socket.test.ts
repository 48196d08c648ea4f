// @module-tag slow
import { expect, it } from 'vitest'
import { createPerson, overSocket } from '../../loopback/slack/people.js'
import { startSlack } from '../../loopback/slack/server.js'
import { until } from '../helpers/until.js'
import { answerTo, oneWorkspace, startSlackBot } from './slack-bot.js'

it('the socket comes back also after a call that failed while it was opened again', async () => {
  const server = await startSlack(oneWorkspace())
  const mode = { kind: 'socket', appToken: server.appToken, botToken: server.token() } as const
  const { slack } = await startSlackBot({ server, mode })
  await slack.start()
  const ann = createPerson(server, overSocket(server), { id: 'U0ANN00001', name: 'Ann' })
  await answerTo(ann, () => ann.types('/explain apple'))
  for (const error of ['invalid_auth', 'internal_error', 'ratelimited'])
    server.faults.push({ method: 'apps.connections.open', error })
  const [first] = server.sockets
  first?.close()
  await until(() => !slack.works())
  await until(() => slack.works())
  expect(server.faults).toEqual([])
  await answerTo(ann, () => ann.types('/explain pear'))
  await slack.stop()
  server.stop()
})

it.each(['warning', 'refresh_requested'] as const)(
  'a second socket is open before the first is let go, when Slack asks for it with %s',
  async (reason) => {
    const server = await startSlack(oneWorkspace())
    const mode = { kind: 'socket', appToken: server.appToken, botToken: server.token() } as const
    const { slack } = await startSlackBot({ server, mode })
    await slack.start()
    const ann = createPerson(server, overSocket(server), { id: 'U0ANN00001', name: 'Ann' })
    const [first] = server.sockets
    // The first attempt to open another fails, and Slack asks twice: nobody is left unheard meanwhile.
    server.faults.push({ method: 'apps.connections.open', error: 'internal_error' })
    if (first) server.refresh(first, reason)
    await answerTo(ann, () => ann.types('/explain apple'))
    if (first) server.refresh(first, reason)
    await until(() => server.sockets.length === 2)
    await answerTo(ann, () => ann.types('/explain pear'))
    await until(() => server.sockets.length === 1 && !server.sockets.includes(first as never))
    expect([server.state.fewestSockets, slack.works()]).toEqual([1, true])
    await answerTo(ann, () => ann.types('/explain plum'))
    await slack.stop()
    server.stop()
  },
)
