/** A member of the local web chat of a running program, over HTTP alone. */
import type { Button, Card, Select } from '../../src/bot/ui/card.js'
import type { Shown, StreamEvent } from '../../src/platforms/web/wire.js'

export interface Said {
  readonly status: number
  readonly body: { readonly error?: string }
}

/** `address` without the slash at its end. */
export function webPerson(address: string, as: string) {
  async function post(act: string, body: object): Promise<Said> {
    const headers = { origin: address, 'content-type': 'application/json' }
    const answer = await fetch(`${address}/api/${act}`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ as, ...body }),
      signal: AbortSignal.timeout(10_000),
    })
    return { status: answer.status, body: (await answer.json()) as Said['body'] }
  }
  const person = {
    says: (text: string) => post('say', { text }),
    presses: (message: number, id: string) => post('press', { message, id }),
    picks: (message: number, id: string, values: readonly string[]) =>
      post('select', { message, id, values }),
    /** What stands in the conversation, oldest first. */
    async sees(): Promise<readonly Shown[]> {
      const reader = (await fetch(`${address}/api/events?as=${as}`)).body?.getReader()
      const decoder = new TextDecoder()
      let text = ''
      while (!text.includes('\n\n')) text += decoder.decode((await reader?.read())?.value, { stream: true })
      await reader?.cancel()
      const event = JSON.parse(/^data: (.*)$/m.exec(text)?.[1] ?? 'null') as StreamEvent
      return event.kind === 'all' ? event.messages : []
    },
    /** Asks for a question of practice and answers it; gives the id of what was pressed and how that went. */
    async practises(topic: string): Promise<{ readonly id: string; readonly said: Said } | Said> {
      const asked = await person.says(`/quiz ${topic}`)
      if (asked.status !== 200) return asked
      const last = (await person.sees()).at(-1)
      const blocks = last?.body.kind === 'card' ? (last.body.card as Card).blocks : []
      const button = blocks
        .flatMap((b): readonly Button[] => (b.kind === 'buttons' ? b.buttons : []))
        .find((b) => b.label === 'A')
      const select = blocks.find((b): b is Select => b.kind === 'select')
      if (button) return { id: button.id, said: await person.presses(last?.id ?? 0, button.id) }
      // What came in place of a question says why.
      if (!select) return { status: 500, body: { error: JSON.stringify(blocks) } }
      const values = select.options.slice(0, select.min).map((o) => o.value)
      return { id: select.id, said: await person.picks(last?.id ?? 0, select.id, values) }
    },
  }
  return person
}
