import type { NumberBlocks, NumberRequest } from '@eventhorizon/core/waiting-room/ports';
import { testRedis } from '@eventhorizon/devstack/test-redis';
import { describe, expect, it } from 'vitest';
import { mongoNumberBlocks } from '../mongo/queue-numbers.ts';
import { migratedDatabase } from '../testing/migrated-database.ts';
import { newId } from '../testing/new-id.ts';
import { connectForWork } from './connect.ts';
import { eventKey } from './keys.ts';
import { createRoomDesk } from './room-desk.ts';
import { createRoomGlances } from './room-glances.ts';
import { createScriptRunner } from './script-runner.ts';
import { scriptsWithout, testInventory } from './testing/inventory-fixture.ts';

/** A Redis and a database with the desks of as many processes as are wanted. */
const world = async (sources?: Parameters<typeof createScriptRunner>[1], blocks?: NumberBlocks) => {
  const t = await testInventory({}, { cold: true });
  const database = await migratedDatabase();
  const reserved = blocks ?? mongoNumberBlocks(database.db);
  const desk = () =>
    createRoomDesk(createScriptRunner(t.another().redis, sources), reserved, { blockSize: 20 });
  const request = (change: Partial<NumberRequest> = {}): NumberRequest => ({
    eventId: t.event.id,
    person: newId('vis'),
    keep: null,
    over: null,
    pace: null,
    ...change,
  });
  return {
    redis: t.redis,
    desk,
    request,
    reserved,
    eventId: t.event.id,
    [Symbol.asyncDispose]: async () => {
      await database[Symbol.asyncDispose]();
      await t[Symbol.asyncDispose]();
    },
  };
};
const many = (count: number, work: (n: number) => Promise<number>): Promise<number[]> =>
  Promise.all(Array.from({ length: count }, (_, n) => work(n)));
/** Blocks that are counted where a loss of Redis takes the count along. */
const forgetfulBlocks = () => {
  let end = 0;
  const blocks: NumberBlocks = {
    reserve: async (_eventId, _atLeast, size) => {
      end += size;
      return { from: end - size, to: end };
    },
    end: async () => end,
  };
  return {
    blocks,
    forget: () => {
      end = 0;
    },
  };
};

describe('numbers of a waiting room', () => {
  it('are one each for 200 who come at once to two processes, without gaps', async () => {
    await using w = await world();
    const [a, b] = [w.desk(), w.desk()];
    const numbers = await many(200, (n) => (n % 2 === 0 ? a : b).numberFor(w.request()));
    expect(numbers.toSorted((x, y) => x - y)).toEqual(Array.from({ length: 200 }, (_, n) => n));
  });

  it('rise by arrival', async () => {
    await using w = await world();
    const desk = w.desk();
    const numbers: number[] = [];
    for (let n = 0; n < 50; n += 1) numbers.push(await desk.numberFor(w.request()));
    expect(numbers).toEqual(numbers.toSorted((x, y) => x - y));
  });

  it('are the same for a person who comes again, however often and at once', async () => {
    await using w = await world();
    const desk = w.desk();
    const person = newId('usr');
    const numbers = await many(50, () => desk.numberFor(w.request({ person })));
    expect(new Set(numbers).size).toBe(1);
  });

  it('twin: without a memory of persons, who comes 50 times has 50 places in the line', async () => {
    await using w = await world(
      scriptsWithout("if is_his(standing) then return { 'number', tonumber(standing), 0 } end"),
    );
    const desk = w.desk();
    const person = newId('usr');
    const numbers = await many(50, () => desk.numberFor(w.request({ person })));
    expect(new Set(numbers).size).toBe(50);
  });

  it('are new for a person whose turn is over, and once for all his devices', async () => {
    await using w = await world();
    const desk = w.desk();
    const person = newId('usr');
    const over = await desk.numberFor(w.request({ person }));
    const next = await many(10, () => desk.numberFor(w.request({ person, over })));
    expect(next.every((number) => number === next[0] && number > over)).toBe(true);
  });

  it('are above what the line has reached, so that turns nobody waited for are not saved up', async () => {
    await using w = await world();
    const desk = w.desk();
    await desk.numberFor(w.request());
    const pace = { since: new Date(Date.now() - 60_000), from: 0, perMinute: 600 };
    const late = await many(5, () => desk.numberFor(w.request({ pace })));
    expect(Math.min(...late)).toBeGreaterThan(600);
    expect(new Set(late).size).toBe(5);
  });

  it('twin: without that, who comes to an idle room is called at once with all the others', async () => {
    await using w = await world(
      scriptsWithout('local number = math.max(at or 0, least)', 'local number = at or 0'),
    );
    const desk = w.desk();
    await desk.numberFor(w.request());
    const pace = { since: new Date(Date.now() - 60_000), from: 0, perMinute: 600 };
    const late = await many(5, () => desk.numberFor(w.request({ pace })));
    expect(Math.max(...late)).toBeLessThan(10);
  });
});

