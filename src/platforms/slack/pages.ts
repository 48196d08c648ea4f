/**
 * The three pages that a browser shows when a person installs the app. They contain nothing from outside but
 * Slack's own address.
 */
import { createHash } from 'node:crypto'
import { strictHeaders } from '../strict-headers.js'

const STYLE =
  'body{font:16px/1.5 system-ui,sans-serif;max-width:34rem;margin:4rem auto;padding:0 1rem;color:#1d1c1d;background:#fff}a.go{display:inline-block;padding:.6rem 1rem;border-radius:.4rem;background:#1f3a5f;color:#fff;text-decoration:none}code{background:#eef1f5;padding:.1rem .3rem;border-radius:.2rem}'

/** The browser accepts only the style with this hash. */
export const PAGE_HEADERS = strictHeaders(
  `form-action 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
)

function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${title}</title><style>${STYLE}</style></head><body><main><h1>${title}</h1>${body}</main></body></html>`
}

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')

/** `url`: the page on which Slack asks the person for permission. */
export const installPage = (url: string): string =>
  page(
    'Add Cohort to Slack',
    `<p>Cohort posts a question a day for teams that prepare for a certification together.</p><p><a class="go" href="${escaped(url)}">Add to Slack</a></p>`,
  )

export const installedPage: string = page(
  'Cohort is installed',
  '<p>In Slack, type <code>/invite @Cohort</code> in the channel where your team studies, then <code>/team setup</code>.</p><p>You can close this page.</p>',
)

/** `install`: the path for starting again. */
export const notInstalledPage = (install: string): string =>
  page(
    'Cohort was not installed',
    `<p>The permission was not given, or this page came too late or from another browser. Nothing was changed.</p><p><a class="go" href="${escaped(install)}">Try again</a></p>`,
  )
