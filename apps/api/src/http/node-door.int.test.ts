import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApi } from '../app.ts';
import { type Serving, serve } from '../serve.ts';
import { newHoldId } from '../testing/new-hold-id.ts';
import { openSale } from '../testing/open-sale.ts';
import { type TestApi, testApi } from '../testing/test-api.ts';
import { bearer, signUp } from '../testing/test-client.ts';

/** What stands behind the door here instead of the app: a request that the door leaves alone ends there. */
const LEFT_ALONE = 599;

let api: TestApi;
/** The two doors, each alone. */
let node: Serving;
let hono: Serving;
let sale: Awaited<ReturnType<typeof openSale>>;
let token: string;
let visitor: string;
beforeAll(async () => {
  api = await testApi({ env: { CORS_ORIGINS: 'https://shop.example' } });
  const { app, door } = createApi(api.deps);
  node = await serve({ app: { fetch: () => new Response(null, { status: LEFT_ALONE }) }, door }, 0);
  hono = await serve({ app }, 0);
  const olga = await signUp(api.url, 'olga');
  token = olga.accessToken;
  sale = await openSale(olga.api);
  visitor = (await olga.api.visitors.create.mutate()).visitorToken;
}, 60_000);
afterAll(async () => {
  await Promise.all([node.stop(1_000), hono.stop(1_000)]);
  await api[Symbol.asyncDispose]();
});

type Asked = { readonly path: string } & RequestInit;

/** All that a client gets, but for the hour. */
const answerOf = async ({ port }: Serving, { path, ...init }: Asked) => {
  const who = 'x-visitor' in (init.headers ?? {}) ? {} : bearer(token);
  const headers = { ...who, 'x-request-id': 'same-for-both', ...init.headers };
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, { ...init, headers });
  const all = Object.fromEntries([...answer.headers].filter(([name]) => name !== 'date'));
  return { status: answer.status, headers: all, body: await answer.text() };
};

const plain = (path: string): string => `/api/v1/events/${sale.eventId}${path}`;
const json = (method: string, path: string, body: unknown): Asked => ({
  path,
  method,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});
const holdId = newHoldId();
const wanted = () => ({ holdId, selections: [{ kind: 'places', areaId: sale.areaId, quantity: 1 }] });
const input = () => encodeURIComponent(JSON.stringify({ eventId: sale.eventId, ä: 'ö+ %' }));

describe("Node's door", () => {
  it.each<[string, number, () => Asked]>([
    ['availability', 200, () => ({ path: plain('/availability') })],
    ['the same with a query', 200, () => ({ path: plain('/availability?x=%20') })],
    ['a hold', 200, () => json('POST', plain('/holds'), wanted())],
    ['a hold that is read', 200, () => ({ path: plain(`/holds/${holdId}`) })],
    [
      'an id that is taken',
      409,
      () => ({
        ...json('POST', plain('/holds'), wanted()),
        headers: { 'x-visitor': visitor },
      }),
    ],
    ['faults of the input', 400, () => json('POST', plain('/holds'), { holdId: 'x', selections: [] })],
    ['no JSON', 400, () => ({ ...json('POST', plain('/holds'), {}), body: '{"ä' })],
    ['no body', 400, () => ({ path: plain('/holds'), method: 'POST' })],
    ['a forged token', 401, () => ({ ...json('POST', plain('/holds'), wanted()), headers: bearer('a.b.c') })],
    ['nobody', 401, () => ({ ...json('POST', plain('/holds'), wanted()), headers: { authorization: '' } })],
    ['an id that is none', 400, () => ({ path: '/api/v1/events/x/availability' })],
    [
      'an event that is not',
      404,
      () => ({ path: '/api/v1/events/evt_01h455vb4pex5vsknk084sn02q/availability' }),
    ],
    [
      'a page of a known origin',
      200,
      () => ({ path: plain('/availability'), headers: { origin: 'https://shop.example' } }),
    ],
    [
      'a page of another',
      200,
      () => ({ path: plain('/availability'), headers: { origin: 'https://evil.example' } }),
    ],
    ['a query over tRPC', 200, () => ({ path: `/trpc/availability.get?input=${input()}` })],
    ['a query over tRPC that is no JSON', 400, () => ({ path: '/trpc/availability.get?input=%7B' })],
    [
      'a mutation over tRPC',
      200,
      () => json('POST', '/trpc/holds.place', { eventId: sale.eventId, ...wanted() }),
    ],
    [
      'a refusal over tRPC',
      410,
      () => json('POST', '/trpc/holds.extend', { eventId: sale.eventId, holdId: newHoldId() }),
    ],
    ['a release', 204, () => ({ path: plain(`/holds/${newHoldId()}`), method: 'DELETE' })],
  ])(
    'gives the answer that the Hono app gives, byte for byte and header for header: %s',
    async (_what, status, asked) => {
      const same = asked();
      const mine = await answerOf(node, same);
      expect(mine.status).toBe(status);
      const theirs = await answerOf(hono, same);
      // The version of an event may have gone on between the two.
      expect({ ...mine, body: '' }).toEqual({ ...theirs, body: '' });
      expect(mine.body.replaceAll(/"(version|left)":\d+/g, '')).toBe(
        theirs.body.replaceAll(/"(version|left)":\d+/g, ''),
      );
    },
  );

  it('answers 304 to who has the version, like the Hono app', async () => {
    const { headers } = await answerOf(node, { path: plain('/availability') });
    const again = { path: plain('/availability'), headers: { 'if-none-match': headers.etag ?? '' } };
    const mine = await answerOf(node, again);
    expect([mine.status, mine.body]).toEqual([304, '']);
    expect(mine).toEqual(await answerOf(hono, again));
  });

  it.each<[string, () => Asked]>([
    ['an address with escapes', () => ({ path: plain('/avail%61bility') })],
    ['a step up', () => ({ path: '/api/v1/events/%2e%2e/availability' })],
    ['a preflight', () => ({ path: plain('/holds'), method: 'OPTIONS' })],
    [
      'a body of undeclared length',
      () => ({ path: plain('/holds'), method: 'POST', body: new Blob(['{}']).stream(), duplex: 'half' }),
    ],
    ['a body that is too long', () => json('POST', plain('/holds'), { holdId: 'x'.repeat(1024 * 1024) })],
    ['a batch', () => ({ path: '/trpc/availability.get?batch=1&input=%7B%7D' })],
    [
      'another content type',
      () => ({
        path: '/trpc/holds.place',
        method: 'POST',
        body: 'x',
        headers: { 'content-type': 'text/plain' },
      }),
    ],
    ['what is no hot route', () => ({ path: '/health/live' })],
  ])('leaves %s to the Hono app', async (_what, asked) => {
    expect((await answerOf(node, asked())).status).toBe(LEFT_ALONE);
  });

  it('forgets who leaves in the middle of a body, and goes on', async () => {
    const before = api.logs();
    const half = new AbortController();
    await new Promise<void>((gone) => {
      const sent = request({
        port: node.port,
        host: '127.0.0.1',
        path: plain('/holds'),
        method: 'POST',
        headers: { 'content-length': 10 },
        signal: half.signal,
      });
      sent.on('error', () => gone());
      sent.write('{"ho', () => half.abort());
    });
    expect((await answerOf(node, { path: plain('/availability') })).status).toBe(200);
    expect(api.logs().slice(before.length)).not.toContain('"level":"error"');
  });
});
