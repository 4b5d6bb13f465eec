import { getBooking } from '@eventhorizon/core/bookings/get-booking';
import { listMyBookings } from '@eventhorizon/core/bookings/list-my-bookings';
import { checkout } from '@eventhorizon/core/flows/checkout';
import { finalizeBookings } from '@eventhorizon/core/flows/finalize-bookings';
import type { SaleDeps } from '@eventhorizon/core/flows/sale-deps';
import { layoutOf } from '@eventhorizon/core/inventory/layout';
import { listMyPayments } from '@eventhorizon/core/payments/list-my-payments';
import { DomainError } from '@eventhorizon/core/shared/errors';
import { listBookingTickets } from '@eventhorizon/core/tickets/list-booking-tickets';
import { expect, test } from 'vitest';
import { newId } from '../testing/new-id.ts';
import { runJobs } from '../testing/run-jobs.ts';
import { type SaleWorld, saleWorld } from '../testing/sale-world.ts';

const holdSeat = (world: SaleWorld, seat = 0) => world.hold([world.inventory.seat(seat)]);
const lostAnswer = () => new DomainError('deadline.passed', { retryAfterMs: 500 });

test('a commit whose answer is lost is found again: the buyer gets the booking', async () => {
  await using world = await saleWorld();
  const hold = await holdSeat(world);
  const unitOfWork: SaleDeps['unitOfWork'] = {
    run: async (work) => {
      await world.deps.unitOfWork.run(work);
      throw lostAnswer();
    },
  };
  const { booking } = await checkout({ ...world.deps, unitOfWork }, world.command(hold));
  expect((await world.deps.bookings.findByHold(hold.eventId, hold.id))?.id).toBe(booking.id);
  expect((await world.audit()).findings).toEqual([]);
});

test('a commit that is lost together with its answer leaves the hold as it was, to be checked out again', async () => {
  await using world = await saleWorld();
  const hold = await holdSeat(world);
  const unitOfWork: SaleDeps['unitOfWork'] = { run: async () => Promise.reject(lostAnswer()) };
  await expect(checkout({ ...world.deps, unitOfWork }, world.command(hold))).rejects.toMatchObject({
    code: 'deadline.passed',
  });
  expect((await world.inventory.holds.find(hold.eventId, hold.id, hold.owner))?.state).toBe('active');
  await checkout(world.deps, world.command(hold));
  expect((await world.audit()).findings).toEqual([]);
});

test('write conflicts that outlast every try are answered as taken when somebody else has the units', async () => {
  await using world = await saleWorld();
  const hold = await holdSeat(world);
  const unitOfWork: SaleDeps['unitOfWork'] = {
    run: async () => {
      await world.deps.unitOfWork.run((tx) =>
        world.deps.claims.insertAll(tx, [
          {
            eventId: hold.eventId,
            unitId: world.inventory.seat(0).unitId,
            owner: newId('bkg'),
            person: newId('usr'),
            claimedAt: new Date(),
          },
        ]),
      );
      throw new DomainError('busy.try_again', { retryAfterMs: 500 });
    },
  };
  await expect(checkout({ ...world.deps, unitOfWork }, world.command(hold))).rejects.toMatchObject({
    code: 'units.taken',
  });
});

test('a Redis that takes the conversion and loses the answer costs the buyer one try, not a minute', async () => {
  await using world = await saleWorld();
  const hold = await holdSeat(world);
  const holds: SaleDeps['holds'] = {
    ...world.deps.holds,
    beginConversion: async (...args) => {
      await world.deps.holds.beginConversion(...args);
      throw new DomainError('service.unreachable', { retryAfterMs: 500 });
    },
  };
  await expect(checkout({ ...world.deps, holds }, world.command(hold))).rejects.toMatchObject({
    code: 'service.unreachable',
  });
  expect((await checkout(world.deps, world.command(hold))).booking.status).toBe('pending');
});

test('a reference that is taken is drawn again, and nothing of the first try stays', async () => {
  await using world = await saleWorld();
  const draws = ['EVT-AAAAAA', 'EVT-AAAAAA', 'EVT-BBBBBB'];
  const referenceSource = { next: () => draws.shift() ?? 'EVT-CCCCCC' };
  const deps = { ...world.deps, referenceSource };
  const first = await checkout(deps, world.command(await holdSeat(world, 0)));
  const second = await checkout(deps, world.command(await holdSeat(world, 1)));
  expect([first.booking.reference, second.booking.reference]).toEqual(['EVT-AAAAAA', 'EVT-BBBBBB']);
  expect((await world.audit()).findings).toEqual([]);
});

test('a broken source of references is an error, not an endless loop', async () => {
  await using world = await saleWorld();
  const deps = { ...world.deps, referenceSource: { next: () => 'EVT-AAAAAA' } };
  await checkout(deps, world.command(await holdSeat(world, 0)));
  await expect(checkout(deps, world.command(await holdSeat(world, 1)))).rejects.toThrow('EVT-AAAAAA');
});

test('a refused checkout gives the hold back at once', async () => {
  await using world = await saleWorld();
  const hold = await holdSeat(world);
  const command = world.command(hold);
  await expect(
    checkout(world.deps, { ...command, lines: command.lines.map((l) => ({ ...l, unitId: 's:other' })) }),
  ).rejects.toMatchObject({ code: 'checkout.lines_mismatch' });
  expect((await world.inventory.holds.find(hold.eventId, hold.id, hold.owner))?.state).toBe('active');
  await checkout(world.deps, command);
});

