/** What platforms carry for the bot and give back: it may come back as anything. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Form } from '../../src/bot/ui/card.js'
import { betweenSteps, readForm, readGiven, readStep, renderForm } from '../../src/platforms/discord/form.js'
import { metadata, readMetadata } from '../../src/platforms/slack/outbound.js'
import { changed, changes, holds, json, PATIENCE_MS, text, within } from './fuzz.js'

const form: Form = {
  id: 'setup',
  title: 'Set up',
  submit: 'Save',
  fields: [
    { kind: 'text', name: 'name', label: 'Name', max: 60 },
    { kind: 'text', name: 'detail', label: 'Detail', max: 1000, long: true, optional: true },
    {
      kind: 'multi',
      name: 'topics',
      label: 'Topics',
      options: Array.from({ length: 70 }, (_, i) => ({ value: `t${i}`, label: `T ${i}` })),
      values: [],
      optional: true,
    },
    {
      kind: 'select',
      name: 'zone',
      label: 'Zone',
      options: [
        { value: 'UTC', label: 'UTC' },
        { value: 'Europe/Berlin', label: 'Berlin' },
      ],
    },
    { kind: 'channel', name: 'channel', label: 'Channel' },
    { kind: 'text', name: 'time', label: 'Time', max: 10 },
  ],
}
/** For what takes a millisecond; slow machines take ten times as long. */
const SOON_MS = 500
const values = (given: Readonly<Record<string, unknown>>) =>
  Object.values(given).every((one) => typeof one === 'string' || (Array.isArray(one) && one.every((part) => typeof part === 'string')))

it(
  'Discord: what was given comes back as it was',
  () =>
    holds(
      fc.property(text, fc.uniqueArray(fc.integer({ min: 0, max: 69 }), { maxLength: 70 }), (detail, picked) => {
        const given = { name: 'a', detail: detail.slice(0, 1000), topics: picked.map((i) => `t${i}`) }
        const carried = within(SOON_MS, () => betweenSteps(form, '/study setup', 0, given))
        const back = readGiven(JSON.parse(JSON.stringify(carried.components)))
        expect(back).toEqual(given)
        renderForm(form, '/study setup', 1, back)
      }),
      // A twentieth: each draws a whole message.
      0.05,
    ),
  PATIENCE_MS,
)

it(
  'Discord: what comes back changed gives texts and lists of texts, and draws a form',
  () => {
    const sent = JSON.parse(
      JSON.stringify(betweenSteps(form, '/study setup', 0, { name: 'a', detail: 'b=c+d', topics: ['t1', 't2'] }).components),
    )
    return holds(
      fc.property(
        fc.oneof(
          changes.map((all) => changed(sent, all)),
          json,
        ),
        (components) => {
          const given = within(SOON_MS, () => readGiven(components))
          expect(values(given)).toBe(true)
          expect(Object.getPrototypeOf(given)).toBe(Object.prototype)
          within(SOON_MS, () => renderForm(form, '/study setup', 0, given))
        },
      ),
    )
  },
  PATIENCE_MS,
)

it(
  'Discord: the id between two steps is one, or none',
  () =>
    holds(
      fc.property(
        fc.oneof(
          text,
          text.map((t) => `step~${t}`),
          fc.tuple(fc.nat(), text).map(([n, t]) => `step~${n}~${t}`),
        ),
        fc.array(fc.tuple(text, fc.oneof(text, fc.array(text)))),
        (id, fields) => {
          const step = within(SOON_MS, () => readStep(id))
          if (step?.step !== undefined) expect(Number.isInteger(step.step)).toBe(true)
          if (step) renderForm(form, step.opener, step.step)
          expect(values(within(SOON_MS, () => readForm(fields.map(([customId, value]) => ({ customId, value })))))).toBe(true)
        },
      ),
    ),
  PATIENCE_MS,
)

it(
  'Slack: what a form carries comes back as it was, or as nothing',
  () =>
    holds(
      fc.property(
        fc.oneof(
          text,
          json.map((value) => JSON.stringify(value)),
          changes.map((all) => JSON.stringify(changed({ channel: 'C1', respond: 'https://a.b', view: 'V1', command: 'explain' }, all))),
        ),
        (carried) => {
          const read = within(SOON_MS, () => readMetadata(carried ?? ''))
          for (const part of [read.channel, read.respond, read.view, read.command])
            expect(part === undefined || typeof part === 'string').toBe(true)
          const origin = {
            workspace: 'T1',
            channel: read.channel,
            user: 'U1',
            respond: read.respond,
            trigger: undefined,
            own: false,
            view: read.view,
          }
          expect(readMetadata(metadata(origin, read.command))).toEqual(JSON.parse(JSON.stringify(read)))
        },
      ),
    ),
  PATIENCE_MS,
)
