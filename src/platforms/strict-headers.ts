/**
 * Headers of every page of ours: it loads nothing from elsewhere, cannot be framed, and is cached nowhere.
 */

/** `more`: the few sources that a page needs, as directives of a content security policy. */
export function strictHeaders(more: string): Readonly<Record<string, string>> {
  return {
    'Content-Security-Policy': `default-src 'none'; base-uri 'none'; frame-ancestors 'none'; ${more}`,
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Origin-Agent-Cluster': '?1',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'X-DNS-Prefetch-Control': 'off',
    'X-Frame-Options': 'DENY',
    'X-Permitted-Cross-Domain-Policies': 'none',
    'Cache-Control': 'no-store',
  }
}
