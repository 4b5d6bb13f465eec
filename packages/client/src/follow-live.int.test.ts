import { readFileSync } from 'node:fs';
import { newHoldId } from '@eventhorizon/api/testing/new-hold-id';
import { openSale } from '@eventhorizon/api/testing/open-sale';
import { tcpProxy } from '@eventhorizon/api/testing/tcp-proxy';
import { type TestApi, testApi } from '@eventhorizon/api/testing/test-api';
import type { LiveState } from '@eventhorizon/core/inventory/live/apply-live';
import { EventSource } from 'eventsource';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, createClient } from './create-client.ts';
import type { ApiRefusal } from './domain-error.ts';

let api: TestApi;
let buyer: Client;
let sale: Awaited<ReturnType<typeof openSale>>;
beforeAll(async () => {
  api = await testApi();
  buyer = createClient({ url: api.url });
  await buyer.register({ username: 'olga', email: 'olga@example.org', password: 'a long enough password' });
  sale = await openSale(buyer.api);
}, 60_000);
afterAll(async () => api[Symbol.asyncDispose]());

const held = (state: LiveState | undefined): number | undefined =>
  state?.pools.reduce((sum, pool) => sum + pool.held, 0);
const hold = () =>
  buyer.api.holds.place.mutate({
    eventId: sale.eventId,
    holdId: newHoldId(),
    selections: [{ kind: 'places', areaId: sale.areaId, quantity: 1 }],
  });

const follow = (url: string, eventId: string = sale.eventId) => {
  const states: LiveState[] = [];
  const ends: (ApiRefusal | null)[] = [];
  const stop = createClient({ url }).live({
    eventId,
    onState: (state) => states.push(state),
    onEnd: (refusal) => ends.push(refusal),
  });
  return { states, ends, last: () => states.at(-1), [Symbol.dispose]: stop };
};

const snapshotsSent = async (): Promise<number> => {
  const { body } = await api.deps.metrics.expose();
  return Number(/live_delivered_total\{kind="snapshot"\} (\d+)/.exec(body)?.[1] ?? 0);
};

describe('client.live', () => {
  it('keeps a state that is what the server says, change by change', async () => {
    using following = follow(api.url);
    await expect.poll(() => following.last()).toBeDefined();
    const before = following.states.length;
    const { id } = await hold();
    await expect.poll(() => following.states.length).toBeGreaterThan(before);
    const now = await buyer.api.availability.get.query({ eventId: sale.eventId });
    await expect.poll(() => following.last()?.version).toBe(now.version);
    expect(following.last()?.pools).toEqual(now.pools);
    await buyer.api.holds.release.mutate({ eventId: sale.eventId, holdId: id });
  });

  it('connects again when the connection breaks, and is sent only what it missed', async () => {
    await using proxy = await tcpProxy({ host: '127.0.0.1', port: Number(new URL(api.url).port) });
    // Somebody else keeps listening here, so that the server remembers the deltas.
    using other = follow(api.url);
    using following = follow(`http://127.0.0.1:${proxy.port}`);
    await expect.poll(() => [held(other.last()), held(following.last())]).toEqual([0, 0]);
    const sent = await snapshotsSent();
    proxy.become('cut');
    const { id } = await hold();
    await expect.poll(() => held(other.last())).toBe(1);
    expect(held(following.last())).toBe(0);
    proxy.become('open');
    await expect.poll(() => held(following.last()), { timeout: 20_000 }).toBe(1);
    expect(await snapshotsSent()).toBe(sent);
    await buyer.api.holds.release.mutate({ eventId: sale.eventId, holdId: id });
  });

  it('says that there is no such event, and does not ask again', async () => {
    const draft = await openSale(buyer.api, { draft: true });
    using following = follow(api.url, draft.eventId);
    await expect.poll(() => following.ends).toEqual([expect.objectContaining({ code: 'thing.not_found' })]);
    expect(following.states).toEqual([]);
  });
});

describe('the client in docs/live-seats.md', () => {
  it('knows what the server says, without any of our code', async () => {
    const text = readFileSync(new URL('../../../docs/live-seats.md', import.meta.url), 'utf8');
    const source = /```js\n([\s\S]*?)```/.exec(text)?.[1];
    const states: { version: number; seats: number[]; pools: unknown[] }[] = [];
    const run = new Function(
      'EventSource',
      'url',
      'eventId',
      'onState',
      `${source}; return follow(url, eventId, onState);`,
    );
    const stream: EventSource = run(EventSource, api.url, sale.eventId, (state: (typeof states)[number]) =>
      states.push(state),
    );
    await expect.poll(() => states.at(-1)).toBeDefined();
    const before = states.length;
    await buyer.api.holds.place.mutate({
      eventId: sale.eventId,
      holdId: newHoldId(),
      selections: [{ kind: 'best', priceCategory: 'Front', quantity: 2 }],
    });
    await expect.poll(() => states.length).toBeGreaterThan(before);
    const now = await buyer.api.availability.get.query({ eventId: sale.eventId });
    await expect.poll(() => states.at(-1)?.version).toBe(now.version);
    stream.close();
    expect(states.at(-1)?.pools).toEqual(now.pools);
    expect(states.at(-1)?.seats.filter((seat) => seat === 1)).toHaveLength(2);
  });
});
