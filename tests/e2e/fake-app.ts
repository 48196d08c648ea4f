/** A bot of fixed answers, to try the chat page without the real one. */
import type { App } from '../../src/bot/app.js'
import type { CardReply, Reply, Request } from '../../src/bot/ports/chat.js'
import {
  bold,
  bullets,
  button,
  buttons,
  type Card,
  code,
  type Form,
  fields,
  heading,
  italic,
  letters,
  note,
  text,
} from '../../src/bot/ui/card.js'

export const NASTY = '</script><img src=x onerror="document.title=1"> @everyone <!channel> 🧑‍🚀'

export const topicCard: Card = {
  title: 'Canary against linear traffic shifting',
  blocks: [
    text(
      'Both move traffic from the ',
      bold('blue'),
      ' fleet to the ',
      bold('green'),
      ' fleet; they differ in ',
      italic('how many steps'),
      ' it takes.',
    ),
    {
      kind: 'table',
      header: [[], ['Canary'], ['Linear']],
      rows: [
        [['Steps'], ['Two'], ['Several, of equal size']],
        [['First step'], ['At most ', bold('50 %')], ['10 % to 50 %']],
        [['Set by'], [code('CanarySize')], [code('LinearStepSize')]],
      ],
    },
    heading('What to know'),
    bullets(['A baking period follows every step.'], ['CloudWatch alarms trip the automatic rollback.']),
    {
      kind: 'code',
      text: 'TrafficRoutingConfiguration:\n  Type: CANARY\n  CanarySize: { Type: CAPACITY_PERCENT, Value: 30 }',
    },
    {
      kind: 'image',
      picture: {
        kind: 'diagram',
        diagram: { alt: 'Blue sends 30 % to green', boxes: [{ id: 'b', label: 'Blue' }], arrows: [] },
      },
      alt: 'Blue sends 30 % to green, then all of it',
    },
    note(
      'Source: ',
      { link: 'https://docs.aws.amazon.com/sagemaker/', text: ['SageMaker AI guide'] },
      ' · ',
      {
        link: 'javascript:alert(1)',
        text: ['bad'],
      },
    ),
    ...buttons(
      button('quiz~canary', 'Quiz me on this', 'primary'),
      button('show~canary', 'Show to channel'),
      button('more~linear', 'Linear'),
    ),
  ],
}

export const questionCard: Card = {
  title: 'Question of the day',
  blocks: [
    note('Exam domain 3 · Applied'),
    text(
      'A team wants 10 % of requests to reach a new model for half an hour, and an automatic return to the old one if errors rise. What fits?',
    ),
    letters(
      ['A blue/green deployment with canary traffic shifting and a CloudWatch alarm'],
      ['A shadow test at 10 % sampling'],
      ['Two production variants with weights 90 and 10'],
      ['All-at-once traffic shifting with a long baking period'],
    ),
    ...buttons(...['A', 'B', 'C', 'D'].map((letter) => button(`pick~1~${letter}`, letter))),
    note(
      'Nobody has answered yet. Open until ',
      { time: Date.UTC(2026, 10, 24, 8), zone: 'Europe/Berlin', show: 'both' },
      '.',
    ),
    ...buttons(button('report~q1', 'Report a problem', 'danger')),
  ],
}

export const pickCard: Card = {
  title: 'Two that scale to zero',
  blocks: [
    text(bold('Choose TWO.')),
    {
      kind: 'select',
      id: 'picks~2',
      label: 'Choose TWO',
      min: 2,
      max: 2,
      options: ['Serverless', 'Asynchronous', 'Batch', 'Edge'].map((label, i) => ({
        value: 'ABCD'[i] ?? '',
        label: `${'ABCD'[i]}: ${label}`,
      })),
    },
    {
      kind: 'select',
      id: 'jump~1',
      label: 'Topic',
      min: 1,
      max: 1,
      options: [
        { value: 'neo', label: 'SageMaker Neo' },
        { value: 'ecr', label: 'Amazon ECR' },
      ],
    },
  ],
}

const boardCard: Card = {
  title: 'This season',
  blocks: [
    fields({ You: '42 points', Rank: ['2 of 5'], Streak: '4 days', 'Next rank': '8 points to go' }),
    {
      kind: 'image',
      picture: {
        kind: 'board',
        title: 'November',
        subtitle: '',
        rows: ['Ann', 'Ben', 'Chloe'].map((name, i) => ({
          rank: i + 1,
          name,
          points: '42',
          share: 1,
          mine: false,
        })),
      },
      alt: 'Ann 50, Ben 42, Chloe 40',
    },
    { kind: 'divider' },
    {
      kind: 'list',
      style: 'numbers',
      items: [
        [{ member: 'ann', name: 'Ann' }, ' 50'],
        [{ member: 'ben', name: 'Ben' }, ' 42'],
      ],
    },
    { kind: 'file', name: 'export.json', mime: 'application/json', content: new TextEncoder().encode('{}') },
  ],
}

