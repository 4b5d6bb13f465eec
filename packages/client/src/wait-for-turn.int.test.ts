import { newHoldId } from '@eventhorizon/api/testing/new-hold-id';
import { openSale } from '@eventhorizon/api/testing/open-sale';
import { type TestApi, testApi } from '@eventhorizon/api/testing/test-api';
import { signUp, type TestClient } from '@eventhorizon/api/testing/test-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FetchLike } from './authorized-fetch.ts';
import { createClient } from './create-client.ts';
import { domainErrorOf } from './domain-error.ts';

let api: TestApi;
let owner: TestClient;
beforeAll(async () => {
  api = await testApi();
  owner = (await signUp(api.url, 'olga')).api;
}, 60_000);
afterAll(async () => api[Symbol.asyncDispose]());

/** An event whose room opens at a wall time some seconds from now. */
const opensIn = async (seconds: number) => {
  const sale = await openSale(owner);
  const { organizationId, eventId } = sale;
  const local = new Date(Date.now() + seconds * 1_000).toISOString().slice(0, 19);
  const waitingRoom = { opensAt: { local, zone: 'UTC' }, turnsPerMinute: 600, turnMs: 600_000 };
  await owner.events.update.mutate({ organizationId, eventId, changes: { waitingRoom } });
  await owner.availability.get.query({ eventId });
  return sale;
};
const placeOf = ({ eventId, areaId }: Awaited<ReturnType<typeof openSale>>) => ({
  eventId,
  holdId: newHoldId(),
  selections: [{ kind: 'places' as const, areaId, quantity: 1 }],
});

describe('waiting for the turn', () => {
  it('ends with a pass that holds carry by themselves, and tells the way there', async () => {
    const sale = await opensIn(2);
    const client = createClient({ url: api.url });
    const told: string[] = [];
    const turn = await client.waitForTurn(sale.eventId, {
      onPosition: ({ pass, state }) => void told.push(state, pass),
    });
    expect(told[0]).toBe('before_opening');
    expect(told.at(-2)).toBe('turn');
    expect(new Set(told.filter((_, i) => i % 2 === 1))).toEqual(new Set([turn.pass]));
    expect(Date.parse(turn.endsAt ?? '')).toBeGreaterThan(Date.now());
    expect(await client.api.holds.place.mutate(placeOf(sale))).toMatchObject({ state: 'active' });
    const stranger = createClient({ url: api.url });
    await stranger.becomeVisitor();
    const refusal = await stranger.api.holds.place.mutate(placeOf(sale)).catch(domainErrorOf);
    expect(refusal).toMatchObject({ code: 'room.pass_required' });
  }, 30_000);

  it('is over at once where there is no room', async () => {
    const { eventId } = await openSale(owner);
    expect(await createClient({ url: api.url }).waitForTurn(eventId)).toEqual({ pass: null, endsAt: null });
  });

  it('loses no place by a broken connection or a restart', async () => {
    const sale = await opensIn(3);
    let failures = 0;
    const shaky: FetchLike = async (input, init) => {
      if (String(input).includes('waitingRoom.look') && failures < 2) {
        failures += 1;
        throw new TypeError('fetch failed');
      }
      return fetch(input, init);
    };
    const first = createClient({ url: api.url, fetch: shaky });
    const visitorToken = await first.becomeVisitor();
    const { pass } = await first.waitForTurn(sale.eventId);
    expect(failures).toBe(2);
    const restarted = createClient({ url: api.url, visitorToken });
    expect((await restarted.waitForTurn(sale.eventId, { pass: pass ?? '' })).pass).toBe(pass);
  }, 30_000);

  it('stops when it is told to, and at what does not pass by itself', async () => {
    const { eventId } = await opensIn(3_600);
    const stop = new AbortController();
    const waiting = createClient({ url: api.url }).waitForTurn(eventId, {
      signal: stop.signal,
      onPosition: () => stop.abort(new Error('enough')),
    });
    await expect(waiting).rejects.toThrow('enough');
    const nowhere = createClient({ url: api.url }).waitForTurn('evt_01h455vb4pex5vsknk084sn02q');
    expect(await nowhere.catch(domainErrorOf)).toMatchObject({ code: 'thing.not_found' });
  });
});
