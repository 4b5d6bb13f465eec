/** Request headers that pages of other origins may send, and answer headers that they may read. */
export const CORS = {
  credentials: true,
  exposeHeaders: ['x-request-id', 'retry-after', 'etag'],
  maxAge: 600,
} as const;

/**
 * What Hono's `secureHeaders()` puts on every answer, as far as it concerns JSON that no browser shows as a page (OWASP's REST Security Cheat Sheet). Plain, because
 * Headers objects, filled one by one after the handler, cost twice as much as a whole bare answer. That the values are Hono's is tested.
 */
export const HOT_HEADERS: Readonly<Record<string, string>> = {
  'cross-origin-resource-policy': 'same-origin',
  'strict-transport-security': 'max-age=15552000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'SAMEORIGIN',
};

/** What hot answers leave out of `secureHeaders()`: it is about pages, their windows and plug-ins. */
export const PAGE_HEADERS: readonly string[] = [
  'cross-origin-opener-policy',
  'origin-agent-cluster',
  'referrer-policy',
  'x-dns-prefetch-control',
  'x-download-options',
  'x-permitted-cross-domain-policies',
  'x-xss-protection',
];

/** What Hono's `cors()` adds, for who asks from a page: any other has no use for it. */
export const CORS_HEADERS: Readonly<Record<string, string>> = {
  'access-control-allow-credentials': 'true',
  'access-control-expose-headers': CORS.exposeHeaders.join(','),
};

/** The same for the one that answers may have another of. */
export const VARY = 'Origin';
