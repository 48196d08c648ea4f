/** The ids that Discord gave the commands: with an id, Discord shows a command as one to press. */
import type { Card } from '../../bot/ui/card.js'

export interface CommandIds {
  /** `commands`: as Discord returns them. */
  learn(commands: unknown): void
  /** Returns the id of a command by its first word; undefined before it was learned. */
  idOf(command: string): string | undefined
  /** Returns the same card with commands that can be pressed. */
  inCard(card: Card): Card
}

export function createCommandIds(): CommandIds {
  const ids = new Map<string, string>()
  return {
    learn(commands) {
      for (const { id, name } of Array.isArray(commands) ? commands : [])
        if (typeof id === 'string' && typeof name === 'string') ids.set(name, id)
    },
    idOf: (command) => ids.get(command),
    inCard: (card) => withIds(card, (name) => ids.get(name.split(' ')[0] ?? '')),
  }
}

function withIds<T>(part: T, idOf: (name: string) => string | undefined): T
function withIds(part: unknown, idOf: (name: string) => string | undefined): unknown {
  if (Array.isArray(part)) return part.map((one) => withIds(one, idOf))
  if (typeof part !== 'object' || part === null || part instanceof Uint8Array) return part
  if ('command' in part && typeof part.command === 'string') return { ...part, id: idOf(part.command) }
  return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, withIds(value, idOf)]))
}
