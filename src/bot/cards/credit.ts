/** The source and licence of a pack, if it names them. */
import type { Pack } from '../../core/model.js'
import { sentence } from '../../core/text.js'
import { type Block, note } from '../ui/card.js'

export function creditNote({ title, licence, attribution }: Pack): Block[] {
  if (licence !== undefined && attribution !== undefined)
    return [note(sentence`${title}: ${licence}, ${attribution}`)]
  const only = licence ?? attribution
  return only === undefined ? [] : [note(sentence`${title}: ${only}`)]
}
