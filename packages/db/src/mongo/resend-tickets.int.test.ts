import type { Booking } from '@eventhorizon/core/bookings/booking';
import { MAX_RESENT_A_DAY } from '@eventhorizon/core/notifications/decide-resend';
import type { NotificationId } from '@eventhorizon/core/notifications/notification';
import type { NotificationStore } from '@eventhorizon/core/notifications/ports';
import { resendTickets } from '@eventhorizon/core/notifications/resend-tickets';
import { isDomainError } from '@eventhorizon/core/shared/errors';
import { sampleBooking, sampleSale, sampleTickets } from '@eventhorizon/core/testing/sample-booking';
import { expect, test } from 'vitest';
import { migratedDatabase } from '../testing/migrated-database.ts';
import { newId } from '../testing/new-id.ts';
import { mongoAddressTurns } from './address-turns.ts';
import { mongoBookings } from './bookings.ts';
import { mongoBuyerLimits } from './buyer-limits.ts';
import { mongoClaims } from './claims.ts';
import { mongoEmailCorrections } from './email-corrections.ts';
import { mongoNotifications } from './notifications.ts';
import { mongoOutbox } from './outbox.ts';
import { hashedPersonKeys } from './person-keys.ts';
import { barrier } from './testing/barrier.ts';
import { mongoTickets } from './tickets.ts';
import { mongoUnitOfWork } from './unit-of-work.ts';
import { mongoUsers } from './users.ts';

/** Sold to somebody without an account. */
const NOBODYS = { userId: null };

const LIMIT = MAX_RESENT_A_DAY.buyer;

/** A confirmed booking in a database of its own; `again` sends its tickets again, as its buyer. */
const world = async (
  change: (store: NotificationStore) => Partial<NotificationStore> = () => ({}),
  over: Parameters<typeof sampleBooking>[0] = {},
  owner: { readonly userId?: null } = {},
) => {
  const mongo = await migratedDatabase();
  const { db, client } = mongo;
  const booking: Booking = { ...sampleBooking(over), ...owner };
  const store = mongoNotifications(db);
  const deps = {
    unitOfWork: mongoUnitOfWork({ client, ring: () => undefined, maxTries: 50, deadlineMs: 20_000 }),
    ids: { next: newId },
    outbox: mongoOutbox(db, { next: newId }),
    clock: { now: () => new Date() },
    bookings: mongoBookings(db),
    tickets: mongoTickets(db),
    notifications: { ...store, ...change(store) },
    corrections: mongoEmailCorrections(db),
    claims: mongoClaims(db),
    buyerLimits: mongoBuyerLimits(db),
    users: mongoUsers(db),
    addressTurns: mongoAddressTurns(db),
    personKeys: hashedPersonKeys,
  };
  await deps.unitOfWork.run(async (tx) => {
    await deps.bookings.insert(tx, booking);
    await deps.tickets.insertAll(tx, sampleTickets(booking));
  });
  const { userId, organizationId } = sampleBooking(over);
  return {
    booking,
    deps,
    again: (notificationId: NotificationId = newId('ntf'), email?: string) =>
      resendTickets(deps, {
        bookingId: booking.id,
        notificationId,
        email,
        by: 'buyer',
        userId,
        reader: { userId },
      }),
    bySeller: (email?: string, notificationId: NotificationId = newId('ntf')) =>
      resendTickets(deps, {
        bookingId: booking.id,
        notificationId,
        email,
        by: 'organizer',
        userId: sampleSale.soldBy,
        reader: { organizationId },
      }),
    openJobs: () => db.collection('outbox').countDocuments({ job: 'notification.send' }),
    [Symbol.asyncDispose]: () => mongo[Symbol.asyncDispose](),
  };
};

/** How many of so many requests at once are granted. */
const granted = async (t: Awaited<ReturnType<typeof world>>, count: number) => {
  const answers = await Promise.allSettled(Array.from({ length: count }, () => t.again()));
  const refused = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason] : []));
  expect(refused.every((error) => isDomainError(error, 'notification.too_many'))).toBe(true);
  return count - refused.length;
};

test('however many ask at once, a day has no more letters than it may', async () => {
  await using t = await world();
  expect(await granted(t, 3 * LIMIT)).toBe(LIMIT);
  expect(await t.openJobs()).toBe(LIMIT);
});

test('twin: without numbers that are unique in a booking, those who look at the same time all get one', async () => {
  const together = barrier(LIMIT + 2);
  await using t = await world((store) => ({
    listResent: async (bookingId, tx) => {
      const resent = await store.listResent(bookingId, tx);
      await together();
      return resent;
    },
    enqueue: (tx, added) =>
      // As if each had a number of its own: no two meet in the index.
      store.enqueue(
        tx,
        added.map((one, i) => ({
          ...one,
          notice: { ...one.notice, number: Number.parseInt(one.id.slice(-6), 36) + i } as typeof one.notice,
        })),
      ),
  }));
  expect(await granted(t, LIMIT + 2)).toBe(LIMIT + 2);
});

