/** Longest line of text that is looked at; more is cut, since nobody types that much by hand. */
const MAX_TEXT = 4000

/** Text from outside without what can hide or break: control characters, lone surrogates, marks that turn the direction. */
export function clean(text: string): string {
  return text.slice(0, MAX_TEXT).toWellFormed().replaceAll(UNSEEN, '').trim()
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is to be removed
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffd]/g
