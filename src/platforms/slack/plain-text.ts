/** Converts plain texts and Markdown to Slack's form, cut to its lengths. */
import type { PlainTextElement, PlainTextOption } from '@slack/types'
import type { Choosable } from '../../bot/ui/card.js'
import { short } from '../../core/text.js'
import { OPTION_TEXT } from './limits.js'
import { unformatted } from './mrkdwn.js'

export function option({ value, label }: Choosable): PlainTextOption {
  return { text: plainText(label, OPTION_TEXT), value }
}

export function plainText(text: string, max: number): PlainTextElement {
  return {
    type: 'plain_text',
    text: short(unformatted(text.replace(/\s+/g, ' ').trim()), max) || '–',
    emoji: false,
  }
}

/** Cuts at a word, and never inside an escape, a link or a pair of marks that this file wrote. */
export function cutMrkdwn(text: string, max: number): string {
  if (text.length <= max) return text
  let cut = short(text, max)
  const open = cut.lastIndexOf('<')
  if (open > cut.lastIndexOf('>')) cut = `${cut.slice(0, open).trimEnd()}…`
  return cut.replace(/&(?:a|am|amp|l|lt|g|gt)?…$/, '…')
}
