/** Request headers that pages of other origins may send, and answer headers that they may read. */
export const CORS = {
  credentials: true,
  exposeHeaders: ['x-request-id', 'retry-after', 'etag'],
  maxAge: 600,
} as const;

/**
 * What `secureHeaders()` and `cors()` of Hono put on every answer, as one plain record for the hot routes: Headers objects, filled one by one
 * after the handler, cost twice as much as a whole bare answer. That both are the same is tested.
 */
export const ANSWER_HEADERS: Readonly<Record<string, string>> = {
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=15552000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
  'x-download-options': 'noopen',
  'x-frame-options': 'SAMEORIGIN',
  'x-permitted-cross-domain-policies': 'none',
  'x-xss-protection': '0',
  'access-control-allow-credentials': 'true',
  'access-control-expose-headers': CORS.exposeHeaders.join(','),
};

/** The same for the one that answers may have another of. */
export const VARY = 'Origin';
