/**
 * Groups the topics of a pack that have questions by exam domain, if it has an exam, and by section, so that
 * many topics can be offered and picked.
 */
import type { Bank } from '../../content/bank.js'
import type { Topic } from '../../core/model.js'
import { sentence, short } from '../../core/text.js'
import { type Choosable, MAX_LABEL } from '../ui/card.js'

export interface TopicGroup {
  /** 0 if its questions belong to no domain. */
  readonly domain: number
  readonly section: string
  readonly label: string
  readonly topics: readonly Topic[]
}

/** A whole domain, or a whole section. */
export interface TopicPart extends Choosable {
  readonly slugs: readonly string[]
}

/** A topic belongs to the domain of most of its questions. */
export function topicGroups(bank: Bank): TopicGroup[] {
  const domains = domainsOf(bank)
  const { sections } = bank.pack
  const places = [...new Set(domains.values())]
    .sort((a, b) => a - b)
    .flatMap((domain) =>
      [...sections].sort((a, b) => a.number - b.number).map((section) => ({ domain, section })),
    )
  return places.flatMap(({ domain, section }) => {
    const topics = bank.topics.filter((t) => t.section === section.id && domains.get(t.slug) === domain)
    const label = short(domain > 0 ? sentence`Domain ${domain}, ${section.title}` : section.title, MAX_LABEL)
    return topics.length > 0 ? [{ domain, section: section.id, label, topics }] : []
  })
}

/** The domain of each topic. */
function domainsOf(bank: Bank): Map<string, number> {
  const counts = new Map<string, Map<number, number>>()
  for (const { domain = 0, topics } of bank.questions)
    for (const slug of topics) {
      const ofTopic = counts.get(slug) ?? new Map<number, number>()
      counts.set(slug, ofTopic.set(domain, (ofTopic.get(domain) ?? 0) + 1))
    }
  const most = (ofTopic: Map<number, number>) =>
    [...ofTopic].sort(([a, n], [b, m]) => m - n || a - b)[0]?.[0] ?? 0
  return new Map([...counts].map(([slug, ofTopic]) => [slug, most(ofTopic)]))
}

/** Whole domains come first. Empty when there is only one group. */
export function topicParts(bank: Bank): TopicPart[] {
  const groups = topicGroups(bank)
  if (groups.length <= 1) return []
  const part = (value: string, label: string, isOf: (group: TopicGroup) => boolean): TopicPart => ({
    value,
    label: short(label, MAX_LABEL),
    slugs: groups.filter(isOf).flatMap(({ topics }) => topics.map(({ slug }) => slug)),
  })
  const domains = (bank.pack.exams[0]?.domains ?? []).map(({ number, title }) =>
    part(String(number), sentence`Domain ${number}: ${title}`, ({ domain }) => domain === number),
  )
  const sections = [...bank.pack.sections]
    .sort((a, b) => a.number - b.number)
    .map(({ id, title }) => part(id, title, ({ section }) => section === id))
  const isPart = ({ slugs }: TopicPart) => slugs.length > 0
  return [...domains.filter(isPart), ...sections.filter(isPart)]
}

/** The parts whose topics are all picked. A part that is contained in an earlier one is left out. */
export function wholeParts(parts: readonly TopicPart[], topics: readonly string[]): TopicPart[] {
  const picked = new Set(topics)
  const left = new Set(topics)
  return parts.filter(({ slugs }) => {
    const isWhole = slugs.every((slug) => picked.has(slug)) && slugs.some((slug) => left.has(slug))
    if (isWhole) for (const slug of slugs) left.delete(slug)
    return isWhole
  })
}
