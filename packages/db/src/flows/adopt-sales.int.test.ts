import type { Booking } from '@eventhorizon/core/bookings/booking';
import { type AdoptSalesDeps, adoptSales } from '@eventhorizon/core/flows/adopt-sales';
import { auditMirror } from '@eventhorizon/core/flows/audit-mirror';
import { cancelBooking } from '@eventhorizon/core/flows/cancel-booking';
import { giveUpTickets } from '@eventhorizon/core/flows/give-up-tickets';
import { quoteCancellation } from '@eventhorizon/core/flows/quote-cancellation';
import { requestRefund } from '@eventhorizon/core/flows/request-refund';
import type { SaleDeps } from '@eventhorizon/core/flows/sale-deps';
import { sellAtBoxOffice } from '@eventhorizon/core/flows/sell-at-box-office';
import type { User } from '@eventhorizon/core/identity/user';
import { resendTickets } from '@eventhorizon/core/notifications/resend-tickets';
import { Crashed, crashAt } from '@eventhorizon/core/testing/crash-at';
import { expect, test } from 'vitest';
import { mongoEmailCorrections } from '../mongo/email-corrections.ts';
import { mongoNotifications } from '../mongo/notifications.ts';
import { barrier } from '../mongo/testing/barrier.ts';
import { eventKey } from '../redis/keys.ts';
import { expectConsistent } from '../redis/testing/recount.ts';
import { type BoxOfficeWorld, boxOfficeWorld, places } from '../testing/box-office-world.ts';
import { newId } from '../testing/new-id.ts';
import { noTransaction } from '../testing/no-transaction.ts';
import { runJobs } from '../testing/run-jobs.ts';
import { passingOn } from '../testing/transfer-world.ts';

const ALL_BACK = { steps: [{ untilMs: 0, percent: 100 }], feesReturned: true, exceptions: [] };
const open = () => boxOfficeWorld({ maxPerPerson: 40, refundPolicy: ALL_BACK }, { seats: 0, places: 40 });

/** Over the counter, to ada@example.org. */
const sell = async (world: BoxOfficeWorld, count = 2, deps = world.organizer): Promise<Booking> =>
  sellAtBoxOffice(deps, world.sale(await world.holdFor(places(world.inventory.areaId, count))));

const adopt = (deps: AdoptSalesDeps, { id: userId }: User) => adoptSales(deps, { userId });

const soundly = async (world: BoxOfficeWorld) => {
  // An offer of a ticket waits for its answer.
  expect((await runJobs(world)).filter(({ job }) => job !== 'transfer.expire')).toEqual([]);
  expect((await world.audit()).findings).toEqual([]);
  const mirror = await auditMirror({ ...world.deps, mirror: world.inventory.mirror }, world.event.id);
  expect(mirror).toMatchObject({ cold: false, differences: [] });
  await expectConsistent(world.inventory);
};

const faults = async (world: BoxOfficeWorld) => (await world.audit()).findings.map(({ kind }) => kind);

const historyOf = async ({ deps }: BoxOfficeWorld, { id }: User) =>
  (await deps.bookings.listOfUser(id, { status: null }, { limit: 10 })).items.map((booking) => booking.id);

/** Sold to the address, and then its account proves it; the worker has not run yet. */
const proved = async (world: BoxOfficeWorld, count = 2) => {
  const booking = await sell(world, count);
  await runJobs(world);
  const ada = await world.account('ada@example.org', false);
  await world.prove(ada);
  return { booking, ada };
};

test('what was sold to an address is the account’s that proves it: history, tickets, money, and what Redis counts', async () => {
  await using world = await open();
  const { booking, ada } = await proved(world);
  const codes = (await world.deps.tickets.listOfBooking(booking.id)).map(({ id }) => id);
  await soundly(world);
  expect(await historyOf(world, ada)).toEqual([booking.id]);
  const mine = await world.deps.tickets.listOfHolder(ada.id, { status: 'valid' }, { limit: 10 });
  expect(mine.items.map(({ id }) => id).toSorted()).toEqual(codes.toSorted());
  const { items } = await world.deps.payments.listOfUser(ada.id, { limit: 10 });
  expect(items.map(({ id }) => id)).toEqual([booking.paymentId]);
  const counted = await world.inventory.redis.hgetall(eventKey(world.event.id, 'persons'));
  expect(counted[ada.id]).toBe('2');
});

