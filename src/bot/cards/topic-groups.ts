/** The topics of an exam that have questions, by its domains and the sections of its notes; and what can be picked of them at once. */
import type { Bank } from '../../content/bank.js'
import type { Topic } from '../../core/model.js'
import { short } from '../../core/text.js'
import { type Choosable, MAX_LABEL } from '../ui/card.js'

export interface TopicGroup {
  readonly domain: number
  readonly section: string
  readonly label: string
  readonly topics: readonly Topic[]
}

/** A domain, or a section in a domain. */
export interface TopicPart extends Choosable {
  readonly slugs: readonly string[]
}

/** A topic is of the domain that most of its questions are of. */
export function topicGroups(bank: Bank, packId: string): TopicGroup[] {
  const domains = domainsOf(bank, packId)
  const sections = bank.pack(packId)?.sections ?? []
  const places = [...new Set(domains.values())]
    .sort((a, b) => a - b)
    .flatMap((domain) => [...sections].sort((a, b) => a.number - b.number).map((section) => ({ domain, section })))
  return places.flatMap(({ domain, section }) => {
    const topics = bank.topics.filter((t) => t.pack === packId && t.section === section.id && domains.get(t.slug) === domain)
    const label = short(`Domain ${domain}, ${section.title}`, MAX_LABEL)
    return topics.length > 0 ? [{ domain, section: section.id, label, topics }] : []
  })
}

/** By topic. */
function domainsOf(bank: Bank, packId: string): Map<string, number> {
  const counts = new Map<string, Map<number, number>>()
  for (const { domain, topics } of bank.questionsFor(packId, []))
    for (const slug of topics) {
      const ofTopic = counts.get(slug) ?? new Map<number, number>()
      counts.set(slug, ofTopic.set(domain, (ofTopic.get(domain) ?? 0) + 1))
    }
  const most = (ofTopic: Map<number, number>) => [...ofTopic].sort(([a, n], [b, m]) => m - n || a - b)[0]?.[0] ?? 0
  return new Map([...counts].map(([slug, ofTopic]) => [slug, most(ofTopic)]))
}

/** Whole domains first. None where all topics are of one group. */
export function topicParts(bank: Bank, packId: string): TopicPart[] {
  const groups = topicGroups(bank, packId)
  if (groups.length <= 1) return []
  const slugsOf = (some: readonly TopicGroup[]) => some.flatMap(({ topics }) => topics.map(({ slug }) => slug))
  const domains = (bank.pack(packId)?.domains ?? []).flatMap(({ number, title }) => {
    const own = groups.filter(({ domain }) => domain === number)
    return own.length > 1 ? [{ value: String(number), label: short(`Domain ${number}: ${title}`, MAX_LABEL), slugs: slugsOf(own) }] : []
  })
  return [...domains, ...groups.map((one) => ({ value: `${one.domain}/${one.section}`, label: one.label, slugs: slugsOf([one]) }))]
}

/** The parts that are picked whole by these topics, the largest first, without those that lie in another. */
export function wholeParts(parts: readonly TopicPart[], topics: readonly string[]): TopicPart[] {
  const left = new Set(topics)
  return parts.filter(({ slugs }) => {
    const isWhole = slugs.every((slug) => left.has(slug))
    if (isWhole) for (const slug of slugs) left.delete(slug)
    return isWhole
  })
}
