/**
 * The code that links two accounts: 40 random bits, shown once, and stored as a salted hash. Codes are
 * compared by their hashes, in constant time.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { HashedCode } from '../ports/linking.js'

/** 32 characters, without those that are easily confused: 0 and O, 1 and I. */
const CHARACTERS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'
const LENGTH = 8
const SALT_BYTES = 16

export function createCode(): string {
  return [...randomBytes(LENGTH)].map((byte) => CHARACTERS[byte % CHARACTERS.length]).join('')
}

/** The code in two groups, as it is shown. */
export const shownCode = (code: string): string => `${code.slice(0, LENGTH / 2)}-${code.slice(LENGTH / 2)}`

/** The code as typed, in any case and grouping. */
export const readCode = (typed: string): string => typed.toUpperCase().replace(/[^A-Z0-9]/g, '')

export function hashCode(code: string, salt: Uint8Array = randomBytes(SALT_BYTES)): HashedCode {
  return { salt, hash: createHash('sha256').update(salt).update(code).digest() }
}

export function isCode(code: string, { salt, hash }: HashedCode): boolean {
  const other = hashCode(code, salt).hash
  return other.length === hash.length && timingSafeEqual(other, hash)
}
