import type { EventId, VisitorId } from '@eventhorizon/core/shared/ids';
import { turnTimes } from '@eventhorizon/core/waiting-room/turn';
import { connectForWork } from '@eventhorizon/db/redis/connect';
import { waitUntil } from '@eventhorizon/devstack/process/wait-until';
import { describe, expect, it } from 'vitest';
import type { ApiDeps } from './api-deps.ts';
import { newHoldId } from './testing/new-hold-id.ts';
import { openSale } from './testing/open-sale.ts';
import { type TestApi, testApi } from './testing/test-api.ts';
import { signUp, type TestClient, testClient } from './testing/test-client.ts';

const FAR = { local: '2098-06-01T20:00', zone: 'Europe/Berlin' };
const unlimited = { joinLimit: { take: async () => true } };

/** Two API processes over one MongoDB and one Redis, and an event with a room. */
const rush = async (turnsPerMinute: number, change: (deps: ApiDeps) => Partial<ApiDeps> = () => ({})) => {
  const changed = (deps: ApiDeps) => ({ ...unlimited, ...change(deps) });
  const first = await testApi({ change: changed });
  const second = await testApi({
    mongoUri: first.database.uri,
    redisUrl: first.redis.url,
    env: { VISITOR_SECRET: first.env.VISITOR_SECRET },
    change: changed,
  });
  const redis = connectForWork(first.redis.url);
  const owner = (await signUp(first.url, 'olga')).api;
  const sale = await openSale(owner);
  const { organizationId, eventId } = sale;
  const waitingRoom = { opensAt: FAR, turnsPerMinute, turnMs: 600_000 };
  await owner.events.update.mutate({ organizationId, eventId, changes: { waitingRoom } });
  await owner.availability.get.query({ eventId });
  return {
    apis: [first, second] as const,
    owner,
    redis,
    sale,
    room: { organizationId, eventId },
    [Symbol.asyncDispose]: async () => {
      redis.disconnect();
      await second[Symbol.asyncDispose]();
      await first[Symbol.asyncDispose]();
    },
  };
};
type Rush = Awaited<ReturnType<typeof rush>>;

/** `count` visitors, every other one at the other process. Their ids are minted here: what is raced for is the place, not the token. */
const crowd = (r: Rush, count: number): { api: TestApi; headers: { 'x-visitor': string } }[] =>
  Array.from({ length: count }, (_, n) => {
    const api = r.apis[n % 2 === 0 ? 0 : 1];
    const visitorId: VisitorId = api.deps.ids.next('vis');
    return { api, headers: { 'x-visitor': api.deps.visitorTokens.issue(visitorId) } };
  });
const joinAll = (r: Rush, count: number) =>
  Promise.all(
    crowd(r, count).map(async ({ api, headers }) => {
      const { pass } = await testClient(api.url, headers).waitingRoom.join.mutate(r.room);
      return { api, pass: pass ?? '', client: testClient(api.url, { ...headers, 'x-pass': pass ?? '' }) };
    }),
  );
const look = (client: TestClient, { room }: Rush) => client.waitingRoom.look.query(room);
const hold = (client: TestClient, { sale }: Rush) =>
  client.holds.place.mutate({
    eventId: sale.eventId,
    holdId: newHoldId(),
    selections: [{ kind: 'places', areaId: sale.areaId, quantity: 1 }],
  });
const numberOf = ({ pass }: { pass: string }): number => Number(pass.split('.')[2]);
/** Who of all gets in right now. */
const heldOf = async (r: Rush, all: readonly { client: TestClient }[]) =>
  (await Promise.allSettled(all.map(({ client }) => hold(client, r)))).filter(
    ({ status }) => status === 'fulfilled',
  ).length;
const eventOf = async (r: Rush) => (await r.apis[0].deps.layouts.refresh(r.sale.eventId as EventId)).event;

