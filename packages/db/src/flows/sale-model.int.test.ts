import type { SaleDeps } from '@eventhorizon/core/flows/sale-deps';
import { runs } from '@eventhorizon/devstack/runs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { onlyClaims, streamOf } from '../redis/testing/inventory-fixture.ts';
import {
  asModelWorld,
  commandsOf,
  expectSameWhenRebuilt,
  modelWorld,
  newMemory,
  SaleCommand,
  settle,
} from '../testing/sale-model.ts';
import { oftenSteps, saleSteps } from '../testing/sale-steps.ts';
import { type SaleWorld, saleWorld } from '../testing/sale-world.ts';

/** So many sales go on beside one another, because each waits for its servers most of the time. */
const SIDE_BY_SIDE = 4;
const HALF_BACK = { steps: [{ untilMs: 0, percent: 50 }], feesReturned: false, exceptions: [] };
const SHAPE = { seats: 3, places: 1 };

const someSales = async (numRuns: number) =>
  await fc.check(
    fc.asyncProperty(
      fc.commands(commandsOf(saleSteps, oftenSteps), { maxCommands: 32, size: 'max' }),
      async (commands) => {
        await using world = await modelWorld({ maxPerPerson: 4, refundPolicy: HALF_BACK }, SHAPE);
        const model = await newMemory(world);
        await fc.asyncModelRun(() => ({ model, real: world }), commands);
        if (await settle(world)) await expectSameWhenRebuilt(world);
      },
    ),
    { numRuns, endOnFailure: true },
  );

test('whatever happens in whatever order: each unit is sold once, the money is balanced, and Redis says what Mongo says', {
  timeout: 300_000 * runs(1),
}, async () => {
  const share = runs(100) / SIDE_BY_SIDE;
  for (const details of await Promise.all(Array.from({ length: SIDE_BY_SIDE }, () => someSales(share))))
    expect(details.failed, fc.defaultReportMessage(details)).toBe(false);
});

/** The steps of one sale, each with its check. */
const take = async (world: SaleWorld, ...names: readonly string[]): Promise<void> => {
  const model = asModelWorld(world);
  const memory = await newMemory(model);
  for (const name of names) {
    const step = saleSteps[name];
    if (step === undefined) throw new Error(`there is no step ${name}`);
    await new SaleCommand(name, step, 0, 0).run(memory, model);
  }
};

test('twin: without the unique indexes, a Redis that has forgotten what is sold sells it twice, and the check sees it', async () => {
  await using world = await saleWorld({}, SHAPE);
  await world.mongo.db.collection('claims').dropIndex('unit_once');
  await world.mongo.db.collection('tickets').dropIndex('unit_valid_once');
  const { mirror, layout, gate } = world.inventory;
  const rebuild = async () =>
    void (await mirror.rebuild(layout, gate, onlyClaims(streamOf(new Map())), true));
  await expect(take({ ...world, rebuild }, 'buy', 'flushRedis', 'buy')).rejects.toThrow('claims');
});

test('twin: without the condition on what is reserved already, more is sent back than has come, and the check sees it', async () => {
  await using world = await saleWorld({}, SHAPE);
  const reserveRefund: SaleDeps['payments']['reserveRefund'] = async (_tx, id, amount) => {
    const payments = world.mongo.db.collection<{ _id: string }>('payments');
    await payments.updateOne({ _id: id }, { $inc: { refundReserved: amount } });
    return true;
  };
  const generous = { ...world.deps, payments: { ...world.deps.payments, reserveRefund } };
  const refunds = Array.from({ length: 8 }, () => 'refund');
  await expect(take({ ...world, deps: generous }, 'buy', ...refunds)).rejects.toThrow('tooMuch');
});