test('its tickets can be given up and passed on like any other', async () => {
  await using world = await open();
  const { booking, ada } = await proved(world);
  await runJobs(world);
  const { person, pass } = passingOn(world);
  const [first, second] = await world.deps.tickets.listOfBooking(booking.id);
  if (first === undefined || second === undefined) throw new Error('two tickets were sold');
  const bob = await person('bob');
  expect(await pass(first, bob)).toMatchObject({ holderId: bob.id, generation: 2 });
  const scope = { bookingId: booking.id, ticketIds: [second.id] };
  const { byPolicy } = await quoteCancellation(world.deps, { ...scope, party: { userId: ada.id } });
  const refundId = newId('rfd');
  const ask = { ...scope, userId: ada.id, refundId, agreed: byPolicy.total };
  expect(await cancelBooking(world.deps, ask)).toMatchObject({
    refund: { amount: { amount: 3_000 }, userId: ada.id },
  });
  await soundly(world);
});

test('an unproved address gets nothing, nor does one that its account has left', async () => {
  await using world = await open();
  const { id } = await sell(world);
  const mallory = await world.account('ada@example.org', false);
  await adopt(world.deps, mallory);
  expect(await historyOf(world, mallory)).toEqual([]);
  await world.prove(mallory);
  const users = world.mongo.db.collection<{ _id: string }>('users');
  await users.updateOne({ _id: mallory.id }, { $set: { emailKey: 'mallory@example.org' } });
  await soundly(world);
  expect(await historyOf(world, mallory)).toEqual([]);
  expect(await world.deps.bookings.find(id)).toMatchObject({ userId: null });
});

test('twin: where every address passes for a proved one, tickets land with whoever typed it first', async () => {
  await using world = await open();
  const { id } = await sell(world);
  const mallory = await world.account('ada@example.org', false);
  const find: SaleDeps['users']['find'] = async () => ({ ...mallory, emailVerifiedAt: new Date() });
  await adopt({ ...world.deps, users: { ...world.deps.users, find } }, mallory);
  expect(await historyOf(world, mallory)).toEqual([id]);
});

test('many are adopted page by page, the oldest first', async () => {
  await using world = await open();
  const sold = [await sell(world, 1), await sell(world, 1), await sell(world, 1)].map(({ id }) => id);
  const ada = await world.account('ada@example.org', true);
  expect(await adoptSales(world.deps, { userId: ada.id }, 2)).toMatchObject({ result: 'retry' });
  expect((await historyOf(world, ada)).toReversed()).toEqual(sold.slice(0, 2));
  expect(await adoptSales(world.deps, { userId: ada.id }, 2)).toEqual({ result: 'done' });
  await soundly(world);
  expect((await historyOf(world, ada)).toReversed()).toEqual(sold);
});

/** The address is proved, and all that was sold to it adopted, while a sale to it has read that nobody proved it. */
const provedMeanwhile = async (world: BoxOfficeWorld, turns: boolean) => {
  const ada = await world.account('ada@example.org', false);
  let adopted: Promise<unknown> | null = null;
  const addressTurns: typeof world.organizer.addressTurns = {
    take: async (...args) => {
      adopted ??= world.prove(ada).then(() => runJobs(world, { only: ['account.adopt_sales'] }));
      await adopted;
      if (turns) await world.organizer.addressTurns.take(...args);
    },
  };
  const booking = await sell(world, 2, { ...world.organizer, addressTurns });
  await runJobs(world);
  return { ada, booking };
};

test('a sale that is under way while the address is proved is not left behind', async () => {
  await using world = await open();
  const { ada, booking } = await provedMeanwhile(world, true);
  expect(await historyOf(world, ada)).toEqual([booking.id]);
  await soundly(world);
});

test('twin: without the turn of the address such a sale stays nobody’s', async () => {
  await using world = await open();
  const { ada } = await provedMeanwhile(world, false);
  expect(await historyOf(world, ada)).toEqual([]);
});

const giveUp = (deps: SaleDeps, bookingId: Booking['id']) =>
  deps.unitOfWork.run(async (tx) => {
    const booking = await deps.bookings.find(bookingId, tx);
    if (booking === null) throw new Error('no booking');
    const refund = { amount: 'all', reason: 'organizer' } as const;
    return giveUpTickets(deps, tx, { id: newId('rfd'), booking, tickets: 'all', by: 'organizer', refund });
  });

/** Waits before the first write to the booking. */
const waiting = (deps: SaleDeps, arrive: () => Promise<void>): SaleDeps => {
  const { bookings } = deps;
  return {
    ...deps,
    bookings: {
      ...bookings,
      markAdopted: async (...args) => {
        await arrive();
        return bookings.markAdopted(...args);
      },
      markTicketsCancelled: async (...args) => {
        await arrive();
        return bookings.markTicketsCancelled(...args);
      },
    },
  };
};

