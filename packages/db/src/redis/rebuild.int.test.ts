import type { Claim } from '@eventhorizon/core/inventory/claim';
import { describe, expect, it } from 'vitest';
import { newId } from '../testing/new-id.ts';
import { createInventoryMirror } from './inventory-mirror.ts';
import { eventKey } from './keys.ts';
import type { LuaSources } from './lua-sources.ts';
import {
  type Inventory,
  onlyClaims,
  scriptsWithout,
  seatsPick,
  streamOf,
  testInventory,
} from './testing/inventory-fixture.ts';

const claim = (
  t: Inventory,
  unitId: string,
  owner: string,
  person: string | null = `usr_of_${owner}`,
): Claim => ({
  eventId: t.event.id,
  unitId,
  owner,
  person,
  claimedAt: new Date(),
});
const enter = (t: Inventory, ...claims: Claim[]) => {
  for (const one of claims) t.book.set(one.unitId, one);
};
const owners = async (t: Inventory) => Object.fromEntries((await t.mirror.owners(t.event.id)) ?? []);

const signal = () => {
  let give = (): void => undefined;
  const given = new Promise<void>((resolve) => {
    give = resolve;
  });
  return { given, give: () => give() };
};

/** A claims stream that stops halfway until told to go on. */
const stoppable = (t: Inventory) => {
  const reached = signal();
  const go = signal();
  const read = [...t.book.values()];
  const claims = () =>
    (async function* () {
      yield* read.slice(0, 1);
      reached.give();
      await go.given;
      yield* read.slice(1);
    })();
  return { claims, reached: reached.given, go: go.give };
};

describe('a cold event', () => {
  it('refuses, and after a rebuild equals Mongo: units, counts, seats, places, persons', async () => {
    await using t = await testInventory();
    enter(t, claim(t, 's:g2', 'bkg_1'), claim(t, 's:g3', 'blocked', null));
    enter(t, claim(t, t.place(2).unitId, 'bkg_1'), claim(t, t.place(4).unitId, 'retired', null));
    await t.redis.flushall();
    const request = t.request([{ kind: 'places', pool: 1, areaId: t.areaId, quantity: 8, atLeast: 8 }]);
    expect(await t.holds.place(request)).toEqual({ outcome: 'cold' });
    expect(await t.reader.read(t.event.id)).toBeNull();
    expect(await t.mirror.owners(t.event.id)).toBeNull();
    expect(await t.rebuild()).toBe('rebuilt');
    expect(await owners(t)).toEqual({
      's:g2': 'bkg_1',
      's:g3': 'blocked',
      [t.place(2).unitId]: 'bkg_1',
      [t.place(4).unitId]: 'retired',
    });
    expect(await t.reader.read(t.event.id)).toMatchObject({
      counts: [
        { free: 6, held: 0, taken: 2 },
        { free: 8, held: 0, taken: 2 },
      ],
      seats: new Uint8Array([0b00_00_10_11, 0]),
    });
    const placed = await t.holds.place(request);
    if (placed.outcome !== 'held') throw new Error(placed.outcome);
    expect(placed.hold.units.map(({ place }) => place).sort((a, b) => a - b)).toEqual([
      1, 3, 5, 6, 7, 8, 9, 10,
    ]);
    const limited = t.request([seatsPick([t.seat(0)])], { owner: 'usr_of_bkg_1' as never, maxPerPerson: 2 });
    expect(await t.holds.place(limited)).toEqual({ outcome: 'limit', have: 2 });
  });

  it('has another epoch after each rebuild, so that no old ETag fits', async () => {
    await using t = await testInventory();
    const before = await t.reader.read(t.event.id);
    await t.redis.flushall();
    await t.rebuild();
    expect((await t.reader.read(t.event.id))?.epoch).not.toBe(before?.epoch);
  });

  it.each(['units', 'seats', 'holds', 'expiries', 'freed', 'persons', 'gone', 'turns', 'meta'] as const)(
    'is what an event becomes that has lost its %s only',
    async (name) => {
      await using t = await testInventory();
      await t.holds.place(t.request([seatsPick([t.seat(0)])]));
      await t.redis.del(eventKey(t.event.id, name));
      expect(await t.holds.place(t.request([seatsPick([t.seat(1)])]))).toEqual({ outcome: 'cold' });
      expect(await t.rebuild()).toBe('rebuilt');
      const held = (await t.reader.read(t.event.id))?.counts[0]?.held;
      expect(held).toBe(name === 'holds' ? 0 : 1);
    },
  );

  it('is left alone when it is warm', async () => {
    await using t = await testInventory();
    expect(await t.rebuild()).toBe('warm');
  });
});

