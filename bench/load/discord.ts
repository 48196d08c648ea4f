/** The loopback Discord under load: one shard, one server. */
import { createPerson } from '../../loopback/discord/people.js'
import {
  guild,
  type Json,
  type Pending,
  type Person,
  startDiscord,
  TOKEN,
} from '../../loopback/discord/server.js'
import type { Card } from '../../src/bot/ui/card.js'
import { renderMessage } from '../../src/platforms/discord/render.js'
import { type Act, type Acts, came, createActs } from './acts.js'
import type { Side } from './side.js'

const GUILD = '900000000000000002'
const MESSAGE = '900000000000000003'

const channelOf = (team: number) => String(910_000_000_000_000_000n + BigInt(team))
const userOf = (person: number) => String(920_000_000_000_000_000n + BigInt(person))

/** `card`: the card in the channels. */
export async function startDiscordSide(card: Card, teams: number): Promise<Side> {
  const [presses, lookUps] = [createActs(), createActs()]
  const channels = Array.from({ length: teams }, (_, team) => channelOf(team))
  /** Everybody who has done something so far. */
  const people = new Map<number, Person>()
  const members: Person[] = []
  const server = await startDiscord([guild(GUILD, 'Load', members, channels)], { judges: false })
  const { flags, components } = renderMessage(card, new Map())
  for (const channel of channels)
    server.posts.push({
      id: MESSAGE,
      channel,
      flags: Number(flags),
      components: components as unknown as Json[],
      attachments: [],
      notified: [],
    })
  const awaited = new WeakMap<Pending, Act>()
  server.state.responded = (one, what) => came(awaited.get(one), what)

  function someone(team: number, person: number) {
    let who = people.get(person)
    if (!who) {
      who = { id: userOf(person), username: `person.${person}`, globalName: `Person ${person}` }
      people.set(person, who)
      members.push(who)
    }
    return createPerson(server, who, GUILD, channelOf(team))
  }
  const follow = (one: Pending, acts: Acts, due: number) => void awaited.set(one, acts.begin(due))
  return {
    platform: 'discord',
    workspace: GUILD,
    message: MESSAGE,
    env: { DISCORD_TOKEN: TOKEN, DISCORD_API_URL: server.api() },
    ...{ presses, lookUps, channel: channelOf },
    press(team, person, action, due) {
      const post = server.posts.findLast((one) => one.channel === channelOf(team))
      if (post) follow(someone(team, person).pressesId(post, action), presses, due)
    },
    type(team, person, command, words, due) {
      follow(someone(team, person).types(`/${command}`, words === '' ? {} : { query: words }), lookUps, due)
    },
    drawn: (team) => JSON.stringify(server.posts.find((one) => one.channel === channelOf(team))?.components),
    reach() {},
    stop: server.stop,
  }
}
