/** The team's setup, the list of teams, and what can be done to one of them. */
import { Over, UserError } from '../../core/errors.js'
import { takenCard } from '../cards/teams.js'
import type { Deps } from '../deps.js'
import { FormQuestion, OVER } from '../forms/drafts.js'
import type { Caller, FormValues, Reply } from '../ports/chat.js'
import { checkAdmin } from '../team/control.js'
import { chooseExam } from '../team/exams.js'
import { askToMove, askToRemove, listTeams, moveTeam, removeTeam } from '../team/move.js'
import { type SentSetup, saveSetup } from '../team/save-setup.js'
import { checkSetup, openSetup } from '../team/setup.js'
import { action, readId } from '../ui/action.js'
import { controlIds, teamIds } from '../ui/ids.js'
import { pickedNumber, STALE, type TeamRef } from '../ui/params.js'
import { instead, opening, privately } from '../ui/reply.js'

async function open(ref: TeamRef, form: FormValues, caller: Caller, deps: Deps): Promise<Reply> {
  await checkAdmin(caller)
  const isAgain = Object.keys(form).length > 0
  const opened = await openSetup(ref, caller, deps, isAgain ? form : undefined)
  return 'fields' in opened ? opening(opened) : privately(opened)
}

async function save(sent: SentSetup, caller: Caller, deps: Deps): Promise<Reply> {
  const done = await saveSetup(sent, caller, deps)
  if ('by' in done) throw new FormQuestion((draft) => takenCard(done.name, done.by, draft))
  return privately(done)
}

/** Saves the kept setup, which takes the channel of the team that the admin was asked about. */
async function saveOver(draft: string, over: number, caller: Caller, deps: Deps): Promise<Reply> {
  await checkAdmin(caller)
  const kept = await deps.store.formDraft(caller, draft, deps.clock())
  if (!kept) throw new Over(OVER)
  const { given: form, shown } = kept
  const done = await saveSetup({ team: teamOfForm(kept.form), form, shown, over }, caller, deps)
  if ('by' in done) return instead(takenCard(done.name, done.by, draft))
  await deps.store.dropFormDraft(caller, draft)
  return instead(done)
}

function teamOfForm(id: string): TeamRef {
  const own = readId(id, teamIds.saveSetup)
  if (own) return own.team
  if (readId(id, controlIds.saveSetup)) return 'here'
  throw new UserError(STALE)
}

export const teamActions = [
  action(teamIds.openSetup, {
    opensForm: true,
    run: ({ team }, caller, deps, { form }) => open(team, form, caller, deps),
  }),
  action(teamIds.saveSetup, {
    opener: ({ team }) => teamIds.openSetup.id({ team }),
    check: checkSetup,
    run: ({ team }, caller, deps, { form, shown }) => save({ team, form, shown }, caller, deps),
  }),
  action(teamIds.saveOver, {
    run: ({ draft, over }, caller, deps) => saveOver(draft, over, caller, deps),
  }),
  action(controlIds.openSetup, {
    opensForm: true,
    run: (_params, caller, deps, { form }) => open('here', form, caller, deps),
  }),
  action(controlIds.saveSetup, {
    opener: () => controlIds.openSetup.id({}),
    check: checkSetup,
    run: (_params, caller, deps, { form, shown }) => save({ team: 'here', form, shown }, caller, deps),
  }),
  action(teamIds.list, { run: async (_params, caller, deps) => instead(await listTeams(caller, deps)) }),
  action(teamIds.askToMove, {
    run: async (_params, caller, deps, { values }) =>
      instead(await askToMove(pickedNumber(values), caller, deps)),
  }),
  action(teamIds.move, {
    run: async ({ team, over }, caller, deps) => instead(await moveTeam(team, over, caller, deps)),
  }),
  action(teamIds.askToRemove, {
    run: async (_params, caller, deps, { values }) =>
      instead(await askToRemove(pickedNumber(values), caller, deps)),
  }),
  action(teamIds.chooseExam, {
    run: async ({ team, exam }, caller, deps) => instead(await chooseExam(team, exam, caller, deps)),
  }),
  action(teamIds.remove, {
    run: async ({ team }, caller, deps) => instead(await removeTeam(team, caller, deps)),
  }),
]
