/** Turns questions of a file into questions of a team. */
import type { FoundQuestion } from '../../content/formats/format.js'
import { questionOf, type WrittenQuestion } from '../../content/written.js'
import type { AuthoredItem, Question, Team } from '../../core/model.js'
import type { LoadedPack } from '../ports/packs.js'

/** Finds the topic of the pack that a group in the file names: by its slug, its title or an alias. */
export function topicFinder({ bank }: LoadedPack): (group: string) => readonly string[] {
  const slugs = new Map(
    bank.topics.flatMap(({ slug, title, aliases }) =>
      [slug, title, ...aliases].map((name): [string, string] => [plainName(name), slug]),
    ),
  )
  return (group) => {
    const names = [group, ...group.split(/[/:>]/)].map((name) => slugs.get(plainName(name)))
    return [...new Set(names.flatMap((slug) => slug ?? []))]
  }
}

const plainName = (name: string) =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ')
    .trim()

/** `source`: the name of the file. */
export function written(
  { item, group }: FoundQuestion,
  source: string,
  topicsOf: (group: string) => readonly string[],
): WrittenQuestion {
  return { topics: topicsOf(group), item, source }
}

/** The question as it is asked. */
export function askedAs(team: Pick<Team, 'id' | 'pack'>, id: string, question: WrittenQuestion): Question {
  return questionOf(question, {
    ...{ id, pack: team.pack },
    origin: {
      ...{ kind: 'team', team: team.id, writers: [], checkers: [], isFromNotes: false, isImported: true },
      source: question.source,
    },
  })
}

/** Removes questions that ask the same as another of them, or as one of the team's. */
export function onlyNew(
  questions: readonly FoundQuestion[],
  known: readonly { readonly content: Pick<WrittenQuestion, 'item'> }[],
): readonly FoundQuestion[] {
  const seen = new Set(known.map(({ content }) => sameness(content.item)))
  return questions.filter(({ item }) => {
    const key = sameness(item)
    const isNew = !seen.has(key)
    seen.add(key)
    return isNew
  })
}

/** Equal for two items with the same words and keys, whatever the order of their choices is. */
function sameness(item: AuthoredItem): string {
  const words = (text: string) => text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim()
  const parts = (): readonly string[] => {
    switch (item.kind) {
      case 'choice':
      case 'response':
        return item.choices.map(({ text, right }) => `${right} ${words(text)}`).toSorted()
      case 'ordering':
        return [...item.steps, { text: '' }, ...item.spare].map(({ text }) => words(text))
      case 'matching':
        return item.pairs.map(({ prompt, answer }) => `${words(prompt)} -> ${words(answer)}`).toSorted()
    }
  }
  return JSON.stringify([item.kind, words(item.stem), parts()])
}
