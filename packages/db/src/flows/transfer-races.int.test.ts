import { giveUpTickets } from '@eventhorizon/core/flows/give-up-tickets';
import { startTransfer } from '@eventhorizon/core/flows/start-transfer';
import { withdrawTransfer } from '@eventhorizon/core/flows/withdraw-transfer';
import type { User } from '@eventhorizon/core/identity/user';
import { followClaims } from '@eventhorizon/core/inventory/follow-claims';
import { settleClaims } from '@eventhorizon/core/inventory/settle-claims';
import { isDomainError } from '@eventhorizon/core/shared/errors';
import type { Ticket } from '@eventhorizon/core/tickets/ticket';
import { startTransferSchema } from '@eventhorizon/core/transfers/transfer-input';
import { expect, test } from 'vitest';
import { barrier } from '../mongo/testing/barrier.ts';
import { eventKey } from '../redis/keys.ts';
import { scriptsWithout } from '../redis/testing/inventory-fixture.ts';
import { expectConsistent } from '../redis/testing/recount.ts';
import { newId } from '../testing/new-id.ts';
import { noTransaction } from '../testing/no-transaction.ts';
import { runJobs } from '../testing/run-jobs.ts';
import { sell } from '../testing/sell.ts';
import { type TransferDeps, type TransferWorld, transferWorld } from '../testing/transfer-world.ts';

/** Ada has bought a seat and offers it to Bob. */
const offered = async (world: TransferWorld) => {
  const ada = await world.person('ada');
  const bob = await world.person('bob');
  const { booking, tickets } = await sell(world, [world.inventory.seat(0)], ada.id);
  const [ticket] = tickets;
  if (ticket === undefined) throw new Error('no ticket');
  const { id } = await world.start(ticket.id, ada.id, bob.email);
  return { ada, bob, booking, ticket, transferId: id, token: await world.tokenOf(id) };
};

type Outcome = 'done' | string;

const outcome = (work: Promise<unknown>): Promise<Outcome> =>
  work.then(
    () => 'done',
    (error: unknown) => (isDomainError(error) ? error.code : String(error)),
  );

/** Both have read that the ticket is to be had before either writes; a transaction that is run again does not wait again. */
const together = (deps: TransferDeps, parties: number): TransferDeps => {
  const arrive = barrier(parties);
  return {
    ...deps,
    tickets: {
      ...deps.tickets,
      find: async (...args) => {
        const ticket = await deps.tickets.find(...args);
        await arrive();
        return ticket;
      },
    },
  };
};

/** For twins: every write says that it came first, and none belongs to another. */
const blind = (deps: TransferDeps): TransferDeps => {
  const { tickets, transfers, bookings, claims } = deps;
  return {
    ...deps,
    unitOfWork: noTransaction,
    tickets: {
      ...tickets,
      markVoid: async (tx, given, at) => {
        await tickets.markVoid(tx, given, at);
        return given.length;
      },
    },
    transfers: {
      ...transfers,
      markAccepted: async (...args) => {
        await transfers.markAccepted(...args);
        return true;
      },
      markEnded: async (...args) => {
        await transfers.markEnded(...args);
        return true;
      },
    },
    bookings: { ...bookings, markTicketsMoved: async () => true },
    claims: {
      ...claims,
      countAgainst: async (...args) => (await claims.countAgainst(...args)) ?? { person: null },
    },
  };
};

const validOf = async ({ deps, event }: TransferWorld): Promise<Ticket[]> => {
  const all: Ticket[] = [];
  for await (const ticket of deps.tickets.streamOfEvent(event.id))
    if (ticket.status === 'valid') all.push(ticket);
  return all;
};

const settled = async (world: TransferWorld): Promise<void> => {
  await runJobs(world);
  await expectConsistent(world.inventory);
  expect((await world.audit()).findings).toEqual([]);
};

test('a ticket accepted twice at once is given once, and both calls say the same', async () => {
  await using world = await transferWorld();
  const { bob, token } = await offered(world);
  const deps = together(world.deps, 2);
  const [one, two] = await Promise.all([
    world.accept(token, bob.id, deps),
    world.accept(token, bob.id, deps),
  ]);
  expect(two).toEqual(one);
  expect(await validOf(world)).toEqual([one]);
  await settled(world);
});

