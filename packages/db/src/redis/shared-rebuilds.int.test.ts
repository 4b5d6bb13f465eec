import type { InventoryMirror } from '@eventhorizon/core/inventory/ports';
import { describe, expect, it } from 'vitest';
import { sharedRebuilds } from './shared-rebuilds.ts';
import { type Inventory, testInventory } from './testing/inventory-fixture.ts';

/** Node 20 has no Promise.withResolvers. */
const withResolvers = () => {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
};

const nothing = async function* () {
  yield* [];
};

/** What becomes of 20 who find a copy missing at once. */
const crowd = async ({ layout, gate }: Inventory, mirror: InventoryMirror): Promise<Set<string>> => {
  const truth = { claims: nothing, turns: nothing };
  return new Set(
    await Promise.all(Array.from({ length: 20 }, () => mirror.rebuild(layout, gate, truth, false))),
  );
};

describe('a missing copy that many come for at once', () => {
  it('is rebuilt by one of them, and the others go on with it', async () => {
    await using t = await testInventory({}, { cold: true });
    expect(await crowd(t, sharedRebuilds(t.mirror))).toEqual(new Set(['rebuilt', 'warm']));
    expect(await crowd(t, sharedRebuilds(t.mirror))).toEqual(new Set(['warm']));
  });

  it('twin: without that most are refused', async () => {
    await using t = await testInventory({}, { cold: true });
    expect(await crowd(t, t.mirror)).toEqual(new Set(['rebuilt', 'busy']));
  });

  /** A rebuild by another process, which reads Mongo until `finish` is called. */
  const begunElsewhere = async (t: Inventory) => {
    const reading = withResolvers();
    const read = withResolvers();
    const claims = async function* () {
      reading.resolve();
      await read.promise;
      yield* [];
    };
    const done = t.another().mirror.rebuild(t.layout, t.gate, { claims, turns: nothing }, false);
    await reading.promise;
    return { done, finish: read.resolve };
  };

  it('and that another process rebuilds is waited for', async () => {
    await using t = await testInventory({}, { cold: true });
    const other = await begunElsewhere(t);
    let looks = 0;
    const rebuild: InventoryMirror['rebuild'] = async (...args) => {
      looks += 1;
      if (looks === 3) other.finish();
      return t.mirror.rebuild(...args);
    };
    expect(await crowd(t, sharedRebuilds({ ...t.mirror, rebuild }))).toEqual(new Set(['warm']));
    expect(await other.done).toBe('rebuilt');
  });

  it('for a while: then it is a refusal to come again', async () => {
    await using t = await testInventory({}, { cold: true });
    const other = await begunElsewhere(t);
    expect(await crowd(t, sharedRebuilds(t.mirror))).toEqual(new Set(['busy']));
    other.finish();
    expect(await other.done).toBe('rebuilt');
  });
});
