/**
 * A headless Chromium as Debian brings it; `scripts/test.mjs` runs the tests that need one only where there
 * is one.
 */
import { type Browser, chromium } from 'playwright-core'
import { BROWSERS, findBrowser } from '../../scripts/browser.mjs'

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
  const executablePath = findBrowser()
  if (!executablePath)
    throw new Error(`no Chromium in any of ${BROWSERS.join(', ')}; on Debian: apt-get install chromium`)
  return chromium.launch({ executablePath, args: FLAGS })
}
