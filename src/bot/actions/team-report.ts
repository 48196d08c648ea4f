/** The report of a team's weeks, and its destination every Monday. */
import { channelForm } from '../cards/report-order.js'
import {
  confirmChannel,
  reportOf,
  sendToChannel,
  sendToMe,
  stopReport,
  teamFor,
} from '../team/report-order.js'
import { action, field } from '../ui/action.js'
import { clean } from '../ui/clean.js'
import { teamReportIds } from '../ui/ids.js'
import { instead, opening, privately } from '../ui/reply.js'

export const teamReportActions = [
  action(teamReportIds.show, {
    run: async ({ team }, caller, deps) => instead(await reportOf(caller, deps, team)),
  }),
  action(teamReportIds.toMe, {
    run: async ({ team }, caller, deps) => privately(await sendToMe(team, caller, deps)),
  }),
  action(teamReportIds.askChannel, {
    opensForm: true,
    async run({ team }, caller, deps) {
      await teamFor(team, caller, deps)
      return opening(channelForm(teamReportIds.nameChannel.id({ team })))
    },
  }),
  action(teamReportIds.nameChannel, {
    opener: teamReportIds.askChannel.id,
    run: async ({ team }, caller, deps, { form }) =>
      privately(await confirmChannel(team, clean(field(form, 'channel')), caller, deps)),
  }),
  action(teamReportIds.toChannel, {
    run: async ({ team, channel }, caller, deps) => instead(await sendToChannel(team, channel, caller, deps)),
  }),
  action(teamReportIds.stop, {
    run: async ({ team }, caller, deps) => privately(await stopReport(team, caller, deps)),
  }),
]
