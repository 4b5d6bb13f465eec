import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { openSale } from '@eventhorizon/actors/open-sale';
import { createClient } from '@eventhorizon/client/create-client';
import { testDatabase } from '@eventhorizon/devstack/test-database';
import { testRedis } from '@eventhorizon/devstack/test-redis';
import { freePorts } from '@eventhorizon/stack/apps/ports';
import { startApps } from '@eventhorizon/stack/apps/start-apps';
import { migrateDatabase } from '@eventhorizon/stack/migrate-database';
import { generateSecrets } from '@eventhorizon/stack/secrets';
import { Redis } from 'ioredis';
import { expect, test } from 'vitest';
import { type PlacedHold, places, plainProtocol, quickHoldId } from './load/hold-requests.ts';
import { sendOnce } from './load/send-once.ts';
import { countRoundTrips } from './round-trips.ts';

const TIMES = 10;

/** An API over these servers. */
const startApi = async (mongoUri: string, redisUrl: string) => {
  const logDir = mkdtempSync(`${tmpdir()}/eventhorizon-trips-`);
  const ports = await freePorts();
  const apps = await startApps({
    ...{ mongoUri, redisUrl, ports, logDir },
    secrets: generateSecrets(),
    names: ['api'],
  });
  return {
    url: `http://127.0.0.1:${ports.api}`,
    port: ports.api,
    [Symbol.asyncDispose]: async () => {
      await apps.stop();
      rmSync(logDir, { recursive: true, force: true });
    },
  };
};

test('a warm hold, its release, a refusal and a look at availability keep to their round trips', async () => {
  await using database = await testDatabase();
  await using server = await testRedis();
  await migrateDatabase(database.uri);
  await using api = await startApi(database.uri, server.url);
  const redis = new Redis(server.url);
  try {
    const { eventId, areaId } = await openSale(api.url, {
      seatMap: null,
      standing: 2 * TIMES,
      prices: { floor: 4500 },
      event: { maxPerBooking: 100, maxPerPerson: 1_000 },
    });
    const visitor = await createClient({ url: api.url }).becomeVisitor();
    const protocol = plainProtocol(eventId);
    const placed: PlacedHold[] = [];
    const place = (quantity: number) => () => {
      const hold = { holdId: quickHoldId(), visitor };
      placed.push(hold);
      return sendOnce(api.port, protocol.place(hold, places(areaId, quantity)));
    };
    const release = async () => {
      const hold = placed.pop();
      return hold === undefined ? null : sendOnce(api.port, protocol.release(hold));
    };
    const look = async () => (await fetch(`${api.url}/api/v1/events/${eventId}/availability`)).text();
    // What is cold at first: the layout, the copy in Redis, the scripts.
    expect([await place(1)(), await release()]).toEqual([200, 204]);
    await look();

    const count = (operation: () => Promise<unknown>) =>
      countRoundTrips({ redis, db: database.db }, TIMES, operation);
    expect(await count(place(1))).toEqual({ redis: 1, mongo: 0 });
    expect(await count(release)).toEqual({ redis: 1, mongo: 0 });
    expect(await count(place(100))).toEqual({ redis: 1, mongo: 0 });
    // None, but for the one that a look after 250 ms makes.
    const looked = await count(look);
    expect([looked.redis <= 1, looked.mongo]).toEqual([true, 0]);
    // Twin: an operation that asks each of them twice is seen to.
    const twice = async () => {
      for (let n = 0; n < 2; n += 1) {
        await redis.ping();
        await database.db.collection('events').findOne({});
      }
    };
    expect(await count(twice)).toEqual({ redis: 2, mongo: 2 });
  } finally {
    redis.disconnect();
  }
});
