import { gunzipSync } from 'node:zlib';
import { waitUntil } from '@eventhorizon/devstack/process/wait-until';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newHoldId } from '../testing/new-hold-id.ts';
import { openSale } from '../testing/open-sale.ts';
import { type TestApi, testApi } from '../testing/test-api.ts';
import { bearer, signUp } from '../testing/test-client.ts';

let api: TestApi;
let sale: Awaited<ReturnType<typeof openSale>>;
let token: string;
beforeAll(async () => {
  api = await testApi();
  const olga = await signUp(api.url, 'olga');
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
const onePlace = () => ({
  holdId: newHoldId(),
  selections: [{ kind: 'places', areaId: sale.areaId, quantity: 1 }],
});

describe('availability by plain HTTP', () => {
  it('is compressed, has an ETag, and is not sent again to who has it', async () => {
    const first = await fetch(at('/availability'), { headers: { 'accept-encoding': 'gzip' } });
    expect(first.status).toBe(200);
    expect(first.headers.get('content-encoding')).toBe('gzip');
    expect(first.headers.get('vary')).toContain('accept-encoding');
    expect(await first.json()).toMatchObject({ eventId: sale.eventId, seatCount: 20 });
    const etag = first.headers.get('etag') ?? '';
    const again = await fetch(at('/availability'), { headers: { 'if-none-match': `"x", ${etag}` } });
    expect(again.status).toBe(304);
    expect(await again.text()).toBe('');
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