describe('FLUSHALL while people join', () => {
  const flushed = async (count?: ReturnType<typeof forgetfulBlocks>): Promise<number[]> => {
    await using w = await world(undefined, count?.blocks);
    const flush = async () => {
      count?.forget();
      await w.redis.flushall();
    };
    const desks = [w.desk(), w.desk()];
    const numbers: number[] = [];
    for (let round = 0; round < 6; round += 1) {
      const joins = desks.map((desk) => many(15, () => desk.numberFor(w.request())));
      if (round % 2 === 1) await flush();
      numbers.push(...(await Promise.all(joins)).flat());
      if (round % 3 === 2) await flush();
    }
    return numbers;
  };

  it('gives no number twice', async () => {
    const numbers = await flushed();
    expect(new Set(numbers).size).toBe(180);
  });

  it('twin: with numbers that Redis alone counts, two have the same place', async () => {
    const numbers = await flushed(forgetfulBlocks());
    expect(new Set(numbers).size).toBeLessThan(180);
  });

  it('leaves who shows a pass the number on it', async () => {
    await using w = await world();
    const desk = w.desk();
    const person = newId('usr');
    await many(30, () => desk.numberFor(w.request()));
    const number = await desk.numberFor(w.request({ person }));
    await w.redis.flushall();
    expect(await desk.numberFor(w.request({ person, keep: number }))).toBe(number);
    expect(await desk.numberFor(w.request({ person }))).toBe(number);
  });

  it('leaves it to him also when another device of his was given a later one meanwhile', async () => {
    await using w = await world();
    const desk = w.desk();
    const person = newId('usr');
    const number = await desk.numberFor(w.request({ person }));
    await w.redis.flushall();
    expect(await desk.numberFor(w.request({ person }))).toBeGreaterThan(number);
    expect(await desk.numberFor(w.request({ person, keep: number }))).toBe(number);
  });

  it('leaves Mongo a count that is above every number given', async () => {
    await using w = await world();
    const numbers = await many(45, () => w.desk().numberFor(w.request()));
    await w.redis.flushall();
    expect(await w.reserved.end(w.eventId)).toBeGreaterThan(Math.max(...numbers));
  });
});

/** A block that comes late, or a second time because its answer was lost, after later ones were used up. */
const afterLateBlock = async (sources?: Parameters<typeof createScriptRunner>[1]) => {
  await using w = await world(sources);
  const numbers = await many(40, () => w.desk().numberFor(w.request()));
  const key = eventKey(w.eventId, 'room');
  // A rush used the rest of the block up.
  await w.redis.hset(key, 'at', (await w.redis.hget(key, 'to')) ?? '');
  const history = (await w.redis.hget(key, 'of')) ?? '';
  await createScriptRunner(w.redis, sources).run('add-numbers', [key], [0, 20, history]);
  numbers.push(...(await many(5, () => w.desk().numberFor(w.request()))));
  return { given: numbers.length, different: new Set(numbers).size };
};

describe('a block that comes late', () => {
  it('is nobody’s: numbers never go back', async () => {
    expect(await afterLateBlock()).toEqual({ given: 45, different: 45 });
  });

  it('twin: a script that takes any block when one is used up gives numbers twice', async () => {
    const careless = scriptsWithout('or from > to then', 'or at >= to or from > to then');
    expect((await afterLateBlock(careless)).different).toBeLessThan(45);
  });
});

/**
 * A replica that is promoted before it has heard of everything: two who join at the old server are not known to the new one, where two others join.
 * Also comes a block that the old server had asked for. Gives all numbers that were given, and what a room that opens then takes for its crowd.
 */
const afterFailover = async (sources?: Parameters<typeof createScriptRunner>[1]) => {
  await using w = await world(sources);
  await using spare = await testRedis();
  const replica = connectForWork(spare.url);
  const { host = '', port = 0 } = w.redis.options;
  await replica.replicaof(host, port);
  const numbers = await many(5, () => w.desk().numberFor(w.request()));
  expect(await w.redis.wait(1, 0)).toBe(1);
  await replica.replicaof('NO', 'ONE');
  const unheard = await many(2, () => w.desk().numberFor(w.request()));
  const runner = createScriptRunner(replica, sources);
  const desk = createRoomDesk(runner, w.reserved, { blockSize: 20 });
  const { nextNumber } = await createRoomGlances(runner).refresh(w.eventId);
  const crowd = nextNumber ?? (await w.reserved.end(w.eventId));
  const history = (await w.redis.hget(eventKey(w.eventId, 'room'), 'of')) ?? '';
  await runner.run('add-numbers', [eventKey(w.eventId, 'room')], [0, 20, history]);
  numbers.push(...unheard, ...(await many(2, () => desk.numberFor(w.request()))));
  replica.disconnect();
  return { given: numbers.length, different: new Set(numbers).size, inCrowd: Math.max(...unheard) < crowd };
};

describe('a Redis that comes back older than it was', () => {
  it('gives no number again, and takes nobody of the crowd for a late-comer', async () => {
    expect(await afterFailover()).toEqual({ given: 9, different: 9, inCrowd: true });
  });

  it('twin: trusted, it gives numbers again and forgets who came last', async () => {
    const trusting = scriptsWithout("string.match(told, 'master_replid:(%w+)')", "'always the same'");
    expect(await afterFailover(trusting)).toEqual({ given: 9, different: 7, inCrowd: false });
  });
});

it('a caller who dies while it reserves is replaced after its lease', async () => {
  await using w = await world();
  const lost = createRoomDesk(
    createScriptRunner(w.redis),
    { reserve: () => Promise.reject(new Error('killed')) },
    { blockSize: 20 },
  );
  await expect(lost.numberFor(w.request())).rejects.toThrow('killed');
  expect(await w.desk().numberFor(w.request())).toBe(0);
});
