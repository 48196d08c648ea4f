/** The destination of a team's report every Monday. */
import type { Team } from '../../core/model.js'
import { isolated } from '../../core/text.js'
import type { ReportOrder } from '../ports/team-reports.js'
import { type Block, bold, button, buttons, type Card, type Form, heading, text } from '../ui/card.js'
import { teamReportIds } from '../ui/ids.js'

/** `user`: the reader; `trouble`: why the last one could not be sent. */
export function orderBlocks(
  { id: team }: Team,
  order: ReportOrder | undefined,
  user: string,
  trouble: string | undefined,
): Block[] {
  const isMine = order?.user === user && order.channel === undefined
  return [
    heading('Every Monday'),
    ...(trouble === undefined ? [] : [text(bold('The last one could not be sent: '), trouble)]),
    whereTo(order, isMine),
    ...buttons(
      isMine ? undefined : button(teamReportIds.toMe.id({ team }), 'Send it to me every Monday'),
      button(teamReportIds.askChannel.id({ team }), 'Send it to a channel'),
      order && button(teamReportIds.stop.id({ team }), 'Stop sending it'),
    ),
  ]
}

function whereTo(order: ReportOrder | undefined, isMine: boolean): Block {
  if (!order) return text('It is not sent by itself. It can come at 9:00, to you or to a channel of admins.')
  if (order.channel !== undefined) return text('It comes at 9:00 in ', { channel: order.channel }, '.')
  return text(
    isMine
      ? 'It comes to you at 9:00 by direct message.'
      : 'It goes to another admin at 9:00 by direct message; a report has one place.',
  )
}

export function channelForm(id: string): Form {
  return {
    id,
    title: 'Where to',
    submit: 'Go on',
    intro: [text('Everybody in the channel will see the report. Pick one that only admins are in.')],
    fields: [{ kind: 'channel', name: 'channel', label: 'Channel' }],
  }
}

/** `isPrivate`: whether the channel is private, as far as the platform says. */
export function confirmChannelCard({ id: team, name }: Team, channel: string, isPrivate: boolean): Card {
  return {
    title: 'Is this the right channel?',
    blocks: [
      text(
        isPrivate
          ? `Everybody in it will see the report of ${isolated(name)}, those who join it later too: `
          : `This channel is not private, so everybody around will see the report of ${isolated(name)}: `,
        { channel },
      ),
      ...buttons(
        button(
          teamReportIds.toChannel.id({ team, channel }),
          'Send it there every Monday',
          isPrivate ? 'primary' : 'danger',
        ),
        button(teamReportIds.show.id({ team }), 'Not there'),
      ),
    ],
  }
}

export function orderedCard(team: Team, { channel }: ReportOrder, nextAt: number): Card {
  const next = { time: nextAt, zone: team.zone, show: 'both' } as const
  return {
    title: 'Every Monday at 9:00',
    blocks: [
      channel === undefined
        ? text(`The report of ${isolated(team.name)} comes to you by direct message, first `, next, '.')
        : text(`The report of ${isolated(team.name)} comes in `, { channel }, ', first ', next, '.'),
      ...buttons(button(teamReportIds.stop.id({ team: team.id }), 'Stop sending it')),
    ],
  }
}

export function stoppedCard({ name }: Team): Card {
  return {
    title: 'It is not sent any more',
    blocks: [text(`The report of ${isolated(name)} stays a command away: /team report.`)],
  }
}