test('of adopting a booking and giving its tickets up at once one comes after the other', async () => {
  await using world = await open();
  const { booking, ada } = await proved(world);
  const deps = waiting(world.deps, barrier(2));
  await Promise.all([adopt(deps, ada), giveUp(deps, booking.id)]);
  await soundly(world);
  expect(await world.deps.bookings.find(booking.id)).toMatchObject({ userId: ada.id, status: 'cancelled' });
  expect(await world.deps.refunds.listOfBooking(booking.id)).toMatchObject([{ userId: ada.id }]);
});

test('twin: without the transaction the account is counted for tickets that were given up meanwhile', async () => {
  await using world = await open();
  const { booking, ada } = await proved(world);
  const { claims } = world.deps;
  const countAllAgainst: typeof claims.countAllAgainst = async (...args) => {
    const moved = await claims.countAllAgainst(...args);
    await giveUp(world.deps, booking.id);
    return moved;
  };
  const loose = { ...world.deps, unitOfWork: noTransaction, claims: { ...claims, countAllAgainst } };
  await adopt(loose, ada);
  expect(await faults(world)).toContain('limit_disagrees');
});

/** Money is sent back in the middle of the adoption of what it was paid for. */
const refundMeanwhile = async (world: BoxOfficeWorld, unitOfWork = world.deps.unitOfWork) => {
  const { booking, ada } = await proved(world);
  const { organizationId, paymentId, id } = booking;
  if (paymentId === null) throw new Error('it was paid for');
  const arrive = barrier(2);
  const { refunds, payments } = world.deps;
  const reserveRefund: typeof payments.reserveRefund = async (...args) => {
    await arrive();
    return payments.reserveRefund(...args);
  };
  const markAdopted: typeof payments.markAdopted = async (...args) => {
    await arrive();
    return payments.markAdopted(...args);
  };
  const insert: typeof refunds.insert = async (...args) => {
    // In the twin nothing else holds it up until the adoption is over.
    if (unitOfWork === noTransaction) await adopted;
    return refunds.insert(...args);
  };
  const adopted = adopt({ ...world.deps, unitOfWork, payments: { ...payments, markAdopted } }, ada);
  const ask = { organizationId, paymentId, refundId: newId('rfd'), amount: 1_000 };
  const deps = { ...world.deps, unitOfWork, payments: { ...payments, reserveRefund } };
  await Promise.all([adopted, requestRefund({ ...deps, refunds: { ...refunds, insert } }, ask)]);
  const [refund] = await refunds.listOfBooking(id);
  return { ada, refund };
};

test('a refund that is made during the adoption is the account’s as well', async () => {
  await using world = await open();
  const { ada, refund } = await refundMeanwhile(world);
  expect(refund?.userId).toBe(ada.id);
  await soundly(world);
});

test('twin: without the transaction such a refund is nobody’s', async () => {
  await using world = await open();
  expect((await refundMeanwhile(world, noTransaction)).refund?.userId).toBeNull();
});

test('a ticket can be passed on when all of its booking is adopted, and not sooner', async () => {
  await using world = await open();
  const { booking, ada } = await proved(world, 1);
  const [ticket] = await world.deps.tickets.listOfBooking(booking.id);
  if (ticket === undefined) throw new Error('no ticket');
  const { start } = passingOn(world);
  const { tickets } = world.deps;
  const meanwhile: string[] = [];
  const markAdopted: typeof tickets.markAdopted = async (...args) => {
    await tickets.markAdopted(...args);
    await start(ticket.id, ada.id, 'bob@example.org').catch(({ code }) => meanwhile.push(code));
  };
  await adopt({ ...world.deps, tickets: { ...tickets, markAdopted } }, ada);
  expect(meanwhile).toEqual(['thing.not_found']);
  expect(await start(ticket.id, ada.id, 'bob@example.org')).toMatchObject({ status: 'open' });
  await soundly(world);
});

test('adopted twice at once a booking is adopted once', async () => {
  await using world = await open();
  const { booking, ada } = await proved(world);
  const deps = waiting(world.deps, barrier(2));
  await Promise.all([adopt(deps, ada), adopt(deps, ada)]);
  expect(await world.deps.bookings.find(booking.id)).toMatchObject({ userId: ada.id, revision: 2 });
  await soundly(world);
});

test('twin: without compare-and-set and transaction the second one takes from the address what it has not any more', async () => {
  await using world = await open();
  const { ada } = await proved(world);
  const other = await sell(world, 1);
  await giveUp(world.deps, other.id);
  const { bookings, claims } = world.deps;
  const arrive = barrier(2);
  const blind: SaleDeps = {
    ...world.deps,
    unitOfWork: noTransaction,
    bookings: { ...bookings, markAdopted: async () => true },
    claims: {
      ...claims,
      countAllAgainst: async (_tx, { eventId, owner }) => {
        const all = await claims.listOwned(eventId, owner);
        await arrive();
        return all.map(({ unitId }) => unitId);
      },
    },
  };
  await Promise.all([adopt(blind, ada), adopt(blind, ada)]);
  expect(await faults(world)).toContain('limit_disagrees');
});