const setupForm: Form = {
  id: 'setup',
  title: 'Set up the daily question',
  submit: 'Save',
  intro: [text('One question a day, at the ', bold('team’s own time'), '.')],
  fields: [
    { kind: 'channel', name: 'channel', label: 'Channel' },
    { kind: 'text', name: 'time', label: 'Time', hint: 'As on a clock, 09:00', value: '09:00', max: 5 },
    {
      kind: 'text',
      name: 'zone',
      label: 'Time zone',
      max: 60,
      suggestions: ['Europe/Berlin', 'America/New_York'],
    },
    {
      kind: 'select',
      name: 'pack',
      label: 'Pack',
      value: 'mla',
      options: [
        { value: 'mla', label: 'MLA-C01' },
        { value: 'saa', label: 'SAA-C03' },
      ],
    },
    {
      kind: 'multi',
      name: 'days',
      label: 'Days',
      values: ['1', '2'],
      options: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri'].map((label, i) => ({ value: String(i + 1), label })),
    },
    { kind: 'text', name: 'note', label: 'Note', max: 300, long: true, optional: true },
  ],
}

const COMMANDS = ['explain', 'quiz', 'leaderboard', 'help', 'daily', 'team setup'] as const

const nothing = async () => {}

export interface FakeApp extends App {
  readonly seen: Request[]
}

export function createFakeApp(): FakeApp {
  const seen: Request[] = []
  return {
    seen,
    examples: ['/explain canary vs linear', '/quiz', '/leaderboard', '/help'],
    readFile: (file) => ({ name: 'team import', input: { file } }),
    readWords: (query) => ({ name: 'explain', input: { query } }),
    commands: COMMANDS.map((name) => ({
      name,
      summary: '',
      usage: '',
      visibility: name === 'daily' ? 'public' : 'private',
      admin: false,
      inDirectMessages: false,
      forAnybody: false,
      isMoved: false,
      opensForm: false,
      isLookUp: false,
      limit: 'request',
      options: {},
      run: async () => ({ blocks: [] }),
    })),
    async run(request) {
      seen.push(request)
      if (request.kind === 'submit' && request.values.time === '25:99')
        return { ...MISTAKE, reference: 'fake01', isTrouble: true }
      return { ...answer(request), reference: 'fake01' }
    },
    suggest: async () => [],
    home: async () => ({ ...toCaller({ blocks: [] }), reference: 'fake01' }),
    opensForm: () => false,
    channelGone: async () => {},
    presence: {
      ...{
        here: nothing,
        left: nothing,
        missing: nothing,
        refused: nothing,
        accepted: nothing,
        purge: nothing,
        look: nothing,
      },
      ...{ stored: async () => [], marked: async () => [], inDoubt: async () => [] },
      check: () => {},
    },
    greet: nothing,
    greetLater: nothing,
    greetNew: nothing,
    workspaceAsked: async () => undefined,
    formDrafts: { latest: async () => undefined, keep: nothing, drop: nothing },
    complete: async (_caller, line) =>
      ['/explain canary deployments', '/explain linear', '/quiz', '/help']
        .filter((l) => l.startsWith(line))
        .map((value) => ({ value, label: `${value} [topic]` })),
    tick: async () => {},
    endExams: async () => {},
    checkSlots: async () => {},
    settled: async () => {},
  }
}

const MISTAKE: CardReply = {
  ...toCaller({ blocks: [text('No such time.')] }),
  wrong: { field: 'time', message: 'No such time.' },
}

function answer(request: Request): Reply {
  switch (request.kind) {
    case 'command':
      if (request.name === 'daily') return { kind: 'card', card: questionCard, to: 'channel', replace: false }
      return request.name === 'team' ? { kind: 'form', form: setupForm } : toCaller(cardOf(request.name))
    case 'press':
      if (request.id.startsWith('show'))
        return { kind: 'card', card: topicCard, to: 'channel', replace: false }
      if (request.id.startsWith('report'))
        return { kind: 'form', form: { ...setupForm, id: 'report', title: 'Report a problem' } }
      return toCaller(
        { title: `Pressed ${request.id}`, blocks: buttons(button('again', 'Again')) },
        request.id.startsWith('more'),
      )
    case 'select':
      return toCaller({ title: `Picked ${request.values.join(' and ')}`, blocks: [] })
    case 'submit':
      return toCaller({ title: 'Saved', blocks: [text(JSON.stringify(request.values))] })
  }
}

function cardOf(name: string): Card {
  if (name === 'explain') return topicCard
  if (name === 'quiz') return pickCard
  if (name === 'leaderboard') return boardCard
  return { title: `Help ${NASTY}`, blocks: [text(NASTY), note('/explain, /quiz, /leaderboard')] }
}

function toCaller(card: Card, replace = false): CardReply {
  return { kind: 'card', card, to: 'caller', replace }
}
