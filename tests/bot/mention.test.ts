/** A name that topics mention, and none is about. */
import { expect, it } from 'vitest'
import { labelsOf, startBot } from '../helpers/bot.js'
import { smallPack } from '../helpers/small-pack.js'

const about = (title: string, body: string) => ({ title, body })
const topics = {
  builder: about('Builder', '- It takes the place of Jenkins.'),
  ...Object.fromEntries(
    ['Alpha', 'Beta', 'Gamma', 'Delta'].map((t) => [t.toLowerCase(), about(t, '- Sends to Splunk.')]),
  ),
}

it('is no answer, but leads to those that mention it', async () => {
  const ann = (await startBot({ content: smallPack({ topics }) })).person('ann')
  await ann.says('/explain Jenkins')
  expect(ann.sees).toContain('There is no topic on Jenkins. This one mentions it:')
  expect(ann.card.title).toBe('Builder')
  await ann.says('/explain Splunk')
  expect(ann.card.title).toBe('Not covered')
  expect(ann.sees).toContain('There is no topic on Splunk. These mention it:')
  expect(labelsOf(ann.card)).toEqual(['Alpha', 'Beta', 'Delta'])
  await ann.says('/explain [[Alpha|what it is]]')
  expect(ann.card.title).toBe('Alpha')
})
