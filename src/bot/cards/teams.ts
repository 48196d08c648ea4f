/** The teams of a workspace: a list of them, and how one moves or is deleted. */
import type { Round, Team } from '../../core/model.js'
import { isolated, sentence, short, type Text } from '../../core/text.js'
import type { ListedTeam } from '../ports/teams.js'
import { type Block, bold, bullets, button, buttons, type Card, note, type Select, text } from '../ui/card.js'
import { formIds, teamIds } from '../ui/ids.js'
import { clock, dayList } from './schedule-words.js'
import { type OpenRound, openInWords, openWords } from './team-status.js'
import { count, dayOf, placeName } from './wording.js'

export interface ReachableTeam extends ListedTeam {
  /** Whether its channel is gone, or Cohort cannot see it. */
  readonly isLost: boolean
  /** Its open rounds in channels where it was before. */
  readonly open?: readonly OpenRound[]
}

/** The most options in a menu on the narrowest platform. */
const MENU = 25
const LEAVE = button(teamIds.list.id({}), 'Leave it as it is')

const hiddenNote = (hidden: number) =>
  hidden > 0 ? [note(`${count(hidden, 'more team')} in channels that you do not see.`)] : []

export function listCard(
  { teams, hidden }: { readonly teams: readonly ReachableTeam[]; readonly hidden: number },
  channel: string,
  platform: string,
): Card {
  const elsewhere = teams.filter(({ team }) => team.channel !== channel)
  return {
    title: `Teams of this ${placeName(platform)}`,
    again: teamIds.list.id({}),
    blocks: [
      ...(teams.length > 0
        ? [bullets(...teams.map(line))]
        : [text('No team is set up yet. /team setup starts one.')]),
      ...hiddenNote(hidden),
      ...(channel !== '' && elsewhere.length > 0 ? [menu('move', elsewhere)] : []),
      ...(teams.length > 0 ? [menu('remove', teams)] : []),
      ...more(teams),
    ],
  }
}

function line({ team, members, isLost, open = [] }: ReachableTeam): Text {
  const state = isLost ? ', nothing is posted until it is moved' : team.paused ? ', paused' : ''
  return [
    bold(isolated(team.name)),
    ': ',
    ...placeOf(team, isLost),
    `, ${about(team, members)}${state}`,
    ...open.flatMap((one): Text => [`; its question of ${dayOf(one.round.date)}`, ...openInWords(one)]),
  ]
}

function placeOf(team: Team, isLost: boolean): Text {
  return isLost ? ['its channel is gone, or Cohort cannot see it'] : [{ channel: team.channel }]
}

const about = (team: Team, members: number) =>
  `${clock(team.minute)}, ${dayList(team.days)} (${team.zone}), ${count(members, 'member')}`

const MENUS = {
  move: { id: teamIds.askToMove.id({}), label: 'Move a team to this channel' },
  remove: { id: teamIds.askToRemove.id({}), label: 'Remove a team' },
}

function menu(what: keyof typeof MENUS, teams: readonly ReachableTeam[]): Select {
  const options = teams.slice(0, MENU).map(({ team, members, isLost }) => ({
    value: String(team.id),
    label: sentence`${short(team.name, 40)} (${isLost ? 'no channel' : clock(team.minute)}, ${count(members, 'member')})`,
  }))
  return { kind: 'select', ...MENUS[what], min: 1, max: 1, options }
}

const more = (teams: readonly ReachableTeam[]): Block[] =>
  teams.length > MENU
    ? [note('For a team that is not in the menus: /team move or /team remove with its name.')]
    : []

export function chooseTeamCard(what: keyof typeof MENUS, teams: readonly ReachableTeam[]): Card {
  return {
    title: what === 'move' ? 'Which team comes here?' : 'Which team is removed?',
    blocks: [
      text('You are asked once more before anything happens.'),
      bullets(...teams.slice(0, MENU).map(line)),
      menu(what, teams),
      ...more(teams),
    ],
  }
}

/**
 * The reply to `/team setup` in a channel without a team, if other teams exist. `isDirect`: outside a
 * channel, where no team can move to.
 */
