/** A topic as it is shown: what holds today, what an exam may ask for, and where it comes from. */
import { expect, it } from 'vitest'
import { topicCard } from '../../src/bot/cards/topic.js'
import { plainCard } from '../../src/bot/ui/card.js'
import { loadContent } from '../../src/content/load.js'
import { renderMessage as onDiscord } from '../../src/platforms/discord/render.js'
import { renderMessage as onSlack } from '../../src/platforms/slack/render.js'
import { startBot } from '../helpers/bot.js'
import { shippedContent } from '../helpers/shipped.js'
import { smallPack } from '../helpers/small-pack.js'

const CHANGES = '## Changes\n- Today: Two steps.\n- Exam: A key may still say one.'

function topic(body: string, documents: readonly unknown[] = []) {
  const front = { sources: { notes: [1], documents, checked: '2026-11-20' } }
  return smallPack({ topics: { kite: { title: 'Kite', front, body } } })
}

async function sees(body: string) {
  const ann = (await startBot({ content: topic(body) })).person('ann')
  await ann.says('/explain kite')
  return ann.sees
}

it.each([
  [
    'a list',
    `Why it flies.\n\n- Fact one\n- Fact two\n\nMore.\n\n## Strings\nLong.\n\n${CHANGES}`,
    /Fact two$/,
    'More.',
  ],
  [
    'a table after text',
    `Why it flies.\n\n## Strings\n| a |\n|---|\n| b |\n\n${CHANGES}`,
    /Why it flies\.$/,
    'Strings',
  ],
  ['text alone', `Why it flies.\n\n${CHANGES}`, /Why it flies\.$/, 'Checked'],
])('what changed stands after the key facts: %s', async (_case, body, before, after) => {
  const text = await sees(body)
  const [head = '', tail = ''] = text.split('Today: Two steps. In the exam: A key may still say one.')
  expect(head.trimEnd()).toMatch(before)
  expect(tail.trimStart().startsWith(after)).toBe(true)
})

it('says which skills of which exam it serves, and which exam has dropped it', async () => {
  const [bank] = (await shippedContent()).banks
  const shown = (slug: string) => {
    const found = bank?.topic(slug)
    if (!bank || !found) throw new Error(`no topic ${slug}`)
    return plainCard(topicCard(found, bank))
  }
  expect(shown('canary')).toContain('Exam skills: MLA-C02 3.3.1; MLA-C01 3.3.')
  expect(shown('sagemaker-neo')).toContain('Exam skills: not in MLA-C02; MLA-C01 3.1.')
})

it('says what an exam expects once, in every topic of the shipped pack', async () => {
  const banks = (await shippedContent()).banks
  const cards = banks.flatMap((bank) => bank.topics.map((one) => plainCard(topicCard(one, bank))))
  expect(cards.filter((text) => /expect: |In the exam: (?:In )?[Tt]he exam/.test(text))).toEqual([])
  expect(cards.filter((text) => text.includes('In the exam: ')).length).toBeGreaterThan(70)
})

it('sources are links where the content names an address, on every platform', async () => {
  const documents = [
    'The kite book',
    { title: 'Kites <&|> [a](b)', url: 'https://example.com/a%20b?c=1&d=|(x)' },
  ]
  const { banks } = await loadContent(topic('- Fact', documents))
  const [bank] = banks
  const [kite] = bank?.topics ?? []
  if (!bank || !kite) throw new Error('no topic')
  const card = topicCard(kite, bank)
  expect(plainCard(card)).toContain('Sources: The kite book; Kites <&|> [a](b)')
  expect(JSON.stringify(onSlack(card, new Map()))).toContain(
    'The kite book; <https://example.com/a%20b?c=1&amp;d=%7C(x)|Kites &lt;&amp;∣&gt; [a](b)>',
  )
  expect(JSON.stringify(onDiscord(card, new Map()))).toContain(
    JSON.stringify(
      'The kite book; [Kites \\<&\\|> \\[a\\](b)](<https://example.com/a%20b?c=1&d=|(x)>)',
    ).slice(1, -1),
  )
})

it.each([
  ['http://example.com/', 'sources.documents.0.url: should be an address that begins with https://'],
  ['javascript:alert(1)', 'sources.documents.0.url: should be an address that begins with https://'],
  ['https:example.com', 'sources.documents.0.url: should be an address that begins with https://'],
  ['https://', 'sources.documents.0.url: should be an address that begins with https://'],
  [
    'https://ann:secret@example.com/',
    'sources.documents.0.url: should be an address that begins with https://',
  ],
  ['https://exam ple.com/', 'sources.documents.0.url: should be an address that begins with https://'],
  [`https://example.com/${'x'.repeat(500)}`, 'sources.documents.0.url: is too long: at most 500 characters'],
  [undefined, 'sources.documents.0.url: is missing'],
])('the check tells a bad address: %s', async (url, message) => {
  const { problems } = await loadContent(topic('- Fact', [{ title: 'Guide', url }]))
  expect(problems.map((p) => p.message)).toEqual([message])
})

it.each([
  [7, 'sources.documents.0: should be a title, or { title, url }'],
  [{ url: 'https://example.com/' }, 'sources.documents.0.title: is missing'],
  [
    { title: 'a', url: 'https://example.com/', note: 'b' },
    'sources.documents.0.note: is no key that is known here',
  ],
  ['x'.repeat(161), 'sources.documents.0: is too long: at most 160 characters'],
])('the check tells a bad source: %j', async (source, message) => {
  const { problems } = await loadContent(topic('- Fact', [source]))
  expect(problems.map((p) => p.message)).toEqual([message])
})
