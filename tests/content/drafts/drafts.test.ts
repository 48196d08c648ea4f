import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DraftQuestion } from '../../../src/content/drafts/draft.js'
import { makeDrafts } from '../../../src/content/drafts/make-drafts.js'
import { questionValue } from '../../../src/content/drafts/question-value.js'
import { question as questionSchema } from '../../../src/content/schema.js'
import { topicOf } from './topic-of.js'

/** Made of one topic, whose title is "Sails". */
const drafts = (markdown: string, title = 'Sails') => makeDrafts([topicOf(title, markdown)])
const kinds = (markdown: string, title?: string) => drafts(markdown, title).map(({ item }) => item.kind)

const choices = ({ item }: DraftQuestion) =>
  item.kind === 'choice' ? item.choices.map(({ text }) => text) : []
const keyOf = ({ item }: DraftQuestion) =>
  item.kind === 'choice' ? item.choices.find(({ right }) => right)?.text : undefined

const TERMS = `- **Jib**: triangular headsail set on the forestay of a boat
- **Spinnaker**: large light balloon flown when the wind comes from behind
- **Mainsail**: the largest cloth, hoisted along the mast and held by the boom
- **Trysail**: small storm cloth that takes over when it blows very hard
`

describe('terms that notes explain', () => {
  it.each([
    ['bold, with a colon behind it', TERMS],
    ['bold, with the colon inside', TERMS.replaceAll('**:', ':**')],
    ['bold, with a dash', TERMS.replaceAll('**:', '** –')],
    ['without bold', TERMS.replaceAll('**', '')],
    ['with a hyphen', TERMS.replaceAll('**', '').replaceAll(':', ' -')],
  ])('are asked for against the others of their list: %s', (_name, list) => {
    const all = drafts(list)
    expect(all.map(({ concept }) => concept)).toEqual(['Jib', 'Spinnaker', 'Mainsail', 'Trysail'])
    for (const draft of all) expect(new Set(choices(draft)).size).toBe(4)
  })

  it('give four terms for what is said, or four descriptions for a term, and reasons from the notes', () => {
    const all = drafts(TERMS)
    const byTerm = all.find((draft) => draft.item.stem.includes('fits the description'))
    const bySaying = all.find((draft) => draft.item.stem.includes('describes'))
    expect(byTerm && keyOf(byTerm)).toBe(byTerm?.concept)
    expect(bySaying && keyOf(bySaying)).toMatch(/^[A-Z].* /)
    const reasons = all.flatMap(({ item }) =>
      item.kind === 'choice' ? item.choices.filter(({ right }) => !right).map(({ why }) => why) : [],
    )
    for (const why of reasons)
      expect(why).toMatch(
        /^(?:Jib|Spinnaker|Mainsail|Trysail): \S|^This is (?:Jib|Spinnaker|Mainsail|Trysail)\.$/,
      )
  })

  it('have their name blanked out where the sentence says it', () => {
    const [draft] = drafts(
      TERMS.replace('triangular headsail', 'a jib is the triangular cloth in front, and it is'),
    )
    expect(draft?.item.stem).toContain('____ is the triangular cloth')
    expect(draft?.item.stem).not.toMatch(/jib/i)
  })

  it('are left out where a word of the name would still tell', () => {
    const list = TERMS.replace('**Trysail**', '**Storm sail**')
    expect(drafts(list).map(({ concept }) => concept)).not.toContain('Storm sail')
  })

  it('are asked for where the word that would tell is the name of a maker', () => {
    const list = TERMS.replace('**Trysail**: small', '**Acme Trysail**: small Acme')
    const concepts = (makers: readonly string[]) =>
      makeDrafts([topicOf('Sails', list)], makers).map(({ concept }) => concept)
    expect(concepts([])).not.toContain('Acme Trysail')
    expect(concepts(['Acme'])).toContain('Acme Trysail')
  })

  it('that a sentence defines are asked for across the topics of a section', () => {
    const topics = Object.entries({
      Ketch: 'A Ketch is a boat with two masts, of which the one in front is taller.',
      Sloop: 'A Sloop is what most people sail today: a single mast and one sail ahead of it.',
      Dinghy: 'A Dinghy is small enough to be rowed ashore from where the others lie at anchor.',
      Catamaran: 'A Catamaran is built on two narrow hulls, and hardly heels even in strong wind.',
    }).map(([name, text]) => topicOf(name, text))
    const all = makeDrafts(topics)
    expect(all.map(keyOf)).toEqual(['Ketch', 'Sloop', 'Dinghy', 'Catamaran'])
    expect(all[0]?.item.stem).toContain('“____ is a boat with two masts')
  })

  it('that have no three others beside them are left out', () => {
    expect(drafts(TERMS.split('\n').slice(0, 3).join('\n'))).toEqual([])
  })

  it('that mean something else in another topic are left out', () => {
    const other = topicOf('Ropes', '- **Jib**: the sheet of another sail that is kept under the deck\n')
    const all = makeDrafts([
      topicOf('Sails', `${TERMS}- **Genoa**: very wide cloth that reaches behind the mast\n`),
      other,
    ])
    expect(all.map(({ concept }) => concept)).not.toContain('Jib')
  })

  it.each([
    ['labels', '- **Note**: this one is for days on which nothing else is left to do\n'],
    ['questions', '- **Reef**: when do you take one in on a long and windy day?\n'],
    ['bare links', '- [**Reef**: a page about it that somebody wrote](https://example.com/reef)\n'],
    ['addresses', '- **Reef**: read what stands at https://example.com/reef about all of this\n'],
    ['code', '- `Reef: reef the main sail of the boat down in wind`\n'],
    ['lists of names', '- **Makers**: North, Elvstrom, Quantum, Doyle, Hood\n'],
    ['a few words', '- **Reef**: less cloth\n'],
    ['what points elsewhere', '- **Reef**: as mentioned above it makes the cloth smaller in wind\n'],
  ])('are no terms: %s', (_name, item) => {
    const names = drafts(TERMS + item).map(({ concept }) => concept)
    expect(names).toEqual(['Jib', 'Spinnaker', 'Mainsail', 'Trysail'])
  })
})

