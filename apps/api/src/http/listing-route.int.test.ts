import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listEvent } from '../testing/list-event.ts';
import { newHoldId } from '../testing/new-hold-id.ts';
import { openSale } from '../testing/open-sale.ts';
import { type TestApi, testApi } from '../testing/test-api.ts';
import { refusalOf, signUp, type TestClient, testClient } from '../testing/test-client.ts';

let api: TestApi;
let olga: TestClient;
let sale: Awaited<ReturnType<typeof openSale>>;
let asked = 0;
beforeAll(async () => {
  api = await testApi({
    change: ({ listings }) => ({
      listings: {
        search: (...question) => {
          asked += 1;
          return listings.search(...question);
        },
      },
    }),
  });
  olga = (await signUp(api.url, 'olga')).api;
  sale = await openSale(olga);
  await listEvent(api, sale.eventId);
}, 60_000);
afterAll(async () => api[Symbol.asyncDispose]());

const get = (query: string, headers: Record<string, string> = {}) =>
  fetch(`${api.url}/api/v1/events${query}`, { headers });
const hold = () =>
  olga.holds.place.mutate({
    eventId: sale.eventId,
    holdId: newHoldId(),
    selections: [{ kind: 'places', areaId: sale.areaId, quantity: 1 }],
  });

describe('the public listing', () => {
  it('says by plain HTTP what it says to typed clients, to who is not logged in', async () => {
    const query =
      '?text=conc&from=2099-06-01&to=2099-06-01&city=LEIPZIG&country=de&category=other&currency=EUR&priceMin=1&priceMax=9000&availableOnly=true&sort=price&limit=5';
    const answer = await get(query);
    expect(answer.status).toBe(200);
    const page = await answer.json();
    expect(page).toMatchObject({
      items: [{ id: sale.eventId, price: { from: 0, to: 5_000, currency: 'EUR' } }],
      nextCursor: null,
    });
    expect(page).toEqual(
      await testClient(api.url).events.listPublic.query({
        text: 'conc',
        from: '2099-06-01',
        to: '2099-06-01',
        city: 'Leipzig',
        country: 'DE',
        category: 'other',
        price: { currency: 'EUR', min: 1, max: 9_000 },
        availableOnly: true,
        sort: 'price',
        limit: 5,
      }),
    );
  });

  it('shows live capacity in a page that is remembered', async () => {
    await hold();
    const free = async () => {
      const { items } = await olga.events.listPublic.query({ text: 'concert' });
      return items[0]?.availability;
    };
    const before = await free();
    expect(before).toMatchObject({ capacity: 70, source: 'live', asOf: null });
    const reads = asked;
    await hold();
    expect(await free()).toEqual({ ...before, free: (before?.free ?? 0) - 1 });
    expect(asked).toBe(reads);
  });

  it('is not sent again to who has it, and is when a place is taken', async () => {
    const etag = (await get('?text=concert')).headers.get('etag') ?? '';
    expect(etag).toMatch(/^W\/".+"$/);
    const again = await get('?text=concert', { 'if-none-match': etag });
    expect([again.status, await again.text(), again.headers.get('cache-control')]).toEqual([
      304,
      '',
      'public, no-cache',
    ]);
    await hold();
    expect((await get('?text=concert', { 'if-none-match': etag })).status).toBe(200);
  });

  it('shows no state from before a change that the worker has handled', async () => {
    await olga.events.listPublic.query({ text: 'concert' });
    await olga.events.update.mutate({ ...sale, changes: { title: 'A recital' } });
    await listEvent(api, sale.eventId);
    expect((await olga.events.listPublic.query({ text: 'concert' })).items).toEqual([]);
    expect((await olga.events.listPublic.query({ text: 'recital' })).items).toHaveLength(1);
  });

  it('names every parameter that is wrong, unknown or given twice', async () => {
    const issuesOf = async (query: string) => {
      const answer = await get(query);
      expect(answer.status).toBe(400);
      const body = (await answer.json()) as { error: { details: { issues: { path: string }[] } } };
      return body.error.details.issues.map(({ path }) => path);
    };
    expect(await issuesOf('?colour=red&text=a&text=b')).toEqual(['colour', 'text']);
    expect(await issuesOf('?limit=many')).toEqual(['limit']);
    expect(await issuesOf('?latitude=&longitude=1')).toEqual(['near.latitude']);
    expect(await issuesOf('?priceMax=5')).toEqual(['price.currency']);
    expect(await issuesOf('?availableOnly=yes')).toEqual(['availableOnly']);
    expect(await issuesOf('?text[$ne]=1')).toEqual(['text[$ne]']);
  });

  it('goes on from a cursor of the same search only', async () => {
    const second = await olga.events.create.mutate({
      ...{ organizationId: sale.organizationId, venueId: sale.venueId, title: 'Another', currency: 'EUR' },
      startsAt: { local: '2099-06-02T20:00', zone: 'Europe/Berlin' },
      endsAt: { local: '2099-06-02T23:00', zone: 'Europe/Berlin' },
      priceCategories: [{ key: 'Floor' }],
      areas: [{ name: 'Floor', capacity: 5, priceCategory: 'Floor' }],
      ticketTypes: [{ name: 'Adult', prices: { Floor: 1_000 } }],
    });
    await olga.events.publish.mutate({ organizationId: sale.organizationId, eventId: second.id });
    await listEvent(api, second.id);
    const page = await olga.events.listPublic.query({ limit: 1 });
    const cursor = page.nextCursor ?? '';
    expect(page.items[0]?.id).toBe(sale.eventId);
    expect(await (await get(`?limit=1&cursor=${cursor}`)).json()).toMatchObject({
      items: [{ id: second.id }],
      nextCursor: null,
    });
    const refusal = await refusalOf(olga.events.listPublic.query({ city: 'Leipzig', cursor }));
    expect(refusal.code).toBe('cursor.invalid');
  });

  it('is still right, with hints that say so, when Redis is gone', async () => {
    await using away = await testApi({ mongoUri: api.database.uri, redisUrl: 'redis://127.0.0.1:1' });
    const { items } = await testClient(away.url).events.listPublic.query({ text: 'recital' });
    expect(items).toMatchObject([
      { id: sale.eventId, availability: { source: 'hint', asOf: expect.any(String) } },
    ]);
  });
});
