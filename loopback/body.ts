import type { IncomingMessage } from 'node:http'

/**
 * Returns the whole request body; undefined if the sender hung up before the end, so that it never reached
 * the platform.
 */
export async function wholeBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const parts: Buffer[] = []
  try {
    for await (const part of request) parts.push(part as Buffer)
  } catch (error) {
    if (request.complete) throw error
    return undefined
  }
  return Buffer.concat(parts)
}
