/** Encryption at rest: AES-256-GCM from Node's crypto, under keys that can be rotated. */
import { createCipheriv, createDecipheriv, createHash, randomBytes, scryptSync } from 'node:crypto'

export interface TokenCipher {
  /** `owner` is authenticated too: the text decrypts only for the owner it was encrypted for. */
  encrypt(text: string, owner: string): string
  /** Undefined if none of the keys decrypts it, or if it was changed. */
  decrypt(sealed: string, owner: string): string | undefined
  /** False if an older key encrypted it. */
  isCurrent(sealed: string): boolean
}

interface Key {
  readonly id: string
  readonly bytes: Buffer
}

/**
 * scrypt, because people choose words as keys; it runs once per key, at the start. N as in RFC 7914 for
 * interactive use.
 */
const COST = { N: 2 ** 14, r: 8, p: 1 }
const SALT = 'cohort sealed tokens'
const IV_BYTES = 12
const TAG_BYTES = 16

/**
 * `secret`: the key, or `new,old` while one replaces another: the first encrypts, and each of them decrypts.
 */
export function createTokenCipher(secret: string): TokenCipher {
  const keys = secret.split(',').map(deriveKey)
  const [current] = keys
  if (!current) throw new Error('a box needs a key')
  return {
    encrypt: (text, owner) => `${current.id}.${encrypt(text, owner, current)}`,
    decrypt(sealed, owner) {
      const [id, body = ''] = sealed.split('.')
      const key = keys.find((k) => k.id === id)
      return key && decrypt(body, owner, key)
    },
    isCurrent: (sealed) => sealed.startsWith(`${current.id}.`),
  }
}

function deriveKey(secret: string): Key {
  const bytes = scryptSync(secret.trim(), SALT, 32, COST)
  return { id: createHash('sha256').update(bytes).digest('hex').slice(0, 8), bytes }
}

function encrypt(text: string, owner: string, { bytes }: Key): string {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv('aes-256-gcm', bytes, iv, { authTagLength: TAG_BYTES }).setAAD(
    Buffer.from(owner),
  )
  return Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString(
    'base64url',
  )
}

function decrypt(body: string, owner: string, { bytes }: Key): string | undefined {
  const all = Buffer.from(body, 'base64url')
  if (all.length < IV_BYTES + TAG_BYTES) return undefined
  const decipher = createDecipheriv('aes-256-gcm', bytes, all.subarray(0, IV_BYTES), {
    authTagLength: TAG_BYTES,
  })
  decipher.setAAD(Buffer.from(owner)).setAuthTag(all.subarray(-TAG_BYTES))
  try {
    return decipher.update(all.subarray(IV_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8')
  } catch {
    return undefined
  }
}
