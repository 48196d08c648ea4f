/** Finds terms that a term could be mistaken for, first those explained next to it. */

import { grouped } from '../../core/grouped.js'
import type { Keywords } from './keywords.js'
import { keyOf, type Term } from './terms.js'
import { namesIn, speaksOf } from './texts.js'

export interface Neighbours {
  /** Returns the nearest first; at the same distance, those that look most like the term. */
  of(term: Term): readonly Term[]
}

/** The maximum number of terms compared outside the term's own topic, so that large packs stay fast. */
const MOST = 60
const ENOUGH = 12

export function neighboursIn(terms: readonly Term[], keywords: Keywords): Neighbours {
  const by = (key: (term: Term) => string) => grouped(terms, key)
  const [groups, topics, sections] = [
    by(({ group }) => group),
    by(({ topic }) => topic.slug),
    by(({ topic }) => topic.section),
  ]
  const places = new Map([...sections.values()].flatMap((all) => all.map((term, i) => [term, i] as const)))
  const around = (all: readonly Term[], term: Term) => {
    const place = places.get(term) ?? 0
    return all.slice(Math.max(0, place - MOST / 2), place + MOST / 2)
  }
  return {
    of(term) {
      const rings = [
        groups.get(term.group) ?? [],
        topics.get(term.topic.slug) ?? [],
        term.isDefined
          ? around(sections.get(term.topic.section) ?? [], term).filter((one) => one.isDefined)
          : [],
      ]
      const found = new Set<Term>()
      for (const ring of rings)
        for (const other of ring.toSorted((a, b) => unlike(a, term) - unlike(b, term))) {
          if (found.size === ENOUGH) return [...found]
          if (other !== term && !found.has(other) && isApart(other, term, keywords)) found.add(other)
        }
      return [...found]
    },
  }
}

/** Returns how different two terms look. */
function unlike(a: Term, b: Term): number {
  return Math.abs(a.name.length - b.name.length) + (shape(a.name) === shape(b.name) ? 0 : 10)
}

/** Tells an abbreviation, one word and several words apart; with a capital or without. */
function shape(name: string): string {
  if (/^[\p{Lu}\p{N}]{2,6}$/u.test(name)) return 'short'
  return `${name.includes(' ') ? 'words' : 'word'}${/^\p{Lu}/u.test(name) ? '' : ' small'}`
}

/** Whether the two terms are distinct: neither fits what is said of the other. */
function isApart(a: Term, b: Term, { isAlike }: Keywords): boolean {
  const within = (one: Term, other: Term) =>
    namesIn(one.name).some((name) => ` ${keyOf(other.name)} `.includes(` ${keyOf(name)} `))
  return (
    !within(a, b) &&
    !within(b, a) &&
    !speaksOf(b.whole, a.name) &&
    !speaksOf(a.whole, b.name) &&
    !isAlike(a.says, b.says)
  )
}