test('twin: without compare-and-set, transaction and index two tickets are valid for one seat', async () => {
  await using world = await transferWorld();
  const { bob, token } = await offered(world);
  await world.mongo.db.collection('tickets').dropIndex('unit_valid_once');
  const deps = blind(together(world.deps, 2));
  await Promise.all([world.accept(token, bob.id, deps), world.accept(token, bob.id, deps)]);
  expect(await validOf(world)).toHaveLength(2);
});

/** A ticket is offered while it is given up: the look at it, and at its open offers, both come first. */
const offeredWhileGivenUp = async (world: TransferWorld, start: Partial<TransferDeps>) => {
  const ada = await world.person('ada');
  const { booking, tickets: sold } = await sell(world, [world.inventory.seat(0)], ada.id);
  const [ticket] = sold;
  if (ticket === undefined) throw new Error('no ticket');
  const arrive = barrier(2);
  const find: TransferDeps['tickets']['find'] = async (id, tx) => {
    const found = await world.deps.tickets.find(id, tx);
    if (tx !== undefined) await arrive();
    return found;
  };
  const tickets = { ...world.deps.tickets, find };
  const offering = startTransfer(
    { ...world.deps, ...start, tickets },
    { ...startTransferSchema.parse({ ticketId: ticket.id, email: 'carla@example.org' }), userId: ada.id },
  );
  const transfers: TransferDeps['transfers'] = {
    ...world.deps.transfers,
    listOpenOf: async (...args) => {
      const open = await world.deps.transfers.listOpenOf(...args);
      await arrive();
      return open;
    },
  };
  const givingUp = world.deps.unitOfWork.run(async (tx) => {
    const now = (await world.deps.bookings.find(booking.id, tx)) ?? booking;
    const command = { id: newId('rfd'), booking: now, tickets: 'all', by: 'buyer', refund: null } as const;
    return await giveUpTickets({ ...world.deps, transfers }, tx, command);
  });
  await Promise.all([outcome(offering), outcome(givingUp)]);
  return await world.mongo.db.collection('transfers').countDocuments({ status: 'open' });
};

test('a ticket that is given up in the moment in which it is offered is not offered', async () => {
  await using world = await transferWorld();
  expect(await offeredWhileGivenUp(world, {})).toBe(0);
});

test('twin: without meeting on the booking, a void ticket is on its way to somebody', async () => {
  await using world = await transferWorld();
  const bookings = { ...world.deps.bookings, markTicketsMoved: async () => true };
  expect(await offeredWhileGivenUp(world, { bookings })).toBe(1);
});

test('of accepting and withdrawing at once one wins, and the other is told so', async () => {
  await using world = await transferWorld();
  const { ada, bob, ticket, token, transferId } = await offered(world);
  const arrive = barrier(2);
  const withdraw = withdrawTransfer(
    {
      ...world.deps,
      transfers: {
        ...world.deps.transfers,
        markEnded: async (...args) => {
          await arrive();
          return world.deps.transfers.markEnded(...args);
        },
      },
    },
    { transferId, userId: ada.id },
  );
  const accept = world.accept(token, bob.id, {
    ...world.deps,
    transfers: {
      ...world.deps.transfers,
      markAccepted: async (...args) => {
        await arrive();
        return world.deps.transfers.markAccepted(...args);
      },
    },
  });
  const outcomes = await Promise.all([outcome(accept), outcome(withdraw)]);
  expect(outcomes.toSorted()).toEqual(['done', 'transfer.gone']);
  const [holder] = await validOf(world);
  const accepted = outcomes[0] === 'done';
  expect(holder?.holderId).toBe(accepted ? bob.id : ada.id);
  expect(holder?.generation).toBe(accepted ? 2 : 1);
  expect(await world.deps.transfers.find(transferId)).toMatchObject({
    status: accepted ? 'accepted' : 'withdrawn',
    ticketId: ticket.id,
  });
  await settled(world);
});

test('twin: without compare-and-set the sender is told that the ticket is back, and the receiver has it', async () => {
  await using world = await transferWorld();
  const { ada, bob, token, transferId } = await offered(world);
  const deps = blind(world.deps);
  // Read while it was open, as both do in a race.
  const open = await world.deps.transfers.find(transferId);
  await world.accept(token, bob.id);
  const stale = { ...deps, transfers: { ...deps.transfers, find: async () => open } };
  expect(await withdrawTransfer(stale, { transferId, userId: ada.id })).toMatchObject({
    status: 'withdrawn',
  });
  expect(await validOf(world)).toMatchObject([{ holderId: bob.id }]);
});