test('somebody else’s hold, and one that is over, cannot be checked out', async () => {
  await using world = await saleWorld();
  const hold = await holdSeat(world);
  const stranger = { ...world.command(hold), userId: newId('usr') };
  await expect(checkout(world.deps, stranger)).rejects.toMatchObject({ code: 'hold.gone' });
  await checkout(world.deps, world.command(hold));
  // Its booking is found by the hold, but only for its own account.
  await expect(checkout(world.deps, stranger)).rejects.toMatchObject({ code: 'hold.gone' });
  const other = await holdSeat(world, 1);
  await world.inventory.holds.release(other.eventId, other.id, other.owner);
  await expect(checkout(world.deps, world.command(other))).rejects.toMatchObject({ code: 'hold.gone' });
  await world.inventory.redis.flushall();
  await expect(checkout(world.deps, world.command(other))).rejects.toMatchObject({
    code: 'inventory.rebuilding',
  });
  expect((await checkout(world.deps, world.command(hold))).booking.holdId).toBe(hold.id);
});

test('buyers see their own bookings, payments and tickets, in pages; nobody else does', async () => {
  await using world = await saleWorld();
  const userId = newId('usr');
  for (const seat of [0, 1, 2]) {
    const hold = await world.hold([world.inventory.seat(seat)], userId);
    await checkout(world.deps, world.command(hold));
  }
  for (const [id] of world.gateway.intents) world.gateway.pay(id);
  const bookings = [];
  for (let cursor: string | undefined; ; ) {
    const page = await listMyBookings(world.deps, { userId, status: null, limit: 2, cursor });
    expect(page.total).toBe(3);
    bookings.push(...page.items);
    if (page.nextCursor === null) break;
    cursor = page.nextCursor;
  }
  expect(bookings.map(({ units, status }) => ({ units, status }))).toEqual(
    Array.from({ length: 3 }, () => ({ units: 1, status: 'pending' })),
  );
  expect(bookings.map(({ id }) => id)).toEqual([...bookings.map(({ id }) => id)].sort().reverse());
  expect((await listMyBookings(world.deps, { userId, status: 'expired', limit: 5 })).items).toEqual([]);
  const [latest] = bookings;
  if (latest === undefined) throw new Error('no booking');

  const [intent] = [...world.gateway.intents.values()].filter(({ bookingId }) => bookingId === latest.id);
  if (intent === undefined || intent.paidAt === null) throw new Error('no intent');
  const money = { intentId: intent.id, amount: intent.received, currency: 'EUR', paidAt: intent.paidAt };
  await finalizeBookings(world.deps, [
    { payload: { bookingId: latest.id, money }, complete: async () => undefined },
  ]);
  const payments = await listMyPayments(world.deps, { userId, limit: 2 });
  expect(payments.items[0]).toMatchObject({ status: 'captured', captured: { amount: 5_000 } });
  expect(payments.nextCursor).not.toBeNull();
  expect((await listMyPayments(world.deps, { userId: newId('usr'), limit: 2 })).items).toEqual([]);

  const tickets = {
    ...world.deps,
    signer: { sign: async ({ ticketId }: { ticketId: string }) => `EH1.${ticketId}` },
    qr: { png: async () => new Uint8Array([1, 2, 3]) },
  };
  const shown = await listBookingTickets(tickets, { userId, bookingId: latest.id });
  expect(shown).toEqual([
    expect.objectContaining({
      code: expect.stringMatching(/^EH1\.tkt_/),
      qr: 'data:image/png;base64,AQID',
      generation: 1,
    }),
  ]);
  const stranger = { userId: newId('usr'), bookingId: latest.id };
  await expect(listBookingTickets(tickets, stranger)).rejects.toMatchObject({ code: 'thing.not_found' });
  for (const reader of [{ userId: stranger.userId }, { organizationId: newId('org') }])
    await expect(getBooking(world.deps, { bookingId: latest.id, reader })).rejects.toMatchObject({
      code: 'thing.not_found',
    });
  const organizer = { organizationId: world.event.organizationId };
  expect((await getBooking(world.deps, { bookingId: latest.id, reader: organizer })).id).toBe(latest.id);
});

test('a layout that grew after it was remembered is read again', async () => {
  await using world = await saleWorld({}, { seats: 0, places: 5 });
  const hold = await world.hold([world.inventory.place(5)]);
  const small = layoutOf(
    { ...world.event, areas: world.event.areas.map((a) => ({ ...a, capacity: 4 })) },
    [],
  );
  let refreshed = 0;
  const layouts: SaleDeps['layouts'] = {
    get: async () => ({ event: world.event, layout: small }),
    refresh: async () => {
      refreshed += 1;
      return { event: world.event, layout: world.inventory.layout };
    },
  };
  const { booking } = await checkout({ ...world.deps, layouts }, world.command(hold));
  expect(booking.lines[0]?.label).toBe('Floor, place 5');
  expect(refreshed).toBe(1);
  await runJobs(world);
});

test('the terms that stand when it is bought are the booking’s, whatever becomes of the event’s', async () => {
  await using world = await saleWorld({ terms: 'No glass.' });
  const { booking } = await checkout(world.deps, world.command(await holdSeat(world)));
  await world.setEvent({ terms: 'No refunds.' });
  expect((await world.deps.bookings.find(booking.id))?.event.terms).toBe('No glass.');
});
