import { expect, it } from 'vitest'
import { readJson } from '../../src/content/json.js'

const faults = (text: string) => readJson(text).faults.map(({ line, reason }) => `${line}: ${reason}`)

it.each([
  ['{"a": [1, true, null, "b\\n\\u0041"], "c": {}}', [{ a: [1, true, null, 'b\nA'], c: {} }]],
  ['[1, 2, ]', [[1, 2]]],
  ['{"a": 1}\n{"a": 2}', [{ a: 1 }, { a: 2 }]],
  ['["C:\\dir\tx"]', [['C:\\dir\tx']]],
  ['[1.50, 1e3, 99999999999999999999]', [['1.50', '1e3', '99999999999999999999']]],
])('reads %j', (text, values) => {
  expect(JSON.parse(JSON.stringify(readJson(text).values))).toEqual(values)
  expect(faults(text)).toEqual([])
})

it('says where a fault is, and goes on at the next object', () => {
  const text = '[{"a":1},\n{"b" 2, "o":[{"t":1}]},\n{"c":3}\n]\nhello\n{"d":4}'
  expect(faults(text)).toEqual(['2: a ":" is missing', '5: a value is missing'])
  const { values, isBroken, lineOf } = readJson(text)
  const found = values.flat().filter((value): value is object => typeof value === 'object')
  expect(found.filter((one) => !isBroken(one)).map((one) => [lineOf(one), Object.keys(one)])).toEqual([
    [1, ['a']],
    [3, ['c']],
    [6, ['d']],
  ])
})

it('a field that is there twice is a fault: nobody knows which is meant', () => {
  expect(faults('[{"answer": "A",\n"answer": "B"},\n{"answer": "C"}]')).toEqual([
    '2: the field "answer" is there twice',
  ])
})

it('a field of any name is a field', () => {
  const [value] = readJson('{"__proto__": {"polluted": 1}, "constructor": 2}').values
  expect(Object.keys(Object(value))).toEqual(['__proto__', 'constructor'])
  expect('polluted' in {}).toBe(false)
})

it.each(['[', '{"a":', ',[', '[\n', '},', '"a\\'])('%j without end is refused in bounded time', (part) => {
  expect(readJson(part.repeat(300_000)).faults.length).toBeLessThan(102)
})

it('more objects than anybody reads end the reading', () => {
  expect(faults(`[${'{},'.repeat(300_100)}{}]`)[0]).toContain('too many objects and lists')
})