it('a forced rebuild of a warm event keeps its holds, and mends what differed from Mongo', async () => {
  await using t = await testInventory();
  const active = t.request([seatsPick([t.seat(0), t.seat(1)])]);
  const converting = t.request([{ kind: 'places', pool: 1, areaId: t.areaId, quantity: 2, atLeast: 2 }]);
  await t.holds.place(active);
  await t.holds.place(converting);
  await t.holds.beginConversion(t.event.id, converting.holdId, converting.owner, 'one');
  const before = await t.holds.find(t.event.id, converting.holdId, converting.owner);
  enter(t, claim(t, 's:g0', 'bkg_1'));
  expect(await t.rebuild(true)).toBe('rebuilt');
  expect(await t.holds.find(t.event.id, active.holdId, active.owner)).toMatchObject({
    units: [t.seat(1)],
    lost: ['s:g0'],
  });
  expect(await t.holds.find(t.event.id, converting.holdId, converting.owner)).toEqual(before);
  expect((await t.reader.read(t.event.id))?.counts).toEqual([
    { free: 6, held: 1, taken: 1 },
    { free: 8, held: 2, taken: 0 },
  ]);
});

/** Ten processes find the event cold at once; how often Mongo was read, and how it ended. */
const tenRebuilders = async (sources?: LuaSources) => {
  await using t = await testInventory({}, { cold: true, sources });
  let reads = 0;
  const claims = () => {
    reads += 1;
    return streamOf(t.book)();
  };
  const rebuild = () => t.mirror.rebuild(t.layout, t.gate, onlyClaims(claims));
  const answers = await Promise.all(Array.from({ length: 10 }, rebuild));
  return { reads, rebuilt: answers.filter((answer) => answer === 'rebuilt').length };
};

describe('many rebuilders', () => {
  it('one does the work', async () => {
    expect(await tenRebuilders()).toEqual({ reads: 1, rebuilt: 1 });
  });
  it('twin: without the lease all of them read every claim', async () => {
    const leaseless = scriptsWithout("if leased and leased ~= ARGV[1] then return { 'busy' } end");
    expect((await tenRebuilders(leaseless)).reads).toBe(10);
  });
});

/** A rebuilder stops while it reads; its lease runs out, another one rebuilds, a claim is freed; then the first one goes on. */
const afterStaleRebuilder = async (sources?: LuaSources) => {
  await using t = await testInventory({}, { sources, cold: true });
  enter(t, claim(t, 's:g0', 'bkg_1'), claim(t, 's:g1', 'bkg_2'));
  const slow = stoppable(t);
  const first = t.mirror.rebuild(t.layout, t.gate, onlyClaims(slow.claims));
  await slow.reached;
  await t.redis.del(eventKey(t.event.id, 'rebuild'));
  expect(await t.rebuild()).toBe('rebuilt');
  t.book.delete('s:g1');
  await t.mirror.follow({
    eventId: t.event.id,
    owner: 'bkg_2',
    person: null,
    change: 'free',
    units: [t.seat(1)],
  });
  slow.go();
  const answer = await first;
  return { answer, owners: await owners(t) };
};