const table = (rows: readonly (readonly string[])[], head = ['Sail', 'Wind']) =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')

describe('tables', () => {
  it('of two columns are matched', () => {
    const [draft, ...more] = drafts(
      table([
        ['Jib', 'ahead'],
        ['Spinnaker', 'behind'],
        ['Trysail', 'storm'],
      ]),
    )
    expect(more).toEqual([])
    expect(draft?.item).toMatchObject({
      kind: 'matching',
      stem: 'Sails: match each sail with its wind.',
      pairs: [
        { prompt: 'Jib', answer: 'ahead' },
        { prompt: 'Spinnaker', answer: 'behind' },
        { prompt: 'Trysail', answer: 'storm' },
      ],
    })
  })

  it('with long texts are turned round, so that the names are the answers', () => {
    const long = (word: string) =>
      `${word} cloth that is taken when the crew has agreed on it and the boat is well prepared`
    const [draft] = drafts(
      table([
        ['Jib', long('front')],
        ['Spinnaker', long('round')],
        ['Trysail', long('heavy')],
      ]),
    )
    expect(draft?.item).toMatchObject({
      pairs: [{ answer: 'Jib' }, { answer: 'Spinnaker' }, { answer: 'Trysail' }],
    })
  })

  it('with a column of a maker are left out, since it says what is theirs to do', () => {
    const rows = [
      ['paint', 'hull'],
      ['wash', 'deck'],
      ['mend', 'sails'],
    ]
    const made = (makers: readonly string[]) =>
      makeDrafts([topicOf('Sails', table(rows, ['You do', 'acme']))], makers).length
    expect([made([]), made(['Acme'])]).toEqual([1, 0])
  })

  it('that are long become several of nearly the same size', () => {
    const words = ['oak', 'elm', 'ash', 'fir', 'yew', 'box', 'bay', 'fig']
    const all = drafts(table(words.map((word, i) => [`${word} mast`, `port ${'abcdefgh'[i]}`])))
    expect(all.map(({ item }) => (item.kind === 'matching' ? item.pairs.length : 0))).toEqual([4, 4])
  })

  it('of many columns take the first with one other', () => {
    const rows = [
      ['1', 'Jib', 'ahead', 'yes'],
      ['2', 'Spinnaker', 'behind', 'no'],
      ['3', 'Trysail', 'storm', 'no'],
    ]
    const [draft] = drafts(table(rows, ['#', 'Sail', 'Wind', 'Often']))
    expect(draft?.item).toMatchObject({ stem: 'Sails: match each sail with its wind.' })
  })

  it.each([
    [
      'two rows',
      table([
        ['Jib', 'ahead'],
        ['Spinnaker', 'behind'],
      ]),
    ],
    [
      'answers that are all the same',
      table([
        ['Jib', 'ahead'],
        ['Spinnaker', 'ahead'],
        ['Trysail', 'ahead'],
      ]),
    ],
    [
      'yes and no',
      table([
        ['Jib', 'yes'],
        ['Spinnaker', 'no'],
        ['Trysail', 'no'],
      ]),
    ],
    [
      'empty cells',
      table([
        ['Jib', ''],
        ['Spinnaker', '-'],
        ['Trysail', 'storm'],
      ]),
    ],
    [
      'links',
      table([
        ['Jib', '[a](https://e.org)'],
        ['Spinnaker', '[b](https://e.org)'],
        ['Trysail', '[c](https://e.org)'],
      ]),
    ],
    [
      'initials',
      table([
        ['Class Imbalance', 'CI'],
        ['Rate of Turn', 'RT'],
        ['Sea Level', 'SL'],
      ]),
    ],
    [
      'answers in the prompts',
      table([
        ['Front jib', 'front'],
        ['Rear jib', 'rear'],
        ['Top jib', 'top'],
      ]),
    ],
    [
      'pros and cons',
      table(
        [
          ['fast', 'dear'],
          ['light', 'weak'],
          ['small', 'wet'],
        ],
        ['Pros', 'Cons'],
      ),
    ],
  ])('give none: %s', (_name, markdown) => {
    expect(kinds(markdown)).toEqual([])
  })
})

