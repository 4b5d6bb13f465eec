import { gunzipSync } from 'node:zlib';
import { waitUntil } from '@eventhorizon/devstack/process/wait-until';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newHoldId } from '../testing/new-hold-id.ts';
import { eventFields, openSale } from '../testing/open-sale.ts';
import { type TestApi, testApi } from '../testing/test-api.ts';
import { bearer, signUp, type TestClient } from '../testing/test-client.ts';
import { CORS_HEADERS, PAGE_HEADERS } from './answer-headers.ts';

let api: TestApi;
let sale: Awaited<ReturnType<typeof openSale>>;
let token: string;
let organizer: TestClient;
beforeAll(async () => {
  api = await testApi({ env: { CORS_ORIGINS: 'https://shop.example' } });
  const olga = await signUp(api.url, 'olga');
  organizer = olga.api;
  sale = await openSale(olga.api);
  token = olga.accessToken;
}, 60_000);
afterAll(async () => api[Symbol.asyncDispose]());

const at = (path: string): string => `${api.url}/api/v1/events/${sale.eventId}${path}`;
const send = (method: string, path: string, body?: unknown) =>
  fetch(at(path), {
    method,
    headers: { ...bearer(token), 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
/** An event with so many areas that its availability is worth compressing. */
const publishLarge = async (): Promise<string> => {
  const { organizationId, venueId } = sale;
  const [floor] = eventFields.areas;
  const areas = Array.from({ length: 40 }, (_, n) => ({
    capacity: 50,
    priceCategory: 'Floor',
    ...floor,
    name: `Block ${n}`,
  }));
  const created = await organizer.events.create.mutate({
    organizationId,
    venueId,
    seatMapId: sale.seatMapId,
    ...eventFields,
    areas,
  });
  await organizer.events.publish.mutate({ organizationId, eventId: created.id });
  return `${api.url}/api/v1/events/${created.id}/availability`;
};
const onePlace = () => ({
  holdId: newHoldId(),
  selections: [{ kind: 'places', areaId: sale.areaId, quantity: 1 }],
});

describe('availability by plain HTTP', () => {
  it('is compressed, has an ETag, and is not sent again to who has it', async () => {
    const large = await publishLarge();
    for (const encoding of ['gzip', 'br']) {
      const first = await fetch(large, { headers: { 'accept-encoding': encoding } });
      expect(first.status).toBe(200);
      expect(first.headers.get('content-encoding')).toBe(encoding);
      expect(first.headers.get('vary')).toContain('accept-encoding');
      expect(await first.json()).toMatchObject({ seatCount: 20 });
      const etag = first.headers.get('etag') ?? '';
      const again = await fetch(large, { headers: { 'if-none-match': `"x", ${etag}` } });
      expect(again.status).toBe(304);
      expect(await again.text()).toBe('');
    }
  });

  it('is sent as it is when it fits into one packet', async () => {
    const small = await fetch(at('/availability'), { headers: { 'accept-encoding': 'gzip' } });
    expect(small.headers.get('content-encoding')).toBeNull();
    expect(await small.json()).toMatchObject({ eventId: sale.eventId, seatCount: 20 });
  });

  it('has a new ETag once a place is held', async () => {
    const etag = (await fetch(at('/availability'))).headers.get('etag') ?? '';
    expect((await send('POST', '/holds', onePlace())).status).toBe(200);
    await waitUntil(
      async () => {
        const answer = await fetch(at('/availability'), { headers: { 'if-none-match': etag } });
        return answer.status === 200 ? true : null;
      },
      { what: 'a new version of the availability', timeoutMs: 5_000 },
    );
  });

  it('is sent as it is to who accepts no encoding', async () => {
    const headers = { 'accept-encoding': 'identity' };
    const answer = await fetch(at('/availability'), { headers });
    expect(answer.headers.get('content-encoding')).toBeNull();
    const bytes = new Uint8Array(await answer.arrayBuffer());
    expect(() => gunzipSync(bytes)).toThrow();
  });

  it('of an event that does not exist is 404, of no event id 400', async () => {
    const other = `${api.url}/api/v1/events/evt_01h455vb4pex5vsknk084sn02q/availability`;
    const missing = await fetch(other);
    expect(missing.status).toBe(404);
    expect(await missing.json()).toMatchObject({ error: { code: 'thing.not_found', kind: 'not_found' } });
    expect((await fetch(`${api.url}/api/v1/events/x/availability`)).status).toBe(400);
  });
});

describe('holds by plain HTTP', () => {
  it('are placed, read, extended, released and checked out as over tRPC', async () => {
    const wanted = onePlace();
    const held = await (await send('POST', '/holds', wanted)).json();
    expect(held).toMatchObject({ id: wanted.holdId, state: 'active' });
    expect(held).toMatchObject({ units: [{ label: expect.stringMatching(/, place \d+$/), seat: null }] });
    expect(await (await send('GET', `/holds/${wanted.holdId}`)).json()).toEqual(held);
    expect((await send('POST', `/holds/${wanted.holdId}/extend`)).status).toBe(200);
    expect((await send('DELETE', `/holds/${wanted.holdId}`)).status).toBe(204);
    expect((await send('GET', `/holds/${wanted.holdId}`)).status).toBe(410);

    const bought = onePlace();
    const hold = (await (await send('POST', '/holds', bought)).json()) as { units: { unitId: string }[] };
    const booked = await send('POST', '/bookings', {
      holdId: bought.holdId,
      buyer: { name: 'Olga', email: 'olga@example.org' },
      lines: hold.units.map(({ unitId }) => ({ unitId, ticketTypeId: sale.child })),
    });
    expect(await booked.json()).toMatchObject({ payment: { state: 'free' } });
  });

  it('name every fault of the input with its place', async () => {
    const answer = await send('POST', '/holds', {
      holdId: 'x',
      selections: [{ kind: 'places', quantity: 0 }],
    });
    expect(answer.status).toBe(400);
    const { error } = (await answer.json()) as { error: { details: { issues: { path: string }[] } } };
    const paths = error.details.issues.map(({ path }) => path);
    expect(paths).toEqual(
      expect.arrayContaining(['holdId', 'selections[0].areaId', 'selections[0].quantity']),
    );
  });

  it('refuse a body that is no JSON object, and a caller that is nobody', async () => {
    const text = await fetch(at('/holds'), { method: 'POST', headers: bearer(token), body: '{' });
    expect([text.status, (await send('POST', '/holds', [1])).status]).toEqual([400, 400]);
    const nobody = await fetch(at('/holds'), { method: 'POST', body: JSON.stringify(onePlace()) });
    expect(nobody.status).toBe(401);
    expect(await nobody.json()).toMatchObject({ error: { code: 'visitor.required' } });
  });

  it('take a visitor by the cookie that visitors.create sets', async () => {
    const created = await fetch(`${api.url}/trpc/visitors.create`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
    });
    expect(created.status).toBe(200);
    const cookie = created.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^eh_visitor=.*; HttpOnly; SameSite=Lax/);
    expect(cookie).not.toContain('Secure');
    const place = (value: string) =>
      fetch(at('/holds'), { method: 'POST', headers: { cookie: value }, body: JSON.stringify(onePlace()) });
    const pair = cookie.split(';', 1)[0] ?? '';
    expect((await place(pair)).status).toBe(200);
    expect((await place(`${pair}x`)).status).toBe(401);
  });
});

describe('a hot answer', () => {
  /** Of an answer, but for what it says itself. */
  const headersOf = async (url: string, init: RequestInit) => {
    const OWN = new Set([
      'etag',
      'cache-control',
      'content-length',
      'content-type',
      'content-encoding',
      'date',
    ]);
    const { headers } = await fetch(url, init);
    return Object.fromEntries(
      [...headers]
        .filter(([name]) => !OWN.has(name))
        .map(([name, value]) => [name, value.replace('accept-encoding, ', '')]),
    );
  };

  it.each(['https://shop.example', 'https://evil.example', null])(
    'has the headers that the middleware gives every other answer, but for those about pages, asked from %s',
    async (origin) => {
      const headers = { ...(origin !== null && { origin }), 'x-request-id': 'same-for-both' };
      const other = await headersOf(`${api.url}/health/live`, { headers });
      for (const name of PAGE_HEADERS) {
        expect(other[name], name).toBeDefined();
        delete other[name];
      }
      // Only pages have a use for them.
      if (origin === null) for (const name of Object.keys(CORS_HEADERS)) delete other[name];
      expect(other['x-frame-options']).toBe('SAMEORIGIN');
      for (const path of ['/availability', '/holds/hld_01h455vb4pex5vsknk084sn02q'])
        expect(await headersOf(at(path), { headers })).toEqual(other);
      const refused = {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: '{}',
      };
      expect(await headersOf(`${api.url}/trpc/holds.place`, refused)).toEqual(other);
    },
  );

  it('may be asked for by pages of other origins: a preflight is answered', async () => {
    const headers = { origin: 'https://shop.example', 'access-control-request-method': 'POST' };
    const preflight = await fetch(at('/holds'), { method: 'OPTIONS', headers });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-headers')).toContain('x-visitor');
  });

  it('is 413 to a body of more than 1 MiB, of declared and of undeclared length, and leaves the connection usable', async () => {
    const text = JSON.stringify({ holdId: 'x'.repeat(1024 * 1024) });
    const stream = () => new Blob([text]).stream();
    const headers = { ...bearer(token), 'content-type': 'application/json' };
    for (const url of [at('/holds'), `${api.url}/trpc/holds.place`]) {
      expect((await fetch(url, { method: 'POST', headers, body: text })).status).toBe(413);
      const undeclared = { method: 'POST', headers, body: stream(), duplex: 'half' } as RequestInit;
      expect((await fetch(url, undeclared)).status).toBe(413);
    }
    const small = new Blob([JSON.stringify(onePlace())]).stream();
    const chunked = { method: 'POST', headers, body: small, duplex: 'half' } as RequestInit;
    expect((await fetch(at('/holds'), chunked)).status).toBe(200);
  });
});
