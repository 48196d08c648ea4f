/**
 * A headless Chromium as Debian brings it; `scripts/test.mjs` runs the tests that need one only where there
 * is one.
 */
import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
/** It asks for nothing outside this machine. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export function openBrowser(): Promise<Browser> {
  const executablePath = PLACES.find((place) => existsSync(place))
  if (!executablePath)
    throw new Error(`no Chromium in any of ${PLACES.join(', ')}; on Debian: apt-get install chromium`)
  return chromium.launch({ executablePath, args: FLAGS })
}
