import { expect, it } from 'vitest'
import { UserError } from '../../src/core/errors.js'

it("a person's mistake can be told from a bug, and says its message alone", () => {
  const error = new UserError('Choose one option.')
  expect(error).toBeInstanceOf(Error)
  expect(new Error('bug')).not.toBeInstanceOf(UserError)
  expect(`${error}`).toBe('UserError: Choose one option.')
})
