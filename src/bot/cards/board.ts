/** Leaderboards, as a picture and in words. */
import { MIN_PEOPLE } from '../../core/group-figures.js'
import type { Ranked, Span } from '../../core/model.js'
import { type Inline, isolated, sentence } from '../../core/text.js'
import type { Board, TeamStanding } from '../ports/boards.js'
import { QUIET_ROUNDS, type Rests } from '../ports/membership.js'
import { type Block, type BoardRow, bold, button, buttons, type Card, note, text } from '../ui/card.js'
import { boardIds, LAST_PAGE, memberIds } from '../ui/ids.js'
import { count, SPAN_NAMES } from './wording.js'

export const PAGE = 10
export type Whose = 'members' | 'teams'
const SPANS = ['week', 'season', 'all-time'] as const satisfies readonly Span[]

/** The name of a hidden member is shown only to that member. */
function shownName(row: Ranked, user?: string): string {
  return row.member.hidden && row.member.user !== user ? 'Hidden member' : isolated(row.member.name)
}

export function boardLines(rows: readonly Ranked[], user?: string): Block {
  return {
    kind: 'list',
    style: 'plain',
    items: rows.map((row) => [
      bold(sentence`${row.rank}. ${shownName(row, user)}`),
      `: ${count(row.points, 'point')}, ${row.right} of ${row.answered} right`,
    ]),
  }
}

interface Asked {
  readonly team: string
  readonly span: Span
  readonly offset: number
  /** The person whose board it is; undefined when it is drawn for the channel. */
  readonly user: string | undefined
}

export function memberBoardCard(board: Board, asked: Asked): Card {
  const title = `${isolated(asked.team)}: ${SPAN_NAMES[asked.span].toLowerCase()}`
  return {
    title,
    blocks: [
      ...(board.rows.length > 0
        ? [
            picture(
              title,
              board.rows.map((row) => pictureRow(row, board.rows[0], asked.user)),
            ),
            boardLines(board.rows, asked.user),
          ]
        : [text('Nobody has answered in a closed round of this period yet. The first answer leads.')]),
      ...(asked.user === undefined ? [] : ownRow(board, asked)),
      note(
        `${count(board.total, 'member')} on this board. Right 10 points, tried 3, hard and right 15; no points for speed.`,
      ),
      ...(asked.user === undefined ? [] : switches(asked, 'members', board.total)),
    ],
  }
}

/** Why a member is not on boards. */
const RESTS: Readonly<Record<Rests, string>> = {
  left: 'You left the team, or were taken out: boards are without you, and your points are kept.',
  gone: 'You were away from here: boards are without you, and your points are kept.',
  quiet: `You have not answered for ${QUIET_ROUNDS} scheduled days: boards are without you, and your points are kept.`,
}

export const restsLine = (rests: Rests) => RESTS[rests]

function ownRow(board: Board, asked: Asked): Block[] {
  const { mine, ahead, open, rests } = board
  const later =
    open > 0
      ? `${count(open, 'point')} of yours ${open === 1 ? 'counts' : 'count'} here when the open round closes.`
      : ''
  if (rests) return [text(bold('You rest. '), `${RESTS[rests]} Your next answer brings you back.`)]
  if (!mine) return [text(later || 'You are not on this board yet: answer the question of the day.')]
  const step =
    ahead === undefined
      ? 'Nobody is ahead of you.'
      : `${count(ahead - mine.points + 1, 'point')} more and you pass the next one.`
  return [
    text(
      bold(`You: rank ${mine.rank} with ${count(mine.points, 'point')}. `),
      step,
      later && ` ${later}`,
      mine.member.hidden && asked.user ? ' Your name is hidden from others.' : '',
    ),
  ]
}

function picture(title: string, rows: readonly BoardRow[]): Block {
  const alt = sentence`${title}. ${rows.map((r) => `${r.rank}. ${r.name}, ${r.points}`).join('; ')}.`
  return { kind: 'image', picture: { kind: 'board', title, subtitle: 'No points for speed', rows }, alt }
}

