// Where a Chromium may be that the tests and the pictures of README can use.
import { existsSync } from 'node:fs'

export const BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** Undefined where there is none. */
export const findBrowser = () => BROWSERS.find((file) => existsSync(file))
