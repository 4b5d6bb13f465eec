import { adoptHold } from '@eventhorizon/core/holds/adopt-hold';
import { extendHold } from '@eventhorizon/core/holds/extend-hold';
import { getHold } from '@eventhorizon/core/holds/get-hold';
import type { HoldRefInput } from '@eventhorizon/core/holds/place-hold-input';
import { releaseHold } from '@eventhorizon/core/holds/release-hold';
import { selfRestoringHolds } from '@eventhorizon/core/holds/self-restoring-holds';
import { describe, expect, it } from 'vitest';
import { newId } from '../testing/new-id.ts';
import { eventKey } from './keys.ts';
import { type Inventory, testInventory } from './testing/inventory-fixture.ts';
import { testSale } from './testing/sale.ts';

const started = async (t: Inventory) => {
  const sale = testSale(t);
  const visitorId = newId('vis');
  const hold = await sale.place([{ kind: 'best', priceCategory: 'A', quantity: 2 }], { owner: visitorId });
  const ref: HoldRefInput = { eventId: t.event.id, holdId: hold.id };
  return {
    deps: { ...sale.deps, holds: t.holds },
    sale,
    visitorId,
    hold,
    mine: { ...ref, owner: visitorId },
    ref,
  };
};

describe('a buyer', () => {
  it('reads a hold, extends it once, and releases it as often as the network needs', async () => {
    await using t = await testInventory();
    const { deps, mine, hold } = await started(t);
    expect(await getHold(deps, mine)).toEqual(hold);
    expect((await extendHold(deps, mine)).extended).toBe(true);
    await expect(extendHold(deps, mine)).rejects.toMatchObject({ code: 'hold.extended_already' });
    await releaseHold(deps, mine);
    await releaseHold(deps, mine);
    await expect(getHold(deps, mine)).rejects.toMatchObject({ code: 'hold.gone' });
    await expect(extendHold(deps, mine)).rejects.toMatchObject({ code: 'hold.gone' });
  });

  it('adopts the visitor’s hold after logging in, within the limit', async () => {
    await using t = await testInventory({}, { change: { maxPerPerson: 3 } });
    const { deps, sale, visitorId, ref } = await started(t);
    const userId = newId('usr');
    await sale.place([{ kind: 'places', areaId: t.areaId, quantity: 2 }], { owner: userId });
    await expect(adoptHold(deps, { ...ref, visitorId, userId })).rejects.toMatchObject({
      code: 'hold.limit',
      details: { limit: 3, have: 2 },
    });
    const another = newId('usr');
    expect((await adoptHold(deps, { ...ref, visitorId, userId: another })).owner).toBe(another);
    await expect(adoptHold(deps, { ...ref, visitorId, userId })).rejects.toMatchObject({ code: 'hold.gone' });
  });

  it('cannot change a hold that is being checked out', async () => {
    await using t = await testInventory();
    const { deps, mine, visitorId, ref } = await started(t);
    await t.holds.beginConversion(ref.eventId, ref.holdId, visitorId, 'one');
    const refused = { code: 'hold.converting' };
    await expect(extendHold(deps, mine)).rejects.toMatchObject(refused);
    await expect(releaseHold(deps, mine)).rejects.toMatchObject(refused);
    await expect(adoptHold(deps, { ...ref, visitorId, userId: newId('usr') })).rejects.toMatchObject(refused);
  });

  it('is asked to come back while the copy is cold, and not told that the hold has ended', async () => {
    await using t = await testInventory();
    const { deps, mine } = await started(t);
    await t.redis.del(eventKey(t.event.id, 'units'));
    const refused = { code: 'inventory.rebuilding', details: { retryAfterMs: expect.any(Number) } };
    await expect(getHold(deps, mine)).rejects.toMatchObject(refused);
    await expect(releaseHold(deps, mine)).rejects.toMatchObject(refused);
    await t.rebuild();
    expect((await getHold(deps, mine)).units).toHaveLength(2);
  });
});

describe('after Redis was lost', () => {
  const lost = async (t: Inventory) => {
    const { deps, mine, ref, visitorId } = await started(t);
    await t.redis.flushall();
    return { deps, mine, ref, visitorId, holds: selfRestoringHolds(t.holds, deps) };
  };

  it('who comes to extend, release, adopt, look or check out makes the copy whole, and hears that the hold is gone', async () => {
    const commands = {
      extend: ({ deps, holds, mine }: Awaited<ReturnType<typeof lost>>) =>
        extendHold({ ...deps, holds }, mine),
      get: ({ holds, mine }) => getHold({ holds }, mine),
      adopt: ({ deps, holds, ref, visitorId }) =>
        adoptHold({ ...deps, holds }, { ...ref, visitorId, userId: newId('usr') }),
    } satisfies Record<string, (world: Awaited<ReturnType<typeof lost>>) => Promise<unknown>>;
    for (const command of Object.values(commands)) {
      await using t = await testInventory();
      await expect(command(await lost(t))).rejects.toMatchObject({ code: 'hold.gone' });
      expect(await t.reader.read(t.event.id)).not.toBeNull();
    }
    await using t = await testInventory();
    const { holds, mine, ref, visitorId } = await lost(t);
    await releaseHold({ holds }, mine);
    expect(await holds.beginConversion(ref.eventId, ref.holdId, visitorId, 'one')).toEqual({
      outcome: 'gone',
    });
  });

  it('twin: with the plain store they are asked to come back for ever', async () => {
    await using t = await testInventory();
    const { deps, mine } = await lost(t);
    const refused = { code: 'inventory.rebuilding' };
    await expect(extendHold(deps, mine)).rejects.toMatchObject(refused);
    await expect(extendHold(deps, mine)).rejects.toMatchObject(refused);
    expect(await t.reader.read(t.event.id)).toBeNull();
  });
});

it('the copy of an event that is over vanishes in time, and that of one on sale does not', async () => {
  await using t = await testInventory();
  const ttl = () => t.redis.pttl(eventKey(t.event.id, 'units'));
  await t.mirror.setGate({ ...t.gate, revision: 2, status: 'postponed' });
  expect(await ttl()).toBe(-1);
  await t.mirror.setGate({ ...t.gate, revision: 3, status: 'completed' });
  expect(await ttl()).toBeGreaterThan(0);
});
