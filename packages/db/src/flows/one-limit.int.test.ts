import { checkout } from '@eventhorizon/core/flows/checkout';
import { sellAtBoxOffice } from '@eventhorizon/core/flows/sell-at-box-office';
import type { User } from '@eventhorizon/core/identity/user';
import { isDomainError } from '@eventhorizon/core/shared/errors';
import { expect, test } from 'vitest';
import { barrier } from '../mongo/testing/barrier.ts';
import { type BoxOfficeWorld, boxOfficeWorld, places } from '../testing/box-office-world.ts';
import { runJobs } from '../testing/run-jobs.ts';
import { sell as sellOnline } from '../testing/sell.ts';
import { passingOn } from '../testing/transfer-world.ts';

const LIMIT = 4;
const SHAPE = { seats: 0, places: 20 };
const open = () => boxOfficeWorld({ maxPerPerson: LIMIT }, SHAPE);

/** Over the counter, to ada@example.org unless `change` says otherwise. */
const sell = async (
  world: BoxOfficeWorld,
  count: number,
  change: Parameters<BoxOfficeWorld['sale']>[1] = {},
  deps = world.organizer,
) => sellAtBoxOffice(deps, world.sale(await world.holdFor(places(world.inventory.areaId, count)), change));

let next = 10;
/** Online. Each purchase takes places of its own. */
const buy = async (world: BoxOfficeWorld, user: User, count: number, deps = world.deps) => {
  const units = Array.from({ length: count }, (_, n) => world.inventory.place(next + n));
  next = next + count > 20 - LIMIT ? 10 : next + count;
  const hold = await world.hold(units, user.id);
  try {
    return await checkout(deps, world.command(hold));
  } catch (error) {
    await world.inventory.holds.release(hold.eventId, hold.id, hold.owner);
    throw error;
  }
};

const outcome = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => (isDomainError(error) ? error.code : String(error)),
  );

const expectSound = async (world: BoxOfficeWorld, claims: number) => {
  const { findings, counts } = await world.audit();
  expect(findings).toEqual([]);
  expect(counts.claims).toBe(claims);
};

test('sold to an address, then registered: the limit still holds, online and over the counter, before the proof and after it', async () => {
  await using world = await open();
  await sell(world, 2);
  const ada = await world.account('ada@example.org', false);
  expect(await outcome(buy(world, ada, 3))).toBe('hold.limit_shared');
  await buy(world, ada, 1);
  expect(await outcome(sell(world, 2))).toBe('hold.limit_shared');
  await world.prove(ada);
  // Also while the account has not been given yet what is its own.
  expect(await outcome(buy(world, ada, 2))).toBe('hold.limit_shared');
  expect(await outcome(sell(world, 2))).toBe('hold.limit_shared');
  await runJobs(world);
  expect(await outcome(sell(world, 2))).toBe('hold.limit');
  await sell(world, 1);
  expect(await outcome(sell(world, 1))).toBe('hold.limit');
  await runJobs(world);
  await expectSound(world, LIMIT);
});

test('twin: judged by itself, the account has a limit of its own besides that of its address', async () => {
  await using world = await open();
  await sell(world, LIMIT);
  const ada = await world.account('ada@example.org', false);
  const users = { ...world.deps.users, find: async () => null };
  await buy(world, ada, LIMIT, { ...world.deps, users });
  await expectSound(world, 2 * LIMIT);
});

test('another address and another event are none of its business', async () => {
  await using world = await open();
  await sell(world, LIMIT);
  await buy(world, await world.account('bob@example.org', false), LIMIT);
  await sell(world, LIMIT, { buyer: { name: 'Carl', email: null, phone: null } });
  await expectSound(world, 3 * LIMIT);
});

test('who claims a stranger’s address cannot shut them out: the customer says that the account is not theirs', async () => {
  await using world = await open();
  await buy(world, await world.account('ada@example.org', false), LIMIT);
  expect(await outcome(sell(world, 1))).toBe('hold.limit_shared');
  const access = world.access('seller');
  const booking = await sell(world, LIMIT, { accountNotTheirs: true, access });
  expect(booking).toMatchObject({ userId: null, sale: { accountNotTheirs: true, limitOverride: null } });
  // Of the address itself the limit holds all the same.
  expect(await outcome(sell(world, 1, { accountNotTheirs: true, access }))).toBe('hold.limit');
  await expectSound(world, 2 * LIMIT);
});