function pictureRow(row: Ranked, first: Ranked | undefined, user: string | undefined): BoardRow {
  const most = Math.max(1, first?.points ?? 1)
  return {
    rank: row.rank,
    name: shownName(row, user),
    points: String(row.points),
    share: Math.min(1, row.points / most),
    mine: row.member.user === user,
  }
}

function switches(asked: Asked, whose: Whose, total: number): Block[] {
  const at = (span: Span, who: Whose, offset: number) => boardIds.turn.id({ span, whose: who, offset })
  const other = whose === 'members' ? 'teams' : 'members'
  return buttons(
    asked.offset > 0
      ? button(at(asked.span, whose, Math.max(0, asked.offset - PAGE)), 'Previous')
      : undefined,
    asked.offset + PAGE < total && asked.offset < LAST_PAGE
      ? button(at(asked.span, whose, asked.offset + PAGE), 'Next')
      : undefined,
    ...SPANS.filter((span) => span !== asked.span).map((span) =>
      button(at(span, whose, 0), SPAN_NAMES[span]),
    ),
    button(at(asked.span, other, 0), other === 'teams' ? 'Teams' : 'Members'),
    button(boardIds.show.id({ span: asked.span, whose }), 'Show to channel'),
    button(memberIds.study.id({}), 'Your study'),
  )
}

export function teamBoardCard(
  teams: readonly (TeamStanding & { rank: number })[],
  asked: Asked & { teamId: number | undefined },
): Card {
  const title = `Teams: ${SPAN_NAMES[asked.span].toLowerCase()}`
  const most = Math.max(1, teams[0]?.mean ?? 1)
  const rows = teams.slice(0, PAGE).map((t) => ({
    rank: t.rank,
    name: isolated(t.team.name),
    points: t.mean.toFixed(1),
    share: t.mean / most,
    mine: t.team.id === asked.teamId,
  }))
  const own = teams.find((t) => t.team.id === asked.teamId)
  return {
    title,
    blocks: [
      ...(rows.length > 0 ? [picture(title, rows)] : [text('No team here yet.')]),
      {
        kind: 'list',
        style: 'plain',
        items: teams
          .slice(0, PAGE)
          .map((t) => [
            bold(sentence`${t.rank}. ${t.team.name}`),
            `: ${t.mean.toFixed(1)} points a member, ${count(t.members, 'member')}`,
          ]),
      },
      ...(own && own.rank > PAGE
        ? [text(bold(`Your team: rank ${own.rank} with ${own.mean.toFixed(1)} points a member.`))]
        : []),
      note(
        `Mean over all members who do not rest, so that every answer of a teammate pulls the team up. Other teams are listed once ${MIN_PEOPLE} of their members have answered.`,
      ),
      ...(asked.user === undefined ? [] : switches(asked, 'teams', 0)),
    ],
  }
}

/** The lines of a podium. They notify members who agreed to it, unless their name is hidden. */
function podiumLines(rows: readonly Ranked[]): Block {
  const nameOf = (row: Ranked): Inline =>
    row.member.mentioned && !row.member.hidden
      ? { member: row.member.user, name: row.member.name, ping: true }
      : shownName(row)
  return {
    kind: 'list',
    style: 'plain',
    items: rows.map((row) => [
      bold(`${row.rank}. `, nameOf(row)),
      `: ${count(row.points, 'point')}, ${row.right} of ${row.answered} right`,
    ]),
  }
}

export function podiumCard(team: string, season: string, board: Board): Card {
  const title = `${isolated(team)}: season ${season} is over`
  if (board.rows.length === 0)
    return {
      title,
      blocks: [text('Nobody answered in it. The new season starts now, with everybody at zero.')],
    }
  return {
    title,
    blocks: [
      picture(
        title,
        board.rows.map((row) => pictureRow(row, board.rows[0], undefined)),
      ),
      podiumLines(board.rows),
      text('Well studied. The new season starts now, with everybody at zero.'),
    ],
  }
}