describe('numbered lists', () => {
  const STEPS = '1. Open the hatch\n2. Hoist the cloth\n3. Pull the sheet\n4. Close the hatch\n'

  it('of steps are put in order', () => {
    expect(drafts(STEPS)[0]?.item).toMatchObject({
      kind: 'ordering',
      stem: 'Sails: put these steps in the right order.',
      steps: ['Open the hatch', 'Hoist the cloth', 'Pull the sheet', 'Close the hatch'].map((text) => ({
        text,
      })),
    })
  })

  it('of many steps give the first five', () => {
    const [draft] = drafts(`${STEPS}5. Check the wind\n6. Write the log\n`)
    expect(draft?.item).toMatchObject({ stem: 'Sails: put the first steps in the right order.' })
    expect(draft?.item.kind === 'ordering' && draft.item.steps).toHaveLength(5)
  })

  it('lose the words that tell a place', () => {
    const [draft] = drafts('1. First, open the hatch\n2. Then hoist the cloth\n3. Finally, pull the sheet\n')
    expect(draft?.item).toMatchObject({
      steps: [{ text: 'Open the hatch' }, { text: 'Hoist the cloth' }, { text: 'Pull the sheet' }],
    })
  })

  it.each([
    ['that count things', '1. Jib for light wind\n2. Spinnaker for the race\n3. Trysail for storms\n'],
    ['of two', '1. Open the hatch\n2. Hoist the cloth\n'],
    ['whose steps name others', '1. Open the hatch\n2. Hoist the cloth\n3. Go back to step 1\n'],
    ['whose steps are equal', '1. Pull the sheet\n2. Wait for wind\n3. Pull the sheet\n'],
    ['of questions', '1. Open the hatch?\n2. Hoist the cloth?\n3. Pull the sheet?\n'],
  ])('give none: %s', (_name, markdown) => {
    expect(kinds(markdown)).toEqual([])
  })

  it('under a heading that speaks of steps may be of any words', () => {
    expect(
      kinds('## Stages of a race\n\n1. Warning signal\n2. Preparatory signal\n3. Starting signal\n'),
    ).toEqual(['ordering'])
  })
})

describe('a draft', () => {
  it('says where it comes from, and keeps its id when the notes around it change', () => {
    const [draft] = drafts(TERMS)
    expect(draft).toMatchObject({ topics: ['sails'], from: { file: 'sails.md', line: 7, heading: 'Sails' } })
    const more = drafts(`Some words.\n\n${TERMS}- **Genoa**: very wide cloth that reaches behind the mast\n`)
    expect(more.map(({ id }) => id)).toEqual(expect.arrayContaining(drafts(TERMS).map(({ id }) => id)))
  })

  it('of any notes is a question that could be asked, and no choice is in its stem', {
    tags: ['slow'],
  }, () => {
    const word = fc.constantFrom(
      'jib',
      'mast',
      'Boom',
      'rope (R)',
      'option A',
      'C++',
      'a.b',
      '**',
      'is',
      'the',
      '____',
      '[x',
      'storm',
      '10',
      'sail',
    )
    const words = fc.array(word, { minLength: 1, maxLength: 12 }).map((all) => all.join(' '))
    const line = fc
      .tuple(words, words)
      .map(([term, says]) => `- **${term.replaceAll('*', '')}**: ${says.replaceAll('*', '')}`)
    const notes = fc.array(line, { minLength: 4, maxLength: 9 }).map((lines) => lines.join('\n'))
    fc.assert(
      fc.property(notes, (markdown) => {
        for (const draft of makeDrafts([topicOf('Boats', markdown)])) {
          expect(questionSchema.safeParse(questionValue(draft)).error).toBeUndefined()
          const key = keyOf(draft)?.toLowerCase() ?? ''
          if (draft.item.stem.includes('“'))
            expect(
              draft.item.stem
                .split('“')[1]
                ?.toLowerCase()
                .split(/[^a-z+]+/),
            ).not.toContain(key)
        }
      }),
      { numRuns: 300 },
    )
  })
})
