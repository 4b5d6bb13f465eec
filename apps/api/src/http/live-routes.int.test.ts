import { eventGate } from '@eventhorizon/core/inventory/event-gate';
import { applyLive } from '@eventhorizon/core/inventory/live/apply-live';
import type { LiveMessage } from '@eventhorizon/core/inventory/live/live-message';
import type { EventId } from '@eventhorizon/core/shared/ids';
import { connectForWork } from '@eventhorizon/db/redis/connect';
import { testRedis } from '@eventhorizon/devstack/test-redis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApi, createApp } from '../app.ts';
import { appRouter } from '../router/app-router.ts';
import { serve } from '../serve.ts';
import { newHoldId } from '../testing/new-hold-id.ts';
import { openLive } from '../testing/open-live.ts';
import { openSale } from '../testing/open-sale.ts';
import { tcpProxy } from '../testing/tcp-proxy.ts';
import { type TestApi, testApi } from '../testing/test-api.ts';
import { signUp, type TestClient } from '../testing/test-client.ts';
import { t } from '../trpc/trpc.ts';

/** Far beyond the limit of a test. */
const FOR_EVER_MS = 2 ** 31 - 1;

type Sale = Awaited<ReturnType<typeof openSale>>;

const SHOP = 'https://shop.example';

let api: TestApi;
let olga: TestClient;
let sale: Sale;
beforeAll(async () => {
  api = await testApi({ env: { LIVE_MAX_PER_ADDRESS: '5', CORS_ORIGINS: SHOP } });
  olga = (await signUp(api.url, 'olga')).api;
  sale = await openSale(olga);
}, 60_000);
afterAll(async () => api[Symbol.asyncDispose]());

const livePath = (eventId: string = sale.eventId) => `/api/v1/events/${eventId}/live`;
const trpcPath = (eventId: string = sale.eventId) =>
  `/trpc/availability.live?input=${encodeURIComponent(JSON.stringify({ eventId }))}`;
const messageOf = ({ data }: { data: string }) => JSON.parse(data) as LiveMessage;

const holding = (as: TestClient, { eventId, areaId }: Sale) => {
  const place = { kind: 'places', areaId, quantity: 1 } as const;
  return as.holds.place.mutate({ eventId, holdId: newHoldId(), selections: [place] });
};
const releasing = (id: string) => olga.holds.release.mutate({ eventId: sale.eventId, holdId: id });

describe('a live stream', () => {
  it('begins with a snapshot and goes on with what changed', async () => {
    await using stream = await openLive(api.url, livePath());
    const snapshot = messageOf(await stream.next('message'));
    expect(snapshot).toMatchObject({ kind: 'snapshot', eventId: sale.eventId, status: 'published' });
    const held = await holding(olga, sale);
    const second = await stream.next('message');
    expect(messageOf(second).kind).toBe('delta');
    const state = applyLive(applyLive(null, snapshot), messageOf(second));
    const now = await olga.availability.get.query({ eventId: sale.eventId });
    expect(state?.pools).toEqual(now.pools);
    expect(second.id).toBe(`${now.epoch}.${now.version}`);
    await releasing(held.id);
  });

  it('is told to proxies and browsers as what it is, with the headers that all answers have', async () => {
    await using stream = await openLive(api.url, livePath(), { origin: SHOP });
    await stream.next('message');
    expect([stream.status, stream.headers]).toEqual([
      200,
      expect.objectContaining({
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-cache, no-transform',
        'x-accel-buffering': 'no',
        'x-content-type-options': 'nosniff',
        'access-control-allow-origin': SHOP,
        'x-request-id': expect.any(String) as string,
      }),
    ]);
    expect(stream.text()).toMatch(/^retry: \d{4}\n\n/);
    expect((await fetch(`${api.url}${livePath()}`, { method: 'HEAD' })).status).toBe(200);
  });

  it('resumes where the listener was: with nothing new there is nothing to send', async () => {
    await using keeper = await openLive(api.url, livePath());
    const { id } = await keeper.next('message');
    await using again = await openLive(api.url, livePath(), { 'last-event-id': id ?? '' });
    const held = await holding(olga, sale);
    expect(messageOf(await again.next('message')).kind).toBe('delta');
    await using late = await openLive(api.url, livePath(), { 'last-event-id': id ?? '' });
    expect(messageOf(await late.next('message'))).toMatchObject({ kind: 'delta' });
    await using stranger = await openLive(api.url, livePath(), { 'last-event-id': 'elsewhere.7' });
    expect(messageOf(await stranger.next('message')).kind).toBe('snapshot');
    await releasing(held.id);
  });

  it('of one event is one subscription and one encoding for all listeners, over both addresses', async () => {
    const counts = async () => (await api.deps.metrics.expose()).body;
    const encoded = (text: string) => Number(/live_encoded_total\{kind="delta"\} (\d+)/.exec(text)?.[1] ?? 0);
    await using plain = await openLive(api.url, livePath());
    await using other = await openLive(api.url, livePath());
    await using trpc = await openLive(api.url, trpcPath());
    const all = [plain, other, trpc];
    for (const stream of all) await stream.next('message');
    const before = await counts();
    expect(before).toContain('live_listeners 3');
    const held = await holding(olga, sale);
    const [first, ...rest] = await Promise.all(all.map((stream) => stream.next('message')));
    expect(rest).toEqual([first, first]);
    expect(encoded(await counts())).toBe(encoded(before) + 1);
    await releasing(held.id);
  });
});