test('but not of an account that has proved the address: it is theirs', async () => {
  await using world = await open();
  await buy(world, await world.account('ada@example.org', true), LIMIT);
  expect(await outcome(sell(world, 1, { accountNotTheirs: true }))).toBe('hold.limit');
});

/** Ada has all that she may from the counter, proves her address, and is offered a ticket before the worker has given her hers. */
const offeredToAda = async (world: BoxOfficeWorld) => {
  const { person, start, tokenOf, accept, deps } = passingOn(world);
  const bob = await person('bob');
  const [ticket] = (await sellOnline(world, [world.inventory.place(20)], bob.id)).tickets;
  if (ticket === undefined) throw new Error('no ticket');
  await sell(world, LIMIT);
  const ada = await world.account('ada@example.org', true);
  const token = await tokenOf((await start(ticket.id, bob.id, ada.email)).id);
  return (using = deps) => outcome(accept(token, ada.id, using));
};

test('a ticket that is passed on counts together with what was sold to the receiver’s address', async () => {
  await using world = await open();
  const accept = await offeredToAda(world);
  expect(await accept()).toBe('transfer.over_limit');
  await runJobs(world);
  expect(await accept()).toBe('transfer.over_limit');
});

test('twin: judged by itself, the account takes one more', async () => {
  await using world = await open();
  const accept = await offeredToAda(world);
  const personKeys = { ofEmail: () => 'mail:nobody' };
  expect(await accept({ ...passingOn(world).deps, personKeys })).toBe('done');
  await expectSound(world, LIMIT + 1);
});

/** Both have read what there is before either writes; a transaction that is run again does not wait again. */
const atOnce = async (world: BoxOfficeWorld, organizer = world.organizer) => {
  const ada = await world.account('ada@example.org', false);
  const arrive = barrier(2);
  const { buyerLimits } = world.deps;
  const sales: typeof organizer = {
    ...organizer,
    buyerLimits: {
      ...organizer.buyerLimits,
      raiseAll: async (tx, eventId, raises) => {
        if (raises.length > 0) await arrive();
        return organizer.buyerLimits.raiseAll(tx, eventId, raises);
      },
    },
  };
  const online: typeof world.deps = {
    ...world.deps,
    buyerLimits: {
      ...buyerLimits,
      raise: async (...args) => {
        await arrive();
        return buyerLimits.raise(...args);
      },
    },
  };
  return Promise.all([
    outcome(sell(world, LIMIT - 1, {}, sales)),
    outcome(buy(world, ada, LIMIT - 1, online)),
  ]);
};

test('of a sale to an address and a purchase by its unproved account at the same moment only one stays within the limit', async () => {
  await using world = await open();
  expect((await atOnce(world)).toSorted()).toEqual(['done', 'hold.limit_shared']);
  await expectSound(world, LIMIT - 1);
});

test('twin: where the two do not meet on one document both pass, and the person has more than the limit', async () => {
  await using world = await open();
  const { buyerLimits } = world.organizer;
  const raiseAll: typeof buyerLimits.raiseAll = (tx, eventId, raises) =>
    buyerLimits.raiseAll(
      tx,
      eventId,
      raises.map((raise) => ({ ...raise, meets: false })),
    );
  const apart = { ...world.organizer, buyerLimits: { ...buyerLimits, raiseAll } };
  expect(await atOnce(world, apart)).toEqual(['done', 'done']);
  await expectSound(world, 2 * (LIMIT - 1));
});

/** An account of the address is opened, and buys, while a sale to the address has read that there is none. */
const registeredMeanwhile = async (world: BoxOfficeWorld, turns: boolean) => {
  let bought: Promise<unknown> | null = null;
  const addressTurns: typeof world.organizer.addressTurns = {
    take: async (...args) => {
      bought ??= world.account('ada@example.org', false).then((ada) => buy(world, ada, LIMIT));
      await bought;
      if (turns) await world.organizer.addressTurns.take(...args);
    },
  };
  return outcome(sell(world, LIMIT, {}, { ...world.organizer, addressTurns }));
};

test('an account that is opened in the middle of a sale to its address is seen by the sale', async () => {
  await using world = await open();
  expect(await registeredMeanwhile(world, true)).toBe('hold.limit_shared');
  await expectSound(world, LIMIT);
});

test('twin: without the turn of the address the sale goes by what was before, and the limit is passed', async () => {
  await using world = await open();
  expect(await registeredMeanwhile(world, false)).toBe('done');
  await expectSound(world, 2 * LIMIT);
});
