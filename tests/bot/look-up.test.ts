/** Completion of a look-up, comparisons, and *Show to channel*. */
import { beforeAll, describe, expect, it } from 'vitest'
import { type App, createApp } from '../../src/bot/app.js'
import { renderMessage as onDiscord } from '../../src/platforms/discord/render.js'
import { renderMessage as onSlack, renderViews } from '../../src/platforms/slack/render.js'
import { folder } from '../content/folder.js'
import { type Bot, buttonsOf, startBot } from '../helpers/bot.js'
import { smallPack } from '../helpers/small-pack.js'

const topics = {
  canary: {
    title: 'Canary shifting',
    front: {
      aliases: ['canary'],
      asked: ['how do I try a new version on a few users first'],
      confused: { linear: 'Canary has two steps, linear several.' },
    },
  },
  linear: { title: 'Linear shifting', front: { aliases: ['linear'] } },
  lambda: { title: 'Lambda functions', front: { aliases: ['lambda'] } },
  batch: { title: 'Batch jobs', front: { aliases: ['batch'], confused: { lambda: 'Jobs may take hours.' } } },
  queue: { title: 'Queues' },
}
const compare = [
  {
    topics: ['batch', 'queue'],
    differ: [{ aspect: 'Holds', sides: ['work that runs', 'messages'] }],
    choose: 'Batch to run, queues to wait.',
  },
]

let bot: Bot
beforeAll(async () => {
  bot = await startBot({ content: smallPack({ topics, compare }) })
})

describe('completion of /explain', () => {
  const caller = {
    platform: 'test',
    workspace: 'w1',
    channel: 'study',
    user: 'ann',
    name: 'Ann',
    isAdmin: async () => false,
  }
  const completed = async (typed: string) =>
    (await bot.app.suggest(caller, 'explain', 'query', typed)).map(({ value }) => value)

  it.each([
    ['lin', ['Linear shifting', 'lin']],
    [
      'canary vs ',
      [
        'canary vs Batch jobs',
        'canary vs Lambda functions',
        'canary vs Linear shifting',
        'canary vs Queues',
        'canary vs',
      ],
    ],
    ['canary vs lin', ['canary vs Linear shifting', 'canary vs lin']],
    ['canary vs. l', ['canary vs. Lambda functions', 'canary vs. Linear shifting', 'canary vs. l']],
    ['canary VERSUS lin', ['canary VERSUS Linear shifting', 'canary VERSUS lin']],
    ['canary vs linear vs ba', ['canary vs linear vs Batch jobs', 'canary vs linear vs ba']],
    ['canary vs lineer', ['canary vs Linear shifting', 'canary vs lineer']],
    [
      'difference between canary and lin',
      ['difference between canary and Linear shifting', 'difference between canary and lin'],
    ],
    ['canary or lin', ['Canary shifting', 'canary or lin']],
    ['cannary', ['Canary shifting', 'cannary']],
    [
      'how do I try a version on few users first?',
      ['Canary shifting', 'how do I try a version on few users first?'],
    ],
    ['Canary shifting', ['Canary shifting']],
    ['nothing of the kind', ['nothing of the kind']],
  ])('%s', async (typed, wanted) => {
    const found = await completed(typed)
    if (typed.includes(' or ')) expect(found).toContain(typed)
    else expect(found).toEqual(wanted)
  })

  it('says of the typed text that it is looked up, and never has more than 25', async () => {
    const many = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`t${i}`, { title: `Topic ${i}` }]))
    const large = await startBot({ content: smallPack({ topics: many }) })
    const found = await large.app.suggest(caller, 'explain', 'query', 'topic')
    expect(found).toHaveLength(25)
    expect(found.at(-1)).toEqual({ value: 'topic', label: 'Look up “topic”' })
  })

  it('stands under its section where topics of several match, the section of the best first', async () => {
    const topic = (title: string) => `---\ntitle: ${title}\nsummary: A thing.\n---\n- It is a thing.\n`
    const sections = 'sections: [{ id: one, number: 1, title: First }, { id: two, number: 2, title: Second }]'
    const content = folder({
      'p/pack.yaml': `title: A pack\n${sections}\n`,
      'p/one/canary.questions.yaml': '[]',
      'p/one/canary.md': topic('Shifting, gradual'),
      'p/two/shift.md': topic('Shift'),
      'p/one/zebra.md': topic('Zebra'),
    })
    const large = await startBot({ content })
    expect(await large.app.suggest(caller, 'explain', 'query', 'shift')).toEqual([
      { value: 'Shift', label: 'Shift', group: 'Second' },
      { value: 'Shifting, gradual', label: 'Shifting, gradual', group: 'First' },
    ])
    expect((await large.app.suggest(caller, 'explain', 'query', 'zeb'))[0]).not.toHaveProperty('group')
  })

  it('goes on behind "vs" in a line too', async () => {
    const found = await bot.app.complete(caller, '/explain canary vs lin')
    expect(found[0]).toEqual({
      value: '/explain canary vs Linear shifting',
      label: 'canary vs Linear shifting',
    })
  })
})

