import { applyLive } from '@eventhorizon/core/inventory/live/apply-live';
import type { LiveMessage } from '@eventhorizon/core/inventory/live/live-message';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newHoldId } from '../testing/new-hold-id.ts';
import { openLive } from '../testing/open-live.ts';
import { openSale } from '../testing/open-sale.ts';
import { type TestApi, testApi } from '../testing/test-api.ts';
import { signUp, type TestClient } from '../testing/test-client.ts';

let api: TestApi;
let olga: TestClient;
let sale: Awaited<ReturnType<typeof openSale>>;
beforeAll(async () => {
  api = await testApi();
  olga = (await signUp(api.url, 'olga')).api;
  sale = await openSale(olga);
}, 60_000);
afterAll(async () => api[Symbol.asyncDispose]());

const livePath = (eventId: string = sale.eventId) => `/api/v1/events/${eventId}/live`;
const hold = (quantity = 1) =>
  olga.holds.place.mutate({
    eventId: sale.eventId,
    holdId: newHoldId(),
    selections: [{ kind: 'places', areaId: sale.areaId, quantity }],
  });

describe('a live stream', () => {
  it('begins with a snapshot and goes on with what changed', async () => {
    await using stream = await openLive(api.url, livePath());
    const first = await stream.next('message');
    const snapshot = JSON.parse(first.data) as LiveMessage;
    expect(snapshot).toMatchObject({ kind: 'snapshot', eventId: sale.eventId, status: 'published' });
    const held = await hold();
    const second = await stream.next('message');
    const delta = JSON.parse(second.data) as LiveMessage;
    expect(delta.kind).toBe('delta');
    const state = applyLive(applyLive(null, snapshot), delta);
    const now = await olga.availability.get.query({ eventId: sale.eventId });
    expect(state?.pools).toEqual(now.pools);
    expect(second.id).toBe(`${now.epoch}.${now.version}`);
    await olga.holds.release.mutate({ eventId: sale.eventId, holdId: held.id });
  });
});
