/** A file of questions: the form, the found questions, and the import after the admin's confirmation. */
import { UserError } from '../../core/errors.js'
import { cancelImport, chooseTeam, openImport, readImport, takeImport } from '../team/import.js'
import { action } from '../ui/action.js'
import { importIds } from '../ui/ids.js'
import { pickedNumber } from '../ui/params.js'
import { instead, opening, privately } from '../ui/reply.js'

export const importActions = [
  action(importIds.open, {
    opensForm: true,
    run: async (_params, caller, deps) => opening(await openImport(caller, deps)),
  }),
  action(importIds.send, {
    limit: 'import',
    opener: () => importIds.open.id({}),
    async run(_params, caller, deps, { uploads }) {
      const file = uploads?.file
      if (!file) throw new UserError('Choose a file first.', 'file')
      return privately(await readImport(file, caller, deps))
    },
  }),
  action(importIds.chooseTeam, {
    run: async ({ kept }, caller, deps, { values }) =>
      instead(await chooseTeam(kept, pickedNumber(values), caller, deps)),
  }),
  action(importIds.take, {
    replaces: true,
    run: async ({ kept, team }, caller, deps) => instead(await takeImport(kept, team, caller, deps)),
  }),
  action(importIds.cancel, {
    replaces: true,
    run: async ({ kept }, caller, deps) => instead(await cancelImport(kept, caller, deps)),
  }),
]
