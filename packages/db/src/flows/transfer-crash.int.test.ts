import { Crashed, crashAt } from '@eventhorizon/core/testing/crash-at';
import { expect, test } from 'vitest';
import { expectConsistent } from '../redis/testing/recount.ts';
import { noTransaction } from '../testing/no-transaction.ts';
import { runJobs } from '../testing/run-jobs.ts';
import { sell } from '../testing/sell.ts';
import { type TransferWorld, transferWorld } from '../testing/transfer-world.ts';

const A_BOOKING = 10;

/** As many tickets of Ada's as wanted, each offered to Bob; the codes of the offers. */
const offers = async (world: TransferWorld, wanted: number) => {
  const [ada, bob] = [await world.person('ada'), await world.person('bob')];
  const tokens: string[] = [];
  for (let from = 0; from < wanted; from += A_BOOKING) {
    const units = Array.from({ length: Math.min(A_BOOKING, wanted - from) }, (_, n) => from + n);
    const { tickets } = await sell(world, units.map(world.inventory.seat), ada.id);
    for (const { id } of tickets) {
      tokens.push(await world.tokenOf((await world.start(id, ada.id, bob.email)).id));
      await world.deps.attempts.forget('transfer_per_recipient', bob.email);
    }
  }
  return { bob, tokens };
};

test('accepting killed after any of its calls gives the ticket once when it is asked again', async () => {
  const seats = 20;
  await using world = await transferWorld({ maxPerPerson: seats }, { seats, places: 0 });
  const { bob, tokens } = await offers(world, seats);
  // Dying before a call leaves what dying after the one in front of it leaves.
  const deaths = tokens.map((token, n) => ({ token, at: 1 + n, when: 'after' }) as const);
  let died = 0;
  for (const { token, ...plan } of deaths) {
    const mortal = crashAt(world.deps, plan);
    await world.accept(token, bob.id, mortal.deps).catch((error: unknown) => {
      if (!(error instanceof Crashed) && !mortal.crashed()) throw error;
    });
    died += mortal.crashed() ? 1 : 0;
    expect(await world.accept(token, bob.id)).toMatchObject({
      generation: 2,
      status: 'valid',
      holderId: bob.id,
    });
  }
  // The last ones outlived all of its calls.
  expect(died).toBeGreaterThan(10);
  expect(died).toBeLessThan(seats);
  await runJobs(world, { only: ['inventory.follow_claims', 'inventory.settle_claims'] });
  await expectConsistent(world.inventory);
  expect((await world.audit()).findings).toEqual([]);
});

test('twin: without the transaction a death between its writes leaves a paid seat without a ticket', async () => {
  await using world = await transferWorld();
  const { bob, tokens } = await offers(world, 1);
  const insertAll = () => Promise.reject(new Crashed('died before the new ticket'));
  const { deps } = world;
  const loose = { ...deps, unitOfWork: noTransaction, tickets: { ...deps.tickets, insertAll } };
  await expect(world.accept(tokens[0] ?? '', bob.id, loose)).rejects.toThrow('died');
  await world.accept(tokens[0] ?? '', bob.id).catch(() => undefined);
  expect((await world.audit()).findings.map(({ kind }) => kind)).toContain('booking_without_ticket');
});
