/** Draws one message of the conversation. */
import type { LocalMember, Shown } from '../wire.js'
import { type Child, el, freshId } from './dom.js'
import { type Around, drawCard } from './render.js'

export interface Face {
  readonly name: string
  readonly initials: string
  /** The CSS class that selects the colour. */
  readonly tint: string
}

export function faceOf(author: string, members: readonly LocalMember[]): Face {
  if (author === 'cohort') return { name: 'Cohort', initials: 'C', tint: 'bot' }
  const name = members.find((m) => m.id === author)?.name ?? author
  const sum = [...name].reduce((total, letter) => total * 31 + (letter.codePointAt(0) ?? 0), 7)
  return { name, initials: [...name].slice(0, 2).join(''), tint: `tint${sum % 6}` }
}

/**
 * `follows`: whether the previous message is recent and by the same person, so the head is not shown again.
 */
export function drawMessage(message: Shown, face: Face, around: Around, follows: boolean): HTMLElement {
  const head = freshId()
  const kinds = ['message', message.body.kind, message.hidden ? 'private' : '', follows ? 'follows' : '']
  const props = {
    class: kinds.filter((k) => k !== '').join(' '),
    'data-id': message.id,
    'data-at': message.at,
    'aria-labelledby': head,
    tabindex: -1,
  }
  const avatar = el('div', { class: `avatar ${face.tint}`, 'aria-hidden': 'true' }, face.initials)
  return el(
    'article',
    props,
    avatar,
    el('div', { class: 'body' }, drawHead(head, message, face), drawBody(message, around)),
  )
}

function drawHead(id: string, message: Shown, face: Face): HTMLElement {
  const at = new Date(message.at)
  const time = new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(at)
  const full = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'short' }).format(at)
  const name = el('span', { id, class: 'name', dir: 'auto' }, face.name)
  const app = face.tint === 'bot' ? el('span', { class: 'app-tag' }, 'APP') : undefined
  const mark = message.hidden ? el('span', { class: 'only' }, eye(), 'Only visible to you') : undefined
  return el(
    'header',
    { class: 'head' },
    name,
    app,
    el('time', { datetime: at.toISOString(), title: full }, time),
    mark,
  )
}

function drawBody(message: Shown, around: Around): Child {
  const { body } = message
  switch (body.kind) {
    case 'said':
      return el(
        'div',
        { class: 'said-line' },
        el('p', { class: 'words', dir: 'auto' }, body.text),
        ofThis(around),
      )
    case 'typed':
      return el('p', { class: 'words' }, el('code', { class: 'typed-line', dir: 'auto' }, body.text))
    case 'card':
      return drawCard(body.card, around)
  }
}

/** The same ids as in `bot/ui/message.ts` and `bot/ui/ids.ts`. */
const [OF_MESSAGE, QUESTION_OF_THIS] = ['authoring.of-message', 'Make a question of this']

function ofThis(around: Around): Node {
  const node = el('button', { type: 'button', class: 'of-this', 'data-act': OF_MESSAGE }, QUESTION_OF_THIS)
  node.addEventListener('click', () => around.press(OF_MESSAGE))
  return node
}

function eye(): Node {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  for (const [name, value] of Object.entries({
    viewBox: '0 0 20 20',
    width: '13',
    height: '13',
    'aria-hidden': 'true',
  }))
    svg.setAttribute(name, value)
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path')
  path.setAttribute(
    'd',
    'M10 4C5.5 4 2.3 7.4 1 10c1.3 2.6 4.5 6 9 6s7.700-3.400 9-6c-1.300-2.600-4.500-6-9-6zm0 9.500a3.500 3.500 0 1 1 0-7 3.500 3.500 0 0 1 0 7z',
  )
  path.setAttribute('fill', 'currentColor')
  svg.append(path)
  return svg
}