export function newOrMoveCard(
  { teams, hidden }: { readonly teams: readonly ReachableTeam[]; readonly hidden: number },
  isDirect: boolean,
): Card {
  return {
    title: isDirect ? 'A new team?' : 'A new team, or one that moves here?',
    blocks: [
      text(
        isDirect ? 'These teams are set up:' : 'No team studies in this channel yet, and others are set up:',
      ),
      bullets(...teams.slice(0, MENU).map(line)),
      ...hiddenNote(hidden),
      text(
        isDirect
          ? 'To change one, or to move it, type /team setup in the channel.'
          : 'A team that moves keeps its points, streaks and season. A new one starts at zero.',
      ),
      ...buttons(button(teamIds.openSetup.id({ team: 'new' }), 'Set up a new team')),
      ...(isDirect ? [] : [menu('move', teams), ...more(teams)]),
    ],
  }
}

export interface MoveQuestion {
  readonly isLost: boolean
  /** The team that has the channel now. */
  readonly over: Team | undefined
  readonly open: readonly Round[]
}

export function moveCard(team: Team, { isLost, over, open }: MoveQuestion): Card {
  return {
    title: sentence`Move ${team.name} to this channel?`,
    blocks: [
      text('Its points, streaks and season move with it; the next question comes here.'),
      ...(isLost ? [] : openWords(open, team.channel)),
      ...(over ? [text(...takes(over))] : []),
      ...buttons(
        button(
          teamIds.move.id({ team: team.id, over: over?.id ?? 0 }),
          over ? 'Move it and take the channel' : 'Move it here',
          over ? 'danger' : 'primary',
        ),
        LEAVE,
      ),
    ],
  }
}

const takes = (over: Team): Text => [
  bold(sentence`${over.name} studies here. `),
  sentence`A channel has one team: ${over.name} would be paused until it is moved elsewhere. Its points and streaks stay.`,
]

export interface Moved {
  readonly from: Team
  readonly isLost: boolean
  readonly open: readonly Round[]
  readonly refused: string | undefined
}

export function movedCard(team: Team, { from, isLost, open, refused }: Moved): Card {
  return {
    title: sentence`${team.name} is here now`,
    blocks: [
      ...(refused === undefined ? [] : [text(bold('Cohort cannot post here yet. '), refused)]),
      text('Points, streaks and the season moved with it.'),
      ...(isLost ? [] : openWords(open, from.channel)),
      team.nextPostAt === undefined
        ? text('It is paused: nothing is posted until /team resume.')
        : text('Next question: ', { time: team.nextPostAt, zone: team.zone, show: 'both' }, '.'),
    ],
  }
}

/** A greeting in the channel that a team has moved to. */
export function arrivedCard(team: Team): Card {
  return {
    title: sentence`${team.name} studies here now`,
    blocks: [text('Points, streaks and the season came with it. Type /leaderboard to see them.')],
  }
}

/**
 * The reply to a setup that names the channel of another team. `draft`: the id of the kept setup. `other`:
 * the team in that channel.
 */
export function takenCard(name: string, other: Team, draft: string): Card {
  return {
    title: sentence`${other.name} studies there`,
    blocks: [
      text(
        { channel: other.channel },
        sentence` is where ${other.name} studies, and a channel has one team. Nothing was saved yet.`,
      ),
      text(
        sentence`If ${name} takes the channel, ${other.name} is paused until it is moved elsewhere. Its points and streaks stay.`,
      ),
      ...buttons(
        button(formIds.reopen.id({ draft, field: 'channel' }), 'Choose another channel', 'primary'),
        button(teamIds.saveOver.id({ draft, over: other.id }), 'Take the channel', 'danger'),
      ),
    ],
  }
}

export function removeCard({ team, members, rounds, isLost }: ReachableTeam): Card {
  return {
    title: sentence`Remove ${team.name}?`,
    blocks: [
      text(bold(isolated(team.name)), ': ', ...placeOf(team, isLost), `, ${about(team, members)}.`),
      text(
        `Its setup, ${count(rounds, 'round')} with all answers, and the points, streaks and boards of ${count(members, 'member')} are deleted for good. What people practised stays theirs.`,
      ),
      text('To stop the questions only, use /team pause; to go on in another channel, /team move there.'),
      ...buttons(button(teamIds.remove.id({ team: team.id }), 'Remove it for good', 'danger'), LEAVE),
    ],
  }
}

export function removedCard(team: Team): Card {
  return {
    title: sentence`${team.name} is removed`,
    blocks: [
      text('Its setup, rounds, answers, points and boards are deleted. Messages in the channel stay.'),
    ],
  }
}
