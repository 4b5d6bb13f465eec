import { createHash } from 'node:crypto';
import { DomainError } from '@eventhorizon/core/shared/errors';
import type { inferRouterInputs } from '@trpc/server';
import { Hono } from 'hono';
import type { ApiDeps } from '../api-deps.ts';
import { listPublic } from '../router/events/list-public.ts';
import { t } from '../trpc/trpc.ts';
import { isKnown, weak } from './etag.ts';
import type { HttpEnv } from './observe-requests.ts';
import { namedAskerOf, requestContext } from './request-context.ts';

const router = t.router({ events: t.router({ listPublic }) });
const createCaller = t.createCallerFactory(router);
type Input = inferRouterInputs<typeof router>['events']['listPublic'];

/** What may stand behind the question mark; all but `tag` at most once. */
const PARAMETERS = [
  'text',
  'from',
  'to',
  'city',
  'country',
  'latitude',
  'longitude',
  'radiusKm',
  'category',
  'tag',
  'organizationId',
  'currency',
  'priceMin',
  'priceMax',
  'availableOnly',
  'sort',
  'limit',
  'cursor',
] as const;

const number = (text: string | undefined): number | undefined =>
  // What is no number becomes NaN, which the procedure's schema refuses by name.
  text === undefined ? undefined : text.trim() === '' ? Number.NaN : Number(text);

const BOOLEANS: Readonly<Record<string, boolean>> = { true: true, false: false };

/** A query string as the procedure's input. Values are left for its schema to check; names are checked here. */
const inputOf = (query: URLSearchParams): Input => {
  const issues = [...new Set(query.keys())].flatMap((name) => {
    if (!PARAMETERS.some((known) => known === name))
      return [{ path: name, message: `is not a parameter; there are ${PARAMETERS.join(', ')}` }];
    return name !== 'tag' && query.getAll(name).length > 1
      ? [{ path: name, message: 'must be given once' }]
      : [];
  });
  if (issues.length > 0) throw new DomainError('input.invalid', { issues });

  const one = (name: (typeof PARAMETERS)[number]): string | undefined => query.get(name) ?? undefined;
  const some = <T extends object>(group: T): T | undefined =>
    Object.values(group).some((value) => value !== undefined) ? group : undefined;
  const availableOnly = one('availableOnly');
  return {
    text: one('text'),
    from: one('from'),
    to: one('to'),
    city: one('city'),
    country: one('country'),
    near: some({
      latitude: number(one('latitude')),
      longitude: number(one('longitude')),
      radiusKm: number(one('radiusKm')),
    }),
    category: one('category'),
    tags: query.has('tag') ? query.getAll('tag') : undefined,
    organizationId: one('organizationId'),
    price: some({
      currency: one('currency'),
      min: number(one('priceMin')),
      max: number(one('priceMax')),
    }),
    availableOnly: availableOnly === undefined ? undefined : (BOOLEANS[availableOnly] ?? availableOnly),
    sort: one('sort'),
    limit: number(one('limit')),
    cursor: one('cursor'),
    // Unchecked on purpose: the procedure's schema checks it.
  } as Input;
};

/** The public listing past tRPC's protocol, for browsers and scripts; 304 for who has this very answer. */
export const listingRoute = (deps: ApiDeps): Hono<HttpEnv> =>
  new Hono<HttpEnv>().get('/api/v1/events', async (c) => {
    const caller = createCaller(await requestContext(namedAskerOf(c), deps, () => undefined));
    const page = await caller.events.listPublic(inputOf(new URL(c.req.url).searchParams));
    const body = JSON.stringify(page);
    const etag = weak(`"${createHash('sha1').update(body).digest('base64url')}"`);
    // Capacity is live: it may be kept, but must be asked for again each time.
    const headers = { etag, 'cache-control': 'public, no-cache' };
    if (isKnown(c.req.header('if-none-match'), etag)) return c.body(null, 304, headers);
    return c.body(body, 200, { ...headers, 'content-type': 'application/json' });
  });
