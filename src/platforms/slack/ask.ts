/** The form that asks for a command's input, with completion while typing. */
import type { ModalView } from '@slack/types'
import { INPUT } from './form.js'
import { metadata, type Origin } from './origin.js'
import { plainText } from './plain-text.js'

/** The callback id of the form. */
export const ASK = 'ask-what'

export function askView(command: string, option: string, description: string, origin: Origin): ModalView {
  return {
    type: 'modal',
    callback_id: ASK,
    title: plainText(`/${command}`, 24),
    submit: plainText('Show', 24),
    close: plainText('Cancel', 24),
    private_metadata: metadata(origin, { command }),
    blocks: [
      {
        type: 'input',
        block_id: option,
        label: plainText(description, 2000),
        element: {
          type: 'external_select',
          action_id: INPUT,
          placeholder: plainText('Type to search', 150),
          min_query_length: 0,
        },
      },
    ],
  }
}