describe('a rebuilder that was overtaken', () => {
  it('cannot put its old copy in place', async () => {
    expect(await afterStaleRebuilder()).toEqual({ answer: 'busy', owners: { 's:g0': 'bkg_1' } });
  });
  it('twin: without the fence the freed seat is taken again', async () => {
    const unfenced = {
      ...scriptsWithout("if redis.call('GET', K.rebuild) ~= token then return { 'fenced' } end"),
    };
    const load = unfenced['rebuild-load'] ?? '';
    unfenced['rebuild-load'] = load.replace(
      "if redis.call('GET', KEYS[1]) ~= ARGV[1] then return { 'fenced' } end",
      '',
    );
    const { owners: now } = await afterStaleRebuilder(unfenced);
    expect(now).toEqual({ 's:g0': 'bkg_1', 's:g1': 'bkg_2' });
  });
});

/** A booking's claim commits, and is told, after the rebuilder has read past it; another one is freed that was read already. */
const afterChangesDuringRebuild = async (sources?: LuaSources) => {
  await using t = await testInventory({}, { sources, cold: true });
  enter(t, claim(t, 's:g0', 'bkg_1'), claim(t, 's:g1', 'bkg_2'));
  const slow = stoppable(t);
  const rebuilding = t.mirror.rebuild(t.layout, t.gate, onlyClaims(slow.claims));
  await slow.reached;
  const change = { eventId: t.event.id, person: null };
  await t.mirror.follow({ ...change, owner: 'bkg_1', change: 'free', units: [t.seat(0)] });
  await t.holds.completeConversion(t.event.id, newId('hld'), 'one', 'bkg_3', 'usr_3', [t.seat(5)]);
  await t.mirror.setGate({ ...t.gate, revision: 2, status: 'cancelled' });
  slow.go();
  expect(await rebuilding).toBe('rebuilt');
  const placed = await t.holds.place(t.request([seatsPick([t.seat(7)])], { revision: 2 }));
  return { owners: await owners(t), placed: placed.outcome };
};

describe('what changes while a rebuild reads', () => {
  it('is in the new copy: a claim, a free, a cancelled event', async () => {
    expect(await afterChangesDuringRebuild()).toEqual({
      owners: { 's:g1': 'bkg_2', 's:g5': 'bkg_3' },
      placed: 'not_on_sale',
    });
  });
  it('twin: without the journal a sold seat is free, and a freed one sold', async () => {
    const amnesic = scriptsWithout("redis.call('RPUSH', K.journal, entry)");
    expect(await afterChangesDuringRebuild(amnesic)).toEqual({
      owners: { 's:g0': 'bkg_1', 's:g1': 'bkg_2' },
      placed: 'stale',
    });
  });
  it('is replayed in steps when it is much', async () => {
    await using t = await testInventory({ seats: 400, places: 0 }, { cold: true });
    enter(t, claim(t, 's:g0', 'bkg_0'));
    const slow = stoppable(t);
    const rebuilding = t.mirror.rebuild(t.layout, t.gate, onlyClaims(slow.claims));
    await slow.reached;
    const change = { eventId: t.event.id, person: null, change: 'mark' } as const;
    const marks = Array.from({ length: 300 }, (_, i) =>
      t.mirror.follow({ ...change, owner: `bkg_${i + 1}`, units: [t.seat(i + 1)] }),
    );
    await Promise.all(marks);
    slow.go();
    expect(await rebuilding).toBe('rebuilt');
    expect((await t.reader.read(t.event.id))?.counts[0]).toEqual({ free: 99, held: 0, taken: 301 });
  });
});

it('a rebuild that dies leaves the event cold and lets the next one begin', async () => {
  await using t = await testInventory({}, { cold: true });
  enter(t, claim(t, 's:g0', 'bkg_1'));
  const broken = () =>
    (async function* () {
      yield* t.book.values();
      throw new Error('the cursor broke');
    })();
  await expect(t.mirror.rebuild(t.layout, t.gate, onlyClaims(broken))).rejects.toThrow('the cursor broke');
  expect(await t.reader.read(t.event.id)).toBeNull();
  expect(await t.rebuild()).toBe('rebuilt');
});

