import { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../app.ts';
import { newHoldId } from '../testing/new-hold-id.ts';
import { openSale } from '../testing/open-sale.ts';
import { type TestApi, testApi } from '../testing/test-api.ts';
import { bearer, signUp } from '../testing/test-client.ts';
import { type HttpEnv, observeRequests } from './observe-requests.ts';
import { trpcRoutes } from './trpc-routes.ts';

let api: TestApi;
let fast: Hono<HttpEnv>;
let standard: Hono<HttpEnv>;
let token: string;
let sale: Awaited<ReturnType<typeof openSale>>;
beforeAll(async () => {
  api = await testApi();
  fast = createApp(api.deps);
  standard = new Hono<HttpEnv>().use(observeRequests(api.deps)).route('/', trpcRoutes(api.deps));
  const olga = await signUp(api.url, 'olga');
  token = olga.accessToken;
  sale = await openSale(olga.api);
}, 60_000);
afterAll(async () => api[Symbol.asyncDispose]());

type Asked = {
  readonly path: string;
  readonly input: unknown;
  readonly headers?: Record<string, string>;
  readonly raw?: string;
};

/** What a client can tell apart of an answer. */
const answerOf = async (app: Hono<HttpEnv>, { path, input, headers, raw }: Asked) => {
  const isQuery = path === 'availability.get';
  const query = isQuery ? `?input=${encodeURIComponent(raw ?? JSON.stringify(input))}` : '';
  const answer = await app.request(`/trpc/${path}${query}`, {
    method: isQuery ? 'GET' : 'POST',
    headers: {
      ...bearer(token),
      'x-request-id': 'same-for-both',
      ...(!isQuery && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(!isQuery && { body: raw ?? JSON.stringify(input) }),
  });
  const { headers: got, status } = answer;
  return {
    status,
    type: got.get('content-type')?.split(';', 1)[0],
    retryAfter: got.get('retry-after'),
    body: (await answer.json()) as Record<string, unknown>,
  };
};

describe('the fast way of hot procedures', () => {
  it('gives the same hold, the same availability and the same empty answer as tRPC itself', async () => {
    const place = {
      eventId: sale.eventId,
      holdId: newHoldId(),
      selections: [{ kind: 'places', areaId: sale.areaId, quantity: 1 }],
    };
    const ref = { eventId: sale.eventId, holdId: place.holdId };
    const first = await answerOf(fast, { path: 'holds.place', input: place });
    expect(first).toMatchObject({ status: 200, body: { result: { data: { id: place.holdId } } } });
    expect(await answerOf(standard, { path: 'holds.place', input: place })).toEqual(first);
    const released = await answerOf(fast, { path: 'holds.release', input: ref });
    expect(await answerOf(standard, { path: 'holds.release', input: ref })).toEqual(released);
    const read: Asked = { path: 'availability.get', input: { eventId: sale.eventId } };
    const [mine, theirs] = [await answerOf(fast, read), await answerOf(standard, read)];
    expect([mine.status, mine.type]).toEqual([theirs.status, theirs.type]);
    expect(Object.keys(mine.body)).toEqual(Object.keys(theirs.body));
  });

  const missing = { eventId: 'evt_01h455vb4pex5vsknk084sn02q', holdId: 'hld_01h455vb4pex5vsknk084sn02q' };
  it.each<[string, Asked]>([
    ['an input with faults', { path: 'holds.place', input: { selections: [{ kind: 'best' }] } }],
    ['an event that does not exist', { path: 'availability.get', input: missing }],
    ['a hold of such an event', { path: 'holds.extend', input: missing }],
    ['nobody', { path: 'holds.release', input: missing, headers: { authorization: '' } }],
    ['a forged token', { path: 'bookings.checkout', input: missing, headers: bearer('a.b.c') }],
    [
      'another content type',
      { path: 'holds.release', input: missing, headers: { 'content-type': 'text/plain' } },
    ],
  ])('refuses %s as tRPC itself does', async (_what, asked) => {
    const answer = await answerOf(fast, asked);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(await answerOf(standard, asked)).toEqual(answer);
  });

  it('refuses what is no JSON with the status that tRPC gives', async () => {
    for (const path of ['holds.place', 'availability.get']) {
      const asked: Asked = { path, input: null, raw: '{' };
      const [mine, theirs] = [await answerOf(fast, asked), await answerOf(standard, asked)];
      expect([mine.status, theirs.status]).toEqual([400, 400]);
    }
  });
});