describe('200 at once, at two processes', () => {
  it('never more hold than turns have begun', async () => {
    await using r = await rush(60);
    const all = await joinAll(r, 200);
    await r.owner.waitingRoom.open.mutate(r.room);
    for (let round = 0; round < 3; round += 1) {
      const held = await heldOf(r, all);
      const { now } = await r.apis[0].deps.glances.refresh(r.sale.eventId as EventId);
      const { waitingRoom } = await eventOf(r);
      const begun = all.filter((each) => {
        const times = waitingRoom && turnTimes(waitingRoom, numberOf(each));
        return times !== null && times !== 'forgotten' && times.beginsAt <= now;
      });
      expect(held).toBeLessThanOrEqual(begun.length);
      expect(begun.length).toBeLessThan(60);
    }
  }, 60_000);

  it('come to one opening and one order: both processes tell each the same position', async () => {
    await using r = await rush(1);
    const all = await joinAll(r, 60);
    // Nobody opens it: its moment comes, and whoever looks first does.
    const { waitingRoom } = await eventOf(r);
    const due = { ...waitingRoom, opensAt: { local: '2026-01-01T00:00', zone: 'UTC', at: new Date(0) } };
    await r.apis[0].database.db
      .collection<{ _id: string }>('events')
      .updateOne({ _id: r.sale.eventId }, { $set: { waitingRoom: due }, $inc: { revision: 1 } });
    await Promise.all(r.apis.map(({ deps }) => deps.layouts.refresh(r.sale.eventId as EventId)));
    const seen = async (api: 0 | 1) =>
      (
        await Promise.all(all.map(({ pass }) => look(testClient(r.apis[api].url, { 'x-pass': pass }), r)))
      ).map((view) => ('position' in view ? view.position : -1));
    const [one, other] = await Promise.all([seen(0), seen(1)]);
    expect(one).toEqual(other);
    expect(one.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 60 }, (_, n) => n));
    expect((await eventOf(r)).waitingRoom?.opening?.crowd).toBe(60);
  }, 60_000);

  /** Scripts and writes that Redis ran for 200 looks, and how many would be one per process and 250 ms. */
  const costOfLooks = async (change?: (deps: ApiDeps) => Partial<ApiDeps>) => {
    await using r = await rush(1, change);
    const all = await joinAll(r, 50);
    await r.owner.waitingRoom.open.mutate(r.room);
    const ran = async (command: string): Promise<number> => {
      const stats = await r.redis.info('commandstats');
      return Number(new RegExp(`cmdstat_${command}:calls=(\\d+)`).exec(stats)?.[1] ?? 0);
    };
    const before = { scripts: await ran('evalsha'), writes: await ran('hset') };
    const startedAt = performance.now();
    await Promise.all(all.flatMap(({ client }) => [1, 2, 3, 4].map(() => look(client, r))));
    const spans = Math.ceil((performance.now() - startedAt) / 250) + 1;
    return {
      scripts: (await ran('evalsha')) - before.scripts,
      writes: (await ran('hset')) - before.writes,
      allowed: 2 * spans,
    };
  };

  it('cost one read of Redis per process and 250 ms, and no write', async () => {
    const { scripts, writes, allowed } = await costOfLooks();
    expect(scripts).toBeLessThanOrEqual(allowed);
    expect(writes).toBe(0);
  }, 60_000);

  it('twin: without the memory of a glance, each look is a read', async () => {
    const { scripts } = await costOfLooks(({ glances }) => ({
      glances: { ...glances, get: glances.refresh },
    }));
    expect(scripts).toBeGreaterThanOrEqual(200);
  }, 60_000);
});

describe('FLUSHALL in the middle', () => {
  it('takes nobody his position, gives nobody another’s, and lets no crowd in', async () => {
    await using r = await rush(60);
    const early = await joinAll(r, 30);
    await r.redis.flushall();
    const more = await joinAll(r, 30);
    await r.owner.waitingRoom.open.mutate(r.room);
    const positions = () =>
      Promise.all(
        [...early, ...more].map(async ({ client }) => {
          const view = await look(client, r);
          return 'position' in view ? view.position : -1;
        }),
      );
    // With its copy in Redis gone, the other process hears of the opening by its look at Mongo, each second.
    const before = await waitUntil(
      async () => {
        const all = await positions();
        return all.includes(-1) ? null : all;
      },
      { what: 'both processes know of the opening', timeoutMs: 10_000 },
    );
    expect(new Set(before).size).toBe(60);
    await r.redis.flushall();
    expect(await positions()).toEqual(before);
    const later = await joinAll(r, 10);
    const numbers = [...early, ...more, ...later].map(numberOf);
    expect(new Set(numbers).size).toBe(70);
    expect(Math.min(...later.map(numberOf))).toBeGreaterThan(Math.max(...[...early, ...more].map(numberOf)));
    // Cold, and while it is restored: nobody without a turn.
    await r.redis.flushall();
    expect(await heldOf(r, later)).toBe(0);
    await waitUntil(async () => ((await heldOf(r, early.concat(more))) > 0 ? true : null), {
      what: 'somebody whose turn it is holds',
      timeoutMs: 10_000,
    });
  }, 60_000);

  it('before the opening: who joins again with his pass keeps his number', async () => {
    await using r = await rush(60);
    const [one] = await joinAll(r, 1);
    if (one === undefined) throw new Error('nobody joined');
    await joinAll(r, 5);
    await r.redis.flushall();
    const again = await one.client.waitingRoom.join.mutate(r.room);
    expect(again.pass).toBe(one.pass);
  });
});

describe('one address', () => {
  it('gets so many passes at once, and more in time only', async () => {
    await using api = await testApi();
    const olga = await signUp(api.url, 'olga');
    const { organizationId, eventId } = await openSale(olga.api);
    const waitingRoom = { opensAt: FAR, turnsPerMinute: 60, turnMs: 600_000 };
    await olga.api.events.update.mutate({ organizationId, eventId, changes: { waitingRoom } });
    const join = async () => {
      const headers = { 'x-visitor': api.deps.visitorTokens.issue(api.deps.ids.next('vis')) };
      const answer = await fetch(`${api.url}/api/v1/events/${eventId}/waiting-room`, {
        method: 'POST',
        headers,
      });
      return answer.status;
    };
    const statuses = await Promise.all(Array.from({ length: 100 }, join));
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(20);
    expect(statuses.filter((status) => status === 200).length).toBeGreaterThanOrEqual(50);
  });

  it('twin: without the limit all get one', async () => {
    await using r = await rush(60);
    expect(new Set((await joinAll(r, 100)).map(numberOf)).size).toBe(100);
  });
});