test('asked again with the same id it is the same letter, also at the same moment', async () => {
  await using t = await world();
  const id = newId('ntf');
  const answers = await Promise.all(Array.from({ length: 5 }, () => t.again(id)));
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(await t.openJobs()).toBe(1);
});

test('a corrected address is the booking’s from then on, and who corrected it is on record', async () => {
  await using t = await world();
  const [first, second] = [newId('ntf'), newId('ntf')];
  expect(await t.again(first, 'ada@lovelace.example')).toMatchObject({ to: 'ada@lovelace.example' });
  expect(await t.again(second)).toMatchObject({ to: 'ada@lovelace.example' });
  expect((await t.deps.bookings.find(t.booking.id))?.buyer).toEqual({
    ...t.booking.buyer,
    email: 'ada@lovelace.example',
  });
  expect(await t.deps.corrections.listOfBooking(t.booking.id)).toMatchObject([
    {
      notificationId: first,
      before: 'ada@example.org',
      after: 'ada@lovelace.example',
      by: 'buyer',
      userId: t.booking.userId,
    },
  ]);
  await expect(t.again(first, 'other@example.org')).rejects.toMatchObject({ code: 'notification.id_in_use' });
});

test('an organizer who corrects an address cannot do it unheard: the former one is told, each time once', async () => {
  await using t = await world(undefined, { sale: sampleSale }, NOBODYS);
  const [away, back] = [newId('ntf'), newId('ntf')];
  for (let i = 0; i < 2; i += 1) await t.bySeller('mallory@example.com', away);
  await t.bySeller('ada@example.org', back);
  const told = await t.deps.notifications.listOfBooking(t.booking.id);
  const corrected = told.flatMap(({ notice, channel, status }) =>
    notice.kind === 'address_corrected' ? [{ ...notice, channel, status }] : [],
  );
  expect(corrected).toMatchObject([
    { correctionId: away, masked: 'm…@e…', channel: 'email', status: 'queued' },
    { correctionId: back, masked: 'a…@e…', channel: 'email', status: 'queued' },
  ]);
  expect(await t.deps.corrections.find(away)).toMatchObject({ before: 'ada@example.org' });
  expect(await t.openJobs()).toBe(4);
});

test('twin: a notice that is queued nowhere leaves the former address without a word', async () => {
  await using t = await world(
    (store) => ({
      enqueue: (tx, added) =>
        store.enqueue(
          tx,
          added.filter(({ notice }) => notice.kind !== 'address_corrected'),
        ),
    }),
    { sale: sampleSale },
    NOBODYS,
  );
  await t.bySeller('mallory@example.com');
  expect((await t.deps.bookings.find(t.booking.id))?.buyer.email).toBe('mallory@example.com');
  const told = await t.deps.notifications.listOfBooking(t.booking.id);
  expect(told.map(({ notice }) => notice.kind)).toEqual(['booking_resent']);
});

test.each([
  ['its buyer made', {}],
  ['an organizer sold to an account', { sale: sampleSale }],
])(
  'the address of a booking that %s is its owner’s: an organizer sends again, but not elsewhere',
  async (_who, over) => {
    await using t = await world(undefined, over);
    await expect(t.bySeller('mallory@example.com')).rejects.toMatchObject({
      code: 'booking.address_is_buyers',
    });
    expect((await t.deps.bookings.find(t.booking.id))?.buyer.email).toBe('ada@example.org');
    expect(await t.openJobs()).toBe(0);
    expect(await t.bySeller()).toMatchObject({ to: 'ada@example.org' });
    expect(await t.bySeller('ada@example.org')).toMatchObject({ to: 'ada@example.org' });
  },
);

test('twin: sold by an organizer to nobody’s account, the same booking has its address corrected', async () => {
  await using t = await world(undefined, { sale: sampleSale }, NOBODYS);
  expect(await t.bySeller('mallory@example.com')).toMatchObject({ to: 'mallory@example.com' });
});

test('a booking whose tickets were all passed on has none to send', async () => {
  await using t = await world();
  const { tickets } = t.deps;
  const passedOn = async () =>
    sampleTickets(t.booking).map((ticket) => ({ ...ticket, holderId: newId('usr') }));
  Object.assign(t.deps, { tickets: { ...tickets, listOfBooking: passedOn } });
  await expect(t.again()).rejects.toMatchObject({ code: 'booking.no_tickets' });
  expect(await t.openJobs()).toBe(0);
});
