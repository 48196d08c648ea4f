/** The members of a team: leaving it, its members as an admin sees them, and removing one. */
import type { Team } from '../../core/model.js'
import { isolated, sentence, short } from '../../core/text.js'
import { QUIET_ROUNDS, type Rests, type TeamMember } from '../ports/membership.js'
import { bold, button, buttons, type Card, MAX_LABEL, note, text } from '../ui/card.js'
import { memberIds, membersIds } from '../ui/ids.js'
import { memberId } from '../ui/params.js'
import { count } from './wording.js'

/** Members per page; a menu takes 25. */
export const MEMBERS_PAGE = 20

export function leaveCard({ id: team, name }: Team): Card {
  return {
    title: sentence`Leave ${name}?`,
    blocks: [
      text(
        bold('What goes: '),
        'you are off its boards and out of its mean at once. The podium of this season counts your points without your name.',
      ),
      text(
        bold('What stays: '),
        'your points, your streak and your answers. Your next answer to its question of the day joins again, with all of them. ',
        { command: 'study forget-me' },
        ' deletes them for good.',
      ),
      ...buttons(
        button(memberIds.leave.id({ team, sure: true }), 'Leave', 'danger'),
        button(memberIds.leave.id({ team, sure: false }), 'Stay'),
      ),
    ],
  }
}

/** Asks which team to leave, outside the channels of the person's teams. */
export function leaveWhichCard(teams: readonly Team[]): Card {
  return {
    title: 'Leave which team?',
    blocks: buttons(
      ...teams.map(({ id, name }) => button(memberIds.askToLeave.id({ team: id }), isolated(name))),
    ),
  }
}

export function leftCard({ name }: Team): Card {
  return {
    title: sentence`You left ${name}`,
    blocks: [text('Answer its question of the day whenever you want to join again.')],
  }
}

export function stayedCard({ name }: Team): Card {
  return { title: 'You stay', blocks: [text(sentence`Nothing has changed: you are in ${name}.`)] }
}

const WHY: Readonly<Record<Rests, string>> = {
  left: 'left the team',
  gone: 'not here any more',
  quiet: `no answer for ${QUIET_ROUNDS} scheduled days`,
}

interface Page {
  readonly members: readonly TeamMember[]
  readonly offset: number
  readonly total: number
  readonly resting: number
}

export function membersCard({ id: team, name }: Team, { members, offset, total, resting }: Page): Card {
  const turn = (to: number, label: string) => button(membersIds.turn.id({ team, offset: to }), label)
  return {
    title: sentence`${name}: ${count(total, 'member')}`,
    blocks: [
      ...(total === 0
        ? [text('Nobody has joined yet. The first answer to a question of the day joins.')]
        : []),
      {
        kind: 'list',
        style: 'plain',
        items: members.map((one) => [
          isolated(one.name),
          one.rests === undefined ? '' : `: rests, ${WHY[one.rests]}`,
        ]),
      },
      ...(resting > 0
        ? [
            note(
              `${count(resting, 'member')} ${resting === 1 ? 'rests' : 'rest'}: not on boards and not in the mean, until the next answer.`,
            ),
          ]
        : []),
      ...(members.length > 0 ? [takeOutMenu(team, offset, members)] : []),
      ...buttons(
        offset > 0 ? turn(Math.max(0, offset - MEMBERS_PAGE), 'Previous') : undefined,
        offset + MEMBERS_PAGE < total ? turn(offset + MEMBERS_PAGE, 'Next') : undefined,
      ),
    ],
  }
}

function takeOutMenu(team: number, offset: number, members: readonly TeamMember[]) {
  return {
    kind: 'select',
    id: membersIds.askToTakeOut.id({ team, offset }),
    label: 'Take out',
    min: 1,
    max: 1,
    options: members.map(({ id, name }) => ({
      value: memberId.write(id),
      label: isolated(short(name, MAX_LABEL - 2)),
    })),
  } as const
}

export function takeOutCard({ id: team, name }: Team, member: TeamMember, offset: number): Card {
  const choose = (sure: boolean) => membersIds.takeOut.id({ team, member: member.id, offset, sure })
  return {
    title: sentence`Take ${short(member.name, 60)} out?`,
    blocks: [
      text(
        sentence`${member.name} is off the boards of ${name} and out of its mean at once, and a podium counts the points without the name. Points and answers stay stored.`,
      ),
      text(
        'Nobody is told. Whoever can still answer in the channel joins again with the next answer: to keep somebody out, remove them from the channel too.',
      ),
      ...buttons(button(choose(true), 'Take out', 'danger'), button(choose(false), 'Keep')),
    ],
  }
}
