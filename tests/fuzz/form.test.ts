// @module-tag longer
/** What platforms carry for the bot and give back: it may come back as anything. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Form } from '../../src/bot/ui/card.js'
import { filled, valuesOf } from '../../src/bot/ui/form.js'
import { betweenSteps } from '../../src/platforms/discord/between-steps.js'
import { readForm, readStepOf, renderForm } from '../../src/platforms/discord/form.js'
import { readStep } from '../../src/platforms/discord/form-steps.js'
import { VIEW_METADATA } from '../../src/platforms/slack/limits.js'
import { metadata, readMetadata } from '../../src/platforms/slack/origin.js'
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
  Object.values(given).every(
    (one) => typeof one === 'string' || (Array.isArray(one) && one.every((part) => typeof part === 'string')),
  )

it(
  'a form holds what was given, as far as it offers that',
  () =>
    holds(
      fc.property(
        fc.dictionary(
          fc.oneof(text, fc.constantFrom(...form.fields.map(({ name }) => name))),
          fc.oneof(text, fc.array(text)),
        ),
        fc.uniqueArray(fc.integer({ min: 0, max: 69 }), { maxLength: 70 }),
        (given, picked) => {
          const topics = picked.map((i) => `t${i}`)
          const held = within(SOON_MS, () => filled(form, { ...given, topics }))
          expect(valuesOf(held).topics).toEqual(
            topics.sort((a, b) => Number(a.slice(1)) - Number(b.slice(1))),
          )
          expect(values(valuesOf(held))).toBe(true)
          for (const step of [0, 1])
            within(SOON_MS, () => [renderForm(held, 'd', step), betweenSteps(held, 'd', step)])
        },
      ),
      // A twentieth: each draws whole messages.
      0.05,
    ),
  PATIENCE_MS,
)

it(
  'Discord: what comes back for no field of the form is dropped',
  () =>
    holds(
      fc.property(
        fc.array(
          fc.tuple(
            fc.oneof(text, fc.constantFrom('name', 'topics#0', 'topics#9')),
            fc.oneof(text, fc.array(text)),
          ),
        ),
        (sent) => {
          const given = within(SOON_MS, () =>
            readStepOf(
              form,
              sent.map(([customId, value]) => ({ customId, value })),
            ),
          )
          expect(
            Object.keys(given).filter((name) => !form.fields.some((field) => field.name === name)),
          ).toEqual([])
          expect(values(given)).toBe(true)
        },
      ),
    ),
  PATIENCE_MS,
)

it(
  'Discord: the id between two steps is one, or none',
  () =>
    holds(
      fc.property(
        fc.oneof(
          text,
          text.map((t) => `form~${t}`),
          fc.tuple(fc.nat(), text).map(([n, t]) => `form~${n}~${t}`),
        ),
        fc.array(fc.tuple(text, fc.oneof(text, fc.array(text)))),
        (id, fields) => {
          const step = within(SOON_MS, () => readStep(id))
          if (step?.step !== undefined) expect(Number.isInteger(step.step)).toBe(true)
          if (step) renderForm(form, step.draft, step.step)
          expect(
            values(within(SOON_MS, () => readForm(fields.map(([customId, value]) => ({ customId, value }))))),
          ).toBe(true)
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
          changes.map((all) =>
            JSON.stringify(
              changed(
                { channel: 'C1', respond: 'https://a.b', view: 'V1', command: 'explain', draft: 'd' },
                all,
              ),
            ),
          ),
        ),
        (carried) => {
          const read = within(SOON_MS, () => readMetadata(carried ?? ''))
          for (const part of [read.channel, read.respond, read.view, read.command, read.draft])
            expect(part === undefined || typeof part === 'string').toBe(true)
          const origin = {
            workspace: read.workspace ?? 'T1',
            channel: read.channel,
            user: 'U1',
            respond: read.respond,
            trigger: undefined,
            own: read.own ?? false,
            view: read.view,
          }
          const again = metadata(origin, read)
          expect(again.length <= VIEW_METADATA || (read.command ?? '').length > 1000).toBe(true)
          const whole = { ...JSON.parse(JSON.stringify(read)), workspace: origin.workspace, own: origin.own }
          const isWhole = JSON.stringify(whole).length <= VIEW_METADATA
          expect(JSON.parse(JSON.stringify(readMetadata(again)))).toEqual(
            isWhole
              ? whole
              : { channel: '', own: false, ...(read.command !== undefined && { command: read.command }) },
          )
        },
      ),
    ),
  PATIENCE_MS,
)