test('adopting killed before or after any of its calls goes on where it was', async () => {
  await using world = await open();
  const ada = await world.account('ada@example.org', true);
  let died = 0;
  for (let at = 1, crashed = true; crashed; at += 1) {
    const { id } = await sell(world, 1, {
      ...world.organizer,
      users: { ...world.organizer.users, findByEmailKeys: async () => [] },
    });
    for (const when of ['before', 'after'] as const) {
      const mortal = crashAt(world.deps, { at, when });
      await adopt(mortal.deps, ada).catch((error: unknown) => {
        if (!(error instanceof Crashed) && !mortal.crashed()) throw error;
      });
      crashed = mortal.crashed();
    }
    await adopt(world.deps, ada);
    expect(await world.deps.bookings.find(id)).toMatchObject({ userId: ada.id });
    died = at;
  }
  expect(died).toBeGreaterThan(8);
  await soundly(world);
});

test('twin: without the transaction a death between its writes leaves counts that disagree, and tickets without their account', async () => {
  await using world = await open();
  const { ada } = await proved(world);
  const lower = () => Promise.reject(new Crashed('died before the count'));
  const loose = { ...world.deps, unitOfWork: noTransaction };
  await expect(adopt({ ...loose, buyerLimits: { ...world.deps.buyerLimits, lower } }, ada)).rejects.toThrow(
    'died',
  );
  await adopt(world.deps, ada);
  expect(new Set(await faults(world))).toEqual(new Set(['limit_disagrees', 'account_disagrees']));
});

/** The organizer sends the tickets to another address, which is right. */
const correct = (world: BoxOfficeWorld, { id: bookingId }: Booking, email: string, change = {}) => {
  const { db } = world.mongo;
  const deps = {
    ...world.deps,
    notifications: mongoNotifications(db),
    corrections: mongoEmailCorrections(db),
    ...change,
  };
  const { userId, organizationId } = world.access();
  const reader = { organizationId };
  return resendTickets(deps, {
    bookingId,
    notificationId: newId('ntf'),
    email,
    by: 'organizer',
    userId,
    reader,
  });
};

test('of a corrected address the right one’s account gets the booking and the count, and the wrong one’s gets nothing', async () => {
  await using world = await open();
  const booking = await sell(world);
  const ava = await world.account('ava@example.org', true);
  await correct(world, booking, 'Ava@example.org');
  const ada = await world.account('ada@example.org', true);
  await soundly(world);
  expect(await historyOf(world, ada)).toEqual([]);
  expect(await historyOf(world, ava)).toEqual([booking.id]);
  expect((await world.deps.claims.listOwned(world.event.id, booking.id)).map(({ person }) => person)).toEqual(
    [ava.id, ava.id],
  );
});

test('the address of what is an account’s already is not corrected by an organizer: the codes would go to one, the tickets stay with another', async () => {
  await using world = await open();
  const stranger = await world.account('ada@example.org', true);
  const owned = await sell(world);
  const refused = { code: 'booking.address_is_buyers' };
  await expect(correct(world, owned, 'ava@example.org')).rejects.toMatchObject(refused);
  expect(await historyOf(world, stranger)).toEqual([owned.id]);
  await soundly(world);
});

test('nor when it was adopted before', async () => {
  await using world = await open();
  const booking = await sell(world);
  const stranger = await world.account('ada@example.org', true);
  await soundly(world);
  expect(await historyOf(world, stranger)).toEqual([booking.id]);
  await expect(correct(world, booking, 'ava@example.org')).rejects.toMatchObject({
    code: 'booking.address_is_buyers',
  });
});

test('a sale without an address that is given one later belongs to whoever proves it, and counts from then on', async () => {
  await using world = await open();
  const hold = await world.holdFor(places(world.inventory.areaId, 1));
  const buyer = { name: 'Ada', email: null, phone: null };
  const booking = await sellAtBoxOffice(world.organizer, world.sale(hold, { buyer }));
  await correct(world, booking, 'ada@example.org');
  await soundly(world);
  const ada = await world.account('ada@example.org', true);
  await soundly(world);
  expect(await historyOf(world, ada)).toEqual([booking.id]);
});

test('twin: where a correction moves the letters alone, the stranger of the wrong address gets the booking', async () => {
  await using world = await open();
  const booking = await sell(world);
  const bookings = { ...world.deps.bookings, makeAdoptable: async () => undefined };
  await correct(world, booking, 'ava@example.org', { bookings });
  const stranger = await world.account('ada@example.org', true);
  await runJobs(world);
  expect(await historyOf(world, stranger)).toEqual([booking.id]);
});