it('an area sold nearly out in scattered places sells its last ones', async () => {
  await using t = await testInventory({ seats: 0, places: 50_000 }, { cold: true });
  const free = new Set([5, 25_000, 49_999]);
  for (let n = 1; n <= 50_000; n += 1) {
    if (!free.has(n)) enter(t, claim(t, t.place(n).unitId, 'bkg_1', null));
  }
  await t.mirror.rebuild(t.layout, t.gate, onlyClaims(streamOf(t.book)));
  // As if the rebuild had not known where the free places are: the cursor has to walk.
  await t.redis.hset(eventKey(t.event.id, 'meta'), 'n0', 1);
  for (const n of free) await t.redis.zrem(eventKey(t.event.id, 'freed'), t.place(n).unitId);
  const pick = { kind: 'places', pool: 0, areaId: t.areaId, quantity: 3, atLeast: 3 } as const;
  const placed = await t.holds.place(t.request([pick]));
  if (placed.outcome !== 'held') throw new Error(placed.outcome);
  expect(placed.hold.units.map(({ place }) => place).sort((a, b) => a - b)).toEqual([...free]);
});

/**
 * A rebuild of 5,000 claims whose second chunk is on its way until the third one has been answered: what a server that does not
 * know the script makes of chunks sent at once. Returns how many claims Redis has then.
 */
const afterOvertaking = async (sources?: LuaSources) => {
  await using t = await testInventory({ seats: 0, places: 5_000 }, { sources, cold: true });
  enter(t, ...Array.from({ length: 5_000 }, (_, n) => claim(t, t.place(n + 1).unitId, 'bkg_1', null)));
  const third = signal();
  const run: typeof t.runner.run = async (name, keys, args) => {
    const chunk = name === 'rebuild-load' ? args[2] : null;
    if (chunk === 2) await third.given;
    try {
      return await t.runner.run(name, keys, args);
    } finally {
      if (chunk === 3) third.give();
    }
  };
  const mirror = createInventoryMirror({ ...t.runner, run });
  const answer = await mirror.rebuild(t.layout, t.gate, onlyClaims(streamOf(t.book)));
  return { answer, claims: (await t.mirror.owners(t.event.id))?.size };
};

describe('chunks of a rebuild that overtake each other', () => {
  it('are all in the copy in the end', async () => {
    expect(await afterOvertaking()).toEqual({ answer: 'rebuilt', claims: 5_000 });
  });
  it('twin: without the refusal of a gap a chunk is lost and the copy is warm all the same', async () => {
    const gapped = scriptsWithout("if last + 1 < number then return { 'gap' } end");
    expect(await afterOvertaking(gapped)).toEqual({ answer: 'rebuilt', claims: 4_000 });
  });
});

it('a rebuild loses nothing though the server forgets its scripts all the time', async () => {
  await using t = await testInventory({ seats: 0, places: 30_000 }, { cold: true });
  enter(t, ...Array.from({ length: 30_000 }, (_, n) => claim(t, t.place(n + 1).unitId, 'bkg_1', null)));
  const forgetful = () =>
    (async function* () {
      let n = 0;
      for (const one of t.book.values()) {
        n += 1;
        if (n % 1_500 === 0) await t.redis.script('FLUSH');
        yield one;
      }
    })();
  await t.redis.script('FLUSH');
  expect(await t.mirror.rebuild(t.layout, t.gate, onlyClaims(forgetful))).toBe('rebuilt');
  expect((await t.mirror.owners(t.event.id))?.size).toBe(30_000);
  expect((await t.reader.read(t.event.id))?.counts).toEqual([{ free: 0, held: 0, taken: 30_000 }]);
});
