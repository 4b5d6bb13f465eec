import { migratedDatabase } from '@eventhorizon/db/testing/migrated-database';
import { waitUntil } from '@eventhorizon/devstack/process/wait-until';
import { testRedis } from '@eventhorizon/devstack/test-redis';
import { describe, expect, it } from 'vitest';
import { createApp } from './app.ts';
import { whileHearing } from './hearing.ts';
import { newHoldId } from './testing/new-hold-id.ts';
import { openSale } from './testing/open-sale.ts';
import { tcpProxy } from './testing/tcp-proxy.ts';
import { testApi } from './testing/test-api.ts';
import { bearer, refusalOf, signUp, testClient } from './testing/test-client.ts';

/** An API whose Redis and Mongo can be taken away. */
const setUp = async ({ redisState = 'open' as 'open' | 'cut', deadlineMs = 15_000 } = {}) => {
  const database = await migratedDatabase();
  const redis = await testRedis();
  const mongoUrl = new URL(database.uri);
  const mongoProxy = await tcpProxy({ host: mongoUrl.hostname, port: Number(mongoUrl.port) });
  const redisProxy = await tcpProxy({ host: '127.0.0.1', port: redis.port }, redisState);
  mongoUrl.port = String(mongoProxy.port);
  mongoUrl.searchParams.delete('replicaSet');
  // The replica set would tell its own address, past the proxy.
  mongoUrl.searchParams.set('directConnection', 'true');
  const api = await testApi({
    database,
    mongoUri: mongoUrl.href,
    redisUrl: `redis://127.0.0.1:${redisProxy.port}`,
    change: ({ config }) => ({ config: { ...config, deadlineMs } }),
  });
  const readiness = async () => {
    const answer = await fetch(`${api.url}/health/ready`);
    return { status: answer.status, body: (await answer.json()) as unknown };
  };
  return {
    api,
    mongoProxy,
    redisProxy,
    readiness,
    untilReady: () =>
      waitUntil(async () => ((await readiness()).status === 200 ? true : null), {
        what: 'the API to be ready',
        timeoutMs: 30_000,
      }),
    [Symbol.asyncDispose]: async () => {
      await api[Symbol.asyncDispose]();
      await mongoProxy[Symbol.asyncDispose]();
      await redisProxy[Symbol.asyncDispose]();
      await redis[Symbol.asyncDispose]();
    },
  };
};

describe('outages', () => {
  it('starts while Redis is away, serves what needs none, refuses holds with a time to come back, and recovers', async () => {
    await using stack = await setUp({ redisState: 'cut' });
    const { api, redisProxy, readiness, untilReady } = stack;
    expect((await fetch(`${api.url}/health/live`)).status).toBe(200);
    expect(await readiness()).toEqual({
      status: 503,
      body: { status: 'not ready', checks: { mongo: 'up', redis: 'down' } },
    });
    const olga = await signUp(api.url, 'olga');
    const { eventId, areaId } = await openSale(olga.api);
    const hold = () =>
      fetch(`${api.url}/api/v1/events/${eventId}/holds`, {
        method: 'POST',
        headers: { authorization: `Bearer ${olga.accessToken}` },
        body: JSON.stringify({
          holdId: newHoldId(),
          selections: [{ kind: 'places', areaId, quantity: 1 }],
        }),
      });
    const refused = await hold();
    expect(refused.status).toBe(503);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    redisProxy.become('open');
    await untilReady();
    expect((await hold()).status).toBe(200);
  });

  it.each(['cut', 'mute'] as const)(
    'answers 503 when Redis is gone in mid-sale (%s), survives and goes on',
    async (state) => {
      await using stack = await setUp();
      const { api, redisProxy, untilReady } = stack;
      const olga = await signUp(api.url, 'olga');
      const { eventId, areaId } = await openSale(olga.api);
      const place = () =>
        olga.api.holds.place.mutate({
          eventId,
          holdId: newHoldId(),
          selections: [{ kind: 'places', areaId, quantity: 1 }],
        });
      await place();
      redisProxy.become(state);
      expect(await refusalOf(place())).toMatchObject({ kind: 'unavailable' });
      redisProxy.become('open');
      await untilReady();
      expect((await place()).units).toHaveLength(1);
    },
  );

  it('answers 503 when Mongo cannot be reached, says so in its health, and goes on afterwards', async () => {
    await using stack = await setUp();
    const { api, mongoProxy, readiness, untilReady } = stack;
    const olga = await signUp(api.url, 'olga');
    mongoProxy.become('cut');
    expect(await refusalOf(olga.api.profile.get.query())).toMatchObject({ code: 'service.unreachable' });
    expect(await readiness()).toMatchObject({
      status: 503,
      body: { checks: { mongo: 'down', redis: 'up' } },
    });
    mongoProxy.become('open');
    await untilReady();
    expect(await olga.api.profile.get.query()).toMatchObject({ username: 'olga' });
  });

  it('who has an account is told to come again by a process that hears of no ended sessions; visitors hold on', async () => {
    await using api = await testApi();
    const olga = await signUp(api.url, 'olga');
    const { eventId, areaId } = await openSale(olga.api);
    const { visitorToken } = await testClient(api.url).visitors.create.mutate();
    const hold = (headers: Record<string, string>, isLost: boolean) => {
      const hearing = { heard: () => undefined, isLost: () => isLost };
      return createApp({ ...api.deps, accessTokens: whileHearing(api.deps.accessTokens, hearing) }).request(
        `/api/v1/events/${eventId}/holds`,
        {
          method: 'POST',
          headers,
          body: JSON.stringify({
            holdId: newHoldId(),
            selections: [{ kind: 'places', areaId, quantity: 1 }],
          }),
        },
      );
    };
    const refused = await hold(bearer(olga.accessToken), true);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '2']);
    expect((await hold({ 'x-visitor': visitorToken }, true)).status).toBe(200);
    expect((await hold(bearer(olga.accessToken), false)).status, 'twin: while it hears').toBe(200);
  });

  it('a Mongo that never answers hangs no request: the deadline ends it', async () => {
    await using stack = await setUp({ deadlineMs: 1_000 });
    const { api, mongoProxy } = stack;
    const olga = await signUp(api.url, 'olga');
    mongoProxy.become('mute');
    const endless = createApp({ ...api.deps, config: { ...api.deps.config, deadlineMs: 600_000 } });
    let answered = false;
    const twin = Promise.resolve(
      endless.request('/trpc/profile.get', { headers: bearer(olga.accessToken) }),
    ).then(() => {
      answered = true;
    });
    expect(await refusalOf(olga.api.profile.get.query())).toMatchObject({ code: 'deadline.passed' });
    // The twin: without the deadline the same request still waits.
    expect(answered).toBe(false);
    mongoProxy.become('open');
    await twin;
  });
});
