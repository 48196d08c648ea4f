/** `/study …`: everything for oneself, open to all. */
import { exportCard, forgetCard } from '../member/own-data.js'
import { statusOf } from '../team/study.js'
import { type Command, command } from '../ui/command.js'
import { movedTo } from './moved.js'

const GROUP = 'Everything for yourself: how it stands, and your own data'

const status = command({
  name: 'study status',
  group: GROUP,
  summary: 'How this team is set up and where it stands',
  options: {},
  run: (_args, caller, deps) => statusOf(caller, deps),
})

const forgetMe = command({
  name: 'study forget-me',
  group: GROUP,
  summary: 'Delete what is stored about you',
  options: {},
  run: async () => forgetCard(),
})

const exportMe = command({
  name: 'study export',
  group: GROUP,
  summary: 'Get what is stored about you as a file',
  limit: 'export',
  options: {},
  run: (_args, caller, deps) => exportCard(caller, deps),
})

/** What version 0.2 had here; for one release. */
const moved: readonly Command[] = [
  movedTo('team setup', 'study setup', GROUP),
  movedTo('team pause', 'study pause', GROUP),
  movedTo('team resume', 'study resume', GROUP),
  movedTo('team post-now', 'study post-now', GROUP),
]

export const study = [status, forgetMe, exportMe, ...moved]