const giveUp = (deps: TransferDeps, bookingId: Ticket['bookingId']) =>
  deps.unitOfWork.run(async (tx) => {
    const booking = await deps.bookings.find(bookingId, tx);
    if (booking === null) throw new Error('no booking');
    const refund = { amount: 'all', reason: 'buyer' } as const;
    return giveUpTickets(deps, tx, { id: newId('rfd'), booking, tickets: 'all', by: 'organizer', refund });
  });

test('of accepting a ticket and giving it up at once one comes after the other: no ticket is left without its unit', async () => {
  await using world = await transferWorld();
  const { bob, booking, token, transferId } = await offered(world);
  const arrive = barrier(2);
  const atVoid: TransferDeps = {
    ...world.deps,
    tickets: {
      ...world.deps.tickets,
      markVoid: async (...args) => {
        await arrive();
        return world.deps.tickets.markVoid(...args);
      },
    },
  };
  const [accepted, given] = await Promise.all([
    outcome(world.accept(token, bob.id, atVoid)),
    outcome(giveUp(atVoid, booking.id)),
  ]);
  // Whoever comes second voids what is there then: the organizer gives up the receiver's ticket as well.
  expect(['done', 'transfer.gone']).toContain(accepted);
  expect(given).toBe('done');
  expect(await validOf(world)).toEqual([]);
  expect((await world.deps.transfers.find(transferId))?.status).toBe(
    accepted === 'done' ? 'accepted' : 'expired',
  );
  await settled(world);
});

test('twin: without compare-and-set a ticket is accepted whose seat was given back, and the audit finds it', async () => {
  await using world = await transferWorld();
  const { bob, booking, ticket, token, transferId } = await offered(world);
  const open = await world.deps.transfers.find(transferId);
  await giveUp(world.deps, booking.id);
  const deps = blind(world.deps);
  // Read before the ticket was given up, as in a race.
  await world.accept(token, bob.id, {
    ...deps,
    transfers: { ...deps.transfers, findByToken: async () => open },
    tickets: { ...deps.tickets, find: async () => ticket },
  });
  const kinds = (await world.audit()).findings.map(({ kind }) => kind);
  expect(kinds).toContain('ticket_without_booking');
  expect(kinds).toContain('limit_disagrees');
});

/** Bob may have two, and is offered three at once. */
const threeForBob = async (world: TransferWorld): Promise<{ bob: User; tokens: string[] }> => {
  const bob = await world.person('bob');
  const tokens: string[] = [];
  for (const n of [0, 1, 2]) {
    const sender = await world.person(`sender${n}`);
    const { tickets } = await sell(world, [world.inventory.seat(n)], sender.id);
    for (const { id } of tickets)
      tokens.push(await world.tokenOf((await world.start(id, sender.id, bob.email)).id));
  }
  return { bob, tokens };
};

test('whoever accepts several at once gets as many as a person may have; the others are refused and stay open', async () => {
  await using world = await transferWorld({ maxPerPerson: 2 });
  const { bob, tokens } = await threeForBob(world);
  const deps = together(world.deps, 3);
  const outcomes = await Promise.all(tokens.map((token) => outcome(world.accept(token, bob.id, deps))));
  expect(outcomes.toSorted()).toEqual(['done', 'done', 'transfer.over_limit']);
  const mine = (await validOf(world)).filter(({ holderId }) => holderId === bob.id);
  expect(mine).toHaveLength(2);
  const refused = tokens[outcomes.indexOf('transfer.over_limit')] ?? '';
  const carla = await world.person('carla');
  await world.pass(mine[0] as Ticket, carla);
  expect(await outcome(world.accept(refused, bob.id))).toBe('done');
  await settled(world);
});

test('twin: a limit that is looked at and not raised under its condition lets three pass', async () => {
  await using world = await transferWorld({ maxPerPerson: 2 });
  const { bob, tokens } = await threeForBob(world);
  const deps = together(world.deps, 3);
  const { raise } = deps.buyerLimits;
  const unlimited: TransferDeps = {
    ...deps,
    buyerLimits: {
      ...deps.buyerLimits,
      raise: (tx, eventId, more) => raise(tx, eventId, { ...more, max: null }),
    },
  };
  await Promise.all(tokens.map((token) => world.accept(token, bob.id, unlimited)));
  expect((await validOf(world)).filter(({ holderId }) => holderId === bob.id)).toHaveLength(3);
});

