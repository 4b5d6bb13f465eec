import type { Event } from '@eventhorizon/core/events/event';
import type { HoldOwner } from '@eventhorizon/core/holds/hold';
import { describe, expect, it } from 'vitest';
import { newId } from '../testing/new-id.ts';
import { eventKey, eventKeys } from './keys.ts';
import type { LuaSources } from './lua-sources.ts';
import { scriptsWithout, seatsPick, testInventory } from './testing/inventory-fixture.ts';

const HOUR = 3_600_000;

const holdersOfOneSeat = async (sources?: LuaSources): Promise<number> => {
  await using t = await testInventory({}, { sources });
  const outcomes = await Promise.all(
    Array.from({ length: 200 }, () => t.holds.place(t.request([seatsPick([t.seat(0)])]))),
  );
  return outcomes.filter(({ outcome }) => outcome === 'held').length;
};

const heldByClicks = async (sources?: LuaSources): Promise<number> => {
  await using t = await testInventory({}, { sources });
  const owner: HoldOwner = newId('usr');
  const pick = { kind: 'places', pool: 1, areaId: t.areaId, quantity: 1, atLeast: 1 } as const;
  const outcomes = await Promise.all(
    Array.from({ length: 20 }, () => t.holds.place(t.request([pick], { owner, maxPerPerson: 4 }))),
  );
  return outcomes.filter(({ outcome }) => outcome === 'held').length;
};

const placeOn = async (change: Partial<Event>, sources?: LuaSources) => {
  await using t = await testInventory({}, { sources, change });
  const placed = await t.holds.place(t.request([seatsPick([t.seat(0)])]));
  return placed.outcome === 'not_on_sale' ? placed.reason : placed.outcome;
};

const placeFromOldLayout = async (sources?: LuaSources) => {
  await using t = await testInventory({}, { sources });
  await t.mirror.setGate({ ...t.gate, revision: 2 });
  return (await t.holds.place(t.request([seatsPick([t.seat(0)])]))).outcome;
};

describe('one seat, 200 holders at once', () => {
  it('one gets it', async () => {
    expect(await holdersOfOneSeat()).toBe(1);
  });
  it('twin: without the look at the owners all get it', async () => {
    const blind = scriptsWithout('if owners[i] or mine[id] then', 'if mine[id] then');
    expect(await holdersOfOneSeat(blind)).toBeGreaterThan(1);
  });
});

describe('one person, 20 clicks at once, a limit of 4', () => {
  it('4 are held', async () => {
    expect(await heldByClicks()).toBe(4);
  });
  it('twin: without the limit the person has more', async () => {
    const greedy = scriptsWithout("if have + #chosen > wanted.max then return { 'limit', have } end");
    expect(await heldByClicks(greedy)).toBe(10);
  });
});

describe('an event that is not on sale takes no hold', () => {
  const statusGate = "if gate.status ~= 'published' then return REASONS[gate.status] or 'not_published' end";
  it.each([
    ['draft', 'not_published'],
    ['cancelled', 'cancelled'],
    ['postponed', 'postponed'],
    ['completed', 'ended'],
  ] as const)('%s is refused as %s', async (status, reason) => {
    expect(await placeOn({ status })).toBe(reason);
  });
  it('twin: without the gate a cancelled event sells', async () => {
    expect(await placeOn({ status: 'cancelled' }, scriptsWithout(statusGate))).toBe('held');
  });

  it('before the sale starts, and from its end on, nothing is held', async () => {
    expect(await placeOn({ salesStartAt: new Date(Date.now() + HOUR) })).toBe('not_started');
    expect(await placeOn({ salesEndAt: new Date(Date.now() - HOUR) })).toBe('ended');
  });
  it('twin: without the window it sells too early and too late', async () => {
    const always = scriptsWithout(
      'local closed = not_on_sale(not wanted.any_time)',
      'local closed = not_on_sale(false)',
    );
    expect(await placeOn({ salesStartAt: new Date(Date.now() + HOUR) }, always)).toBe('held');
    expect(await placeOn({ salesEndAt: new Date(Date.now() - HOUR) }, always)).toBe('held');
  });

  const extendWhenCancelled = async (sources?: Parameters<typeof testInventory>[1]) => {
    await using t = await testInventory({}, sources);
    const request = t.request([seatsPick([t.seat(0)])]);
    await t.holds.place(request);
    await t.mirror.setGate({ ...t.gate, status: 'cancelled' });
    return await t.holds.extend(t.event.id, request.holdId, request.owner, 60_000);
  };
  it('a hold is not extended once the event is cancelled', async () => {
    expect(await extendWhenCancelled()).toEqual({ outcome: 'not_on_sale', reason: 'cancelled' });
  });
  it('twin: without the gate it is, for a checkout that can only be refused', async () => {
    const sources = scriptsWithout("if closed then return { 'not_on_sale', closed } end");
    expect(await extendWhenCancelled({ sources })).toMatchObject({ outcome: 'extended' });
  });

  it('a checkout is refused once the event is cancelled, not once the sale has ended', async () => {
    await using t = await testInventory();
    const request = t.request([seatsPick([t.seat(0)])]);
    await t.holds.place(request);
    const begin = (token: string) =>
      t.holds.beginConversion(t.event.id, request.holdId, request.owner, token);
    await t.mirror.setGate({ ...t.gate, revision: 2, salesUntil: new Date(0) });
    expect(await begin('one')).toMatchObject({ outcome: 'converting' });
    await t.mirror.setGate({ ...t.gate, revision: 3, status: 'cancelled' });
    expect(await begin('one')).toEqual({ outcome: 'not_on_sale', reason: 'cancelled' });
  });
});

