import { expect, it } from 'vitest'
import { packDiff } from '../../src/content/pack-diff.js'
import { type Files, load, QUESTIONS, questionWith, topicWith } from './folder.js'

const FILE = 'p/one/canary.questions.yaml'
/** What the change to the small pack is told as. */
async function diffOf(files: Files, before: Files = {}) {
  const [then, now] = await Promise.all([load(before), load(files)])
  expect([then.problems, now.problems]).toEqual([[], []])
  return packDiff(then.bank, now.bank)
}
const NONE = { added: [], removed: [], changed: [] }

it('nothing, where only the place in the files is another', async () => {
  expect(await diffOf({ [FILE]: `# A remark\n${QUESTIONS}` })).toEqual({
    topics: NONE,
    questions: NONE,
    keys: [],
    others: [],
  })
})

it('another key is named, in whatever words the reasons are', async () => {
  const other = QUESTIONS.replace('text: a part, right: true', 'text: a part').replace(
    'text: half,',
    'text: half, right: true,',
  )
  expect(await diffOf({ [FILE]: other })).toMatchObject({
    questions: { changed: ['canary-first'] },
    keys: ['canary-first'],
    others: [],
  })
  expect(await diffOf(questionWith('why: that is linear', 'why: so it is'))).toMatchObject({
    questions: { changed: ['canary-first'] },
    keys: [],
    others: [],
  })
})

it('a question whose right answer was no option before asks something else', async () => {
  expect(await diffOf(questionWith('text: a part', 'text: a tenth'))).toMatchObject({
    keys: [],
    others: [{ id: 'canary-first', reason: expect.stringContaining('a tenth') }],
  })
})

it('topics and questions that come, go and change', async () => {
  const second = QUESTIONS.replace('canary-first', 'canary-second').replace(
    'What goes first?',
    'What goes then?',
  )
  const two = { [FILE]: `${QUESTIONS}\n${second}` }
  expect(await diffOf(two)).toMatchObject({
    questions: { added: ['canary-second'], removed: [], changed: [] },
  })
  expect(await diffOf({}, two)).toMatchObject({
    questions: { added: [], removed: ['canary-second'], changed: [] },
  })
  expect(await diffOf(topicWith('goes first', 'goes ahead'))).toMatchObject({
    topics: { added: [], removed: [], changed: ['canary'] },
    questions: NONE,
  })
})