/** What Redis counts for whom, held and sold. */
const counted = async ({ inventory, event }: TransferWorld): Promise<Record<string, string>> => {
  const persons = await inventory.redis.hgetall(eventKey(event.id, 'persons'));
  delete persons['~'];
  return persons;
};

/** Ada's ticket went to Bob and from him to Carla, and Redis has not heard of it. */
const passedTwice = async (world: TransferWorld) => {
  const ada = await world.person('ada');
  const bob = await world.person('bob');
  const carla = await world.person('carla');
  const { tickets } = await sell(world, [world.inventory.seat(0)], ada.id);
  await runJobs(world);
  const [first] = tickets;
  if (first === undefined) throw new Error('no ticket');
  const atBob = await world.pass(first, bob);
  const [claimedForBob] = await world.deps.claims.findOwners(world.event.id, [first.unitId]);
  await world.pass(atBob, carla);
  const { layouts } = world.inventory;
  const { mirror, claims } = world.deps;
  return {
    ada,
    carla,
    claimedForBob,
    inventory: { layouts, mirror, claims },
    payload: { eventId: world.event.id, from: first.bookingId, unitIds: [first.unitId] },
  };
};

type PassedTwice = Awaited<ReturnType<typeof passedTwice>>;

/** The row of Ada's checkout, which a busy worker does last. */
const lateMark = ({ inventory, payload: { eventId, from, unitIds }, ada }: PassedTwice): Promise<void> =>
  followClaims(inventory, { eventId, owner: from, unitIds, person: ada.id, change: 'mark' });

test('Redis counts a passed on unit against its holder, also when the row of its checkout comes last, and a rebuild from Mongo counts the same', async () => {
  await using world = await transferWorld();
  const passed = await passedTwice(world);
  const { carla, inventory, payload } = passed;
  await settleClaims(inventory, payload);
  await lateMark(passed);
  expect(await counted(world)).toEqual({ [carla.id]: '1' });
  await settled(world);
  await world.inventory.redis.flushall();
  await world.rebuild();
  expect(await counted(world)).toEqual({ [carla.id]: '1' });
});

test('twin: a late mark that may say who a unit counts against gives it back to who bought it', async () => {
  const sources = scriptsWithout(
    "if not again and current and string.match(current, '^(.*)|') == owner then return end",
  );
  await using world = await transferWorld({}, undefined, sources);
  const passed = await passedTwice(world);
  const { ada, inventory, payload } = passed;
  await settleClaims(inventory, payload);
  await lateMark(passed);
  expect(await counted(world)).toEqual({ [ada.id]: '1' });
});

test('who tells Redis what he read before another transfer looks again and has the last word right', async () => {
  await using world = await transferWorld();
  const { carla, claimedForBob, inventory, payload } = await passedTwice(world);
  let looks = 0;
  const findOwners: typeof inventory.claims.findOwners = async (...args) => {
    looks += 1;
    return looks === 1 && claimedForBob !== undefined
      ? [claimedForBob]
      : inventory.claims.findOwners(...args);
  };
  await settleClaims({ ...inventory, claims: { findOwners } }, payload);
  expect(await counted(world)).toEqual({ [carla.id]: '1' });
});

test("a unit that was given back and sold again before Redis heard of its transfer is its new owner's there", async () => {
  await using world = await transferWorld();
  const { carla, inventory, payload } = await passedTwice(world);
  const booking = await world.deps.bookings.findMany([payload.from]);
  await giveUp(world.deps, booking[0]?.id ?? payload.from);
  await runJobs(world, { only: ['inventory.follow_claims'] });
  const dora = await world.person('dora');
  const sold = await sell(world, [world.inventory.seat(0)], dora.id);
  await settleClaims(inventory, payload);
  expect(await counted(world)).toEqual({ [dora.id]: '1' });
  expect(await world.deps.claims.findOwners(world.event.id, payload.unitIds)).toMatchObject([
    { owner: sold.booking.id, person: dora.id },
  ]);
  expect(await limitOf(world, carla)).toBe(0);
  await settled(world);
});

const limitOf = async ({ deps, event }: TransferWorld, { id }: User): Promise<number> => {
  for await (const { person, count } of deps.buyerLimits.streamOfEvent(event.id))
    if (person === id) return count;
  return 0;
};
