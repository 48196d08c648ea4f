import { reopen } from '../forms/drafts.js'
import { type Action, action } from '../ui/action.js'
import { formIds } from '../ui/ids.js'

/** `all`: the actions that open forms and those that take them. */
export function formActions(all: readonly Action[]): readonly Action[] {
  return [
    action(formIds.reopen, {
      opensForm: true,
      run: ({ draft, field }, caller, deps) => reopen(draft, field, all, caller, deps),
    }),
  ]
}