describe('picks made from an older layout', () => {
  it('are refused as stale', async () => {
    expect(await placeFromOldLayout()).toBe('stale');
  });
  it('twin: without the revision they would be taken by numbers that may mean other units', async () => {
    const blind = scriptsWithout("if wanted.revision ~= gate.revision then return { 'stale' } end");
    expect(await placeFromOldLayout(blind)).toBe('held');
  });
  it('a gate that comes late does not undo a newer one', async () => {
    await using t = await testInventory();
    await t.mirror.setGate({ ...t.gate, revision: 3, status: 'cancelled' });
    await t.mirror.setGate({ ...t.gate, revision: 2 });
    const placed = await t.holds.place(t.request([seatsPick([t.seat(0)])], { revision: 3 }));
    expect(placed).toEqual({ outcome: 'not_on_sale', reason: 'cancelled' });
  });
});

const releasedUnderCheckout = async (sources?: LuaSources): Promise<boolean> => {
  await using t = await testInventory({}, { sources });
  const request = t.request([seatsPick([t.seat(0)])]);
  await t.holds.place(request);
  await t.holds.beginConversion(t.event.id, request.holdId, request.owner, 'one');
  await t.holds.release(t.event.id, request.holdId, request.owner);
  return (await t.holds.place(t.request([seatsPick([t.seat(0)])]))).outcome === 'held';
};

/** The first checkout's abort comes after its conversion fell back and a second checkout began. */
const stateAfterLateAbort = async (sources?: LuaSources) => {
  await using t = await testInventory({}, { sources });
  const request = t.request([seatsPick([t.seat(0)])]);
  await t.holds.place(request);
  const args = [request.holdId, request.owner, 'one', 0];
  await t.runner.run('begin-conversion', eventKeys(t.event.id), args);
  await t.holds.beginConversion(t.event.id, request.holdId, request.owner, 'two');
  await t.holds.abortConversion(t.event.id, request.holdId, 'one');
  return (await t.holds.find(t.event.id, request.holdId, request.owner))?.state;
};

describe('a checkout under way', () => {
  it('keeps its seats when the buyer releases the hold beside it', async () => {
    expect(await releasedUnderCheckout()).toBe(false);
  });
  it('twin: without the look at the state somebody else gets a seat that is being bought', async () => {
    const careless = scriptsWithout("if hold.s == 'converting' then return { 'converting' } end");
    expect(await releasedUnderCheckout(careless)).toBe(true);
  });
  it('is not aborted by an older checkout of the same hold', async () => {
    expect(await stateAfterLateAbort()).toBe('converting');
  });
  it('twin: without the token an old message ends the new checkout', async () => {
    const unfenced = scriptsWithout(
      "if hold and hold.s == 'converting' and hold.t == ARGV[2] then",
      'if hold then',
    );
    const abort = unfenced['abort-conversion'] ?? '';
    const sources = { ...unfenced, 'abort-conversion': abort.replace('hold.b)', '(hold.b or now))') };
    expect(await stateAfterLateAbort(sources)).toBe('active');
  });
});

const soldSeatAfterLoss = async (sources?: LuaSources) => {
  await using t = await testInventory({}, { sources });
  await t.mirror.follow({
    eventId: t.event.id,
    owner: 'bkg_1',
    person: null,
    change: 'mark',
    units: [t.seat(0)],
  });
  await t.redis.del(eventKey(t.event.id, 'units'));
  return (await t.holds.place(t.request([seatsPick([t.seat(0)])]))).outcome;
};

describe('a copy that has lost a part of itself', () => {
  it('is not sold from', async () => {
    expect(await soldSeatAfterLoss()).toBe('cold');
  });
  it('twin: without the count of its keys a sold seat is held', async () => {
    expect(
      await soldSeatAfterLoss(scriptsWithout('K.persons, K.gone, K.turns) == 8', 'K.persons, K.gone) > 0')),
    ).toBe('held');
  });
});

describe('contention', () => {
  it.each([1, 10, 50])(
    '1,000 requests for 100 places over %i connections have exactly 100 winners',
    async (n) => {
      await using t = await testInventory({ seats: 0, places: 100 });
      const connections = Array.from({ length: n }, () => t.another().holds);
      const outcomes = await Promise.all(
        Array.from({ length: 1_000 }, (_, i) => {
          const holds = connections[i % n] ?? t.holds;
          return holds.place(
            t.request([{ kind: 'places', pool: 0, areaId: t.areaId, quantity: 1, atLeast: 1 }]),
          );
        }),
      );
      const won = outcomes.flatMap((placed) => (placed.outcome === 'held' ? placed.hold.units : []));
      expect(new Set(won.map(({ unitId }) => unitId)).size).toBe(100);
      expect(won).toHaveLength(100);
      expect(outcomes.filter(({ outcome }) => outcome === 'short')).toHaveLength(900);
    },
  );
});