describe('over tRPC', () => {
  it('the procedure itself gives the same messages as its address', async () => {
    await using stream = await openLive(api.url, trpcPath());
    expect(await stream.next('connected')).toMatchObject({ data: '{"reconnectAfterInactivityMs":45000}' });
    const { id, data } = await stream.next('message');
    // In process there is no connection to write to, so this is tRPC's own handling.
    const answer = await createApp(api.deps).request(trpcPath());
    const reader = answer.body?.getReader();
    let text = '';
    while (!text.includes(`id: ${id}`)) text += Buffer.from((await reader?.read())?.value ?? []).toString();
    await reader?.cancel();
    expect(text).toContain('event: connected\ndata: {"reconnectAfterInactivityMs":45000}\n');
    expect(text).toContain(`data: ${data}\nid: ${id}`);
  });

  it('a reader that is told to stop leaves, also while nothing comes', async () => {
    const controller = new AbortController();
    const ctx = {
      deps: api.deps,
      network: () => null,
      log: () => api.deps.logger,
      requestId: 'r',
      userAgent: null,
    };
    const caller = t.createCallerFactory(appRouter)(
      {
        ...ctx,
        caller: { kind: 'anonymous' },
        visitorId: null,
        passToken: null,
        rememberVisitor: () => undefined,
      },
      { signal: controller.signal },
    );
    const received: unknown[] = [];
    for await (const message of await caller.availability.live({ eventId: sale.eventId })) {
      received.push(message);
      setImmediate(() => controller.abort());
    }
    expect(received).toHaveLength(1);
    await expect.poll(async () => (await api.deps.metrics.expose()).body).toContain('live_listeners 0');
  });
});

describe('a live stream is refused', () => {
  const refused = async (path: string) => {
    const answer = await fetch(`${api.url}${path}`);
    const { error } = (await answer.json()) as { error: { code: string } };
    return [answer.status, error.code];
  };

  it('for a draft, for what does not exist, and for what is no id', async () => {
    const draft = await openSale(olga, { draft: true });
    expect(await refused(livePath(draft.eventId))).toEqual([404, 'thing.not_found']);
    expect(await refused(livePath('evt_01h455vb4pex5vsknk084sn02q'))).toEqual([404, 'thing.not_found']);
    expect(await refused(livePath('x'))).toEqual([400, 'input.invalid']);
  });

  it('over the limit of an address, until one of them is closed', async () => {
    const streams = await Promise.all(Array.from({ length: 5 }, () => openLive(api.url, livePath())));
    expect(await refused(livePath())).toEqual([429, 'live.limited']);
    await streams[0]?.[Symbol.asyncDispose]();
    await expect
      .poll(async () => {
        await using again = await openLive(api.url, livePath());
        return again.status;
      })
      .toBe(200);
    for (const stream of streams.slice(1)) await stream[Symbol.asyncDispose]();
  });
});

describe('a live stream ends', () => {
  it('with the reason, when its event is cancelled', async () => {
    const other = await openSale(olga);
    await using stream = await openLive(api.url, livePath(other.eventId));
    await stream.next('message');
    await api.database.db
      .collection<{ _id: string }>('events')
      .updateOne({ _id: other.eventId }, { $set: { status: 'cancelled' }, $inc: { revision: 1 } });
    const { event, layout } = await api.deps.layouts.refresh(other.eventId as EventId);
    await api.deps.mirror.setGate(eventGate(event, layout));
    expect(messageOf(await stream.next('message'))).toEqual({ kind: 'ended', reason: 'cancelled' });
    await stream.next('return');
    await stream.ended;
    const answer = await fetch(`${api.url}${livePath(other.eventId)}`);
    expect(answer.status).toBe(410);
  });

  it('when the process stops, which waits for nobody then; twin: it would wait, for listeners never leave', async () => {
    await using own = await testApi();
    const { api: anna } = await signUp(own.url, 'anna');
    const { eventId } = await openSale(anna);
    const serving = await serve(createApi(own.deps), 0);
    await using stream = await openLive(`http://127.0.0.1:${serving.port}`, livePath(eventId));
    await stream.next('message');
    let stopped = false;
    const stopping = serving.stop(FOR_EVER_MS).then(() => {
      stopped = true;
    });
    // Without the hub's stop: the server takes no more and waits, and the stream goes on.
    await holding(anna, await openSale(anna));
    expect(stopped).toBe(false);
    own.deps.live.stop();
    await Promise.all([stopping, stream.ended]);
    expect(stream.text()).not.toContain('"ended"');
  });
});

describe('when Redis is lost', () => {
  it('a live stream stays open, says that it is stale, and recovers with a snapshot; after FLUSHALL of another epoch', async () => {
    await using redis = await testRedis();
    await using proxy = await tcpProxy({ host: '127.0.0.1', port: redis.port });
    await using own = await testApi({ redisUrl: `redis://127.0.0.1:${proxy.port}` });
    const { api: anna } = await signUp(own.url, 'anna');
    const opened = await openSale(anna);
    await using stream = await openLive(own.url, livePath(opened.eventId));
    const first = messageOf(await stream.next('message'));
    proxy.become('cut');
    expect(messageOf(await stream.next('message'))).toEqual({ kind: 'stale' });
    const admin = connectForWork(redis.url);
    await admin.flushall();
    admin.disconnect();
    proxy.become('open');
    const again = messageOf(await stream.next('message'));
    expect(again).toMatchObject({ kind: 'snapshot', eventId: opened.eventId });
    expect(again).not.toMatchObject({ epoch: first.kind === 'snapshot' ? first.epoch : '' });
    await holding(anna, opened);
    expect(messageOf(await stream.next('message')).kind).toBe('delta');
  });
});