describe('a comparison', () => {
  it('has its sides beside each other, on every platform', async () => {
    const ann = bot.person('ann')
    await ann.says('/explain batch vs queues')
    const { card } = ann
    const cells = ['Holds', 'work that runs', 'messages']
    const [table] = card.blocks.filter((block) => block.kind === 'table')
    expect(table?.rows.map((row) => row.map((cell) => cell.join('')))).toContainEqual(cells)
    const beside = /Batch jobs +Queues\\n─+\\n.*\\n\\nHolds\\nwork that runs +messages\\n/
    expect(JSON.stringify(onDiscord(card, new Map()))).toMatch(beside)
    expect(JSON.stringify(renderViews(card, new Map()))).toMatch(beside)
    expect(onSlack(card, new Map()).blocks.map((block) => block.type)).toContain('table')
  })

  it('says what a topic says of the other where nobody wrote one', async () => {
    const ann = bot.person('ann')
    await ann.says('/explain linear vs canary')
    expect(ann.sees).toContain('What sets them apart')
    expect(ann.sees).toContain('Canary shifting, not Linear shifting: Canary has two steps, linear several.')
    await ann.says('/explain batch or lambda')
    expect(ann.sees).toContain('Batch jobs, not Lambda functions: Jobs may take hours.')
    await ann.says('/explain lambda or queues')
    expect(ann.sees).not.toContain('What sets them apart')
    await ann.says('/explain batch vs queues')
    expect(ann.sees).toContain('How to choose: Batch to run')
  })
})

describe('what the words of a question find', () => {
  it('offers the next likely topics, also on a further page of the card', async () => {
    const ann = bot.person('ann')
    await ann.says('/explain how does the shifting of batch jobs go')
    const { card } = ann
    expect(ann.sees).toMatch(/If you meant something else: (Canary|Linear) shifting/)
    const ids = buttonsOf(card).map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    const again = await ann.request({ kind: 'press', id: card.again ?? '' })
    expect(again).toMatchObject({ card: { title: card.title, blocks: card.blocks } })
    await ann.presses('Linear shifting')
    expect(ann.card.title).toBe('Linear shifting')
    expect(ann.sees).not.toContain('If you meant something else')
  })

  it('is not told of what was asked for by its name', async () => {
    const ann = bot.person('ann')
    for (const name of ['canary', 'Batch jobs', 'lamda']) {
      await ann.says(`/explain ${name}`)
      expect(ann.sees).not.toContain('If you meant something else')
    }
  })
})

describe('Show to channel', () => {
  it('shows it once, and says so at the second press; whoever looked in vain gets it again', async () => {
    bot.at('2026-11-02T07:00:00Z')
    const ann = bot.person('ann')
    const show = async () => {
      await ann.says('/explain canary')
      const id = ann.card.blocks
        .flatMap((block) => (block.kind === 'buttons' ? block.buttons : []))
        .find(({ label }) => label === 'Show to channel')?.id
      return ann.request({ kind: 'press', id: id ?? '' })
    }
    expect(await show()).toMatchObject({ to: 'channel', card: { title: 'Canary shifting' } })
    expect(await show()).toMatchObject({ to: 'caller', card: { title: 'It is there already' } })
    expect(await show()).toMatchObject({ to: 'caller', card: { title: 'It is there already' } })
    bot.at('2026-11-02T07:01:00Z')
    expect(await show()).toMatchObject({ to: 'channel' })
    bot.at('2026-11-02T07:02:00Z')
    expect(await show()).toMatchObject({ to: 'caller' })
    bot.at('2026-11-02T09:00:00Z')
    expect(await show()).toMatchObject({ to: 'channel' })
  })

  it('is shown once by several processes, at the same moment or after a restart', async () => {
    bot.at('2026-11-03T07:00:00Z')
    const apps = [bot.app, createApp(bot.deps), createApp(bot.deps)]
    const ann = bot.person('ann')
    await ann.says('/explain canary')
    const id = buttonsOf(ann.card).find(({ label }) => label === 'Show to channel')?.id ?? ''
    const caller = { platform: 'test', workspace: 'w1', channel: 'third', user: 'ann', name: 'Ann' }
    const press = (app: App | undefined) =>
      app?.run({ kind: 'press', caller: { ...caller, isAdmin: async () => false }, id })
    const shown = async (replies: readonly unknown[]) =>
      (await Promise.all(replies)).map((reply) => (reply as { to: string }).to).sort()
    expect(await shown(apps.map(press))).toEqual(['caller', 'caller', 'channel'])
    expect(await shown([press(createApp(bot.deps))])).toEqual(['caller'])
    bot.at('2026-11-03T07:01:00Z')
    expect(await shown(apps.map(press))).toEqual(['caller', 'caller', 'channel'])
  })

  it('is apart for each channel and for each board', async () => {
    const ben = bot.person('ben', { channel: 'other' })
    await ben.says('/explain linear')
    const press = async (label: string) => {
      const id = ben.card.blocks
        .flatMap((block) => (block.kind === 'buttons' ? block.buttons : []))
        .find((one) => one.label === label)?.id
      return ben.request({ kind: 'press', id: id ?? '' })
    }
    expect(await press('Show to channel')).toMatchObject({ to: 'channel' })
    const there = bot.person('ben')
    await there.says('/explain linear')
    await there.presses('Show to channel')
    expect(there.card.title).toBe('Linear shifting')
  })
})
