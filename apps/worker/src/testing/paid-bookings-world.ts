import type { BookingId, PaymentId } from '@eventhorizon/core/shared/ids';
import { sampleBooking } from '@eventhorizon/core/testing/sample-booking';
import { mongoBookings } from '@eventhorizon/db/mongo/bookings';
import { mongoEvents } from '@eventhorizon/db/mongo/events';
import { mongoNotifications } from '@eventhorizon/db/mongo/notifications';
import { mongoOutbox, mongoOutboxQueue } from '@eventhorizon/db/mongo/outbox';
import { mongoPayments } from '@eventhorizon/db/mongo/payments';
import { mongoTickets } from '@eventhorizon/db/mongo/tickets';
import { mongoUnitOfWork } from '@eventhorizon/db/mongo/unit-of-work';
import { testEvent } from '@eventhorizon/db/redis/testing/inventory-fixture';
import { migratedDatabase } from '@eventhorizon/db/testing/migrated-database';
import { newId } from '@eventhorizon/db/testing/new-id';
import { testRedis } from '@eventhorizon/devstack/test-redis';
import { testEnv } from './test-env.ts';

export type PaidBooking = {
  readonly bookingId: BookingId;
  readonly paymentId: PaymentId;
  readonly rowId: string;
};

/** A database and a Redis in which bookings wait to be finalized; `env` is what a worker on them reads. */
export const paidBookingsWorld = async (values: Readonly<Record<string, string>> = {}) => {
  const mongo = await migratedDatabase();
  const redis = await testRedis();
  const { client, db } = mongo;
  // As devstack starts a mongod and compose.yaml does. With the default of 60 s the transaction of a killed process keeps its
  // booking locked for a minute; set here as well, for a server that somebody else started.
  await client.db('admin').command({ setParameter: 1, transactionLifetimeLimitSeconds: 5 });
  const unitOfWork = mongoUnitOfWork({ client, ring: () => undefined });
  const events = mongoEvents(db);
  const bookings = mongoBookings(db);
  const payments = mongoPayments(db);
  const tickets = mongoTickets(db);
  const notifications = mongoNotifications(db);
  const outbox = mongoOutbox(db, { next: newId });
  const rows = db.collection<{ _id: string; open?: boolean; failedAt: Date | null }>('outbox', {
    // As the stores read: a local read may be ahead of what a majority has, and see a row finished and its booking not.
    readConcern: { level: 'majority' },
  });
  const env = testEnv({ MONGODB_URI: mongo.uri, REDIS_URL: redis.url, ...values });

  /** A booking whose money has come, with the row that says so. */
  const paidBooking = async (): Promise<PaidBooking> => {
    const sample = sampleBooking();
    const bookingId = newId('bkg');
    const paymentId = newId('pay');
    const intentId = `pi_${bookingId}`;
    const booking = sampleBooking({
      id: bookingId,
      reference: bookingId,
      eventId: newId('evt'),
      holdId: newId('hld'),
      status: 'pending',
      paymentId,
      confirmedAt: null,
      lines: sample.lines.map((line) => ({ ...line, ticketId: newId('tkt') })),
    });
    const rowId = `finalize:${bookingId}`;
    const { amount, currency } = booking.total;
    // Money for a show that is not there goes back.
    await events.insert(testEvent({}, { id: booking.eventId }).event);
    await unitOfWork.run(async (tx) => {
      await bookings.insert(tx, booking);
      await payments.insert(tx, {
        id: paymentId,
        bookingId,
        eventId: booking.eventId,
        organizationId: booking.organizationId,
        userId: booking.userId,
        status: 'created',
        due: booking.total,
        attempt: 1,
        intentId,
        sealed: false,
        captured: 0,
        capturedCurrency: null,
        refundReserved: 0,
        lastDecline: null,
        createdAt: new Date(),
        capturedAt: null,
      });
      await outbox.add(tx, [
        {
          job: 'booking.finalize',
          payload: { bookingId, money: { intentId, amount, currency, paidAt: new Date() } },
          dueAt: new Date(),
          key: rowId,
        },
      ]);
    });
    return { bookingId, paymentId, rowId };
  };

  const whatBecameOf = async ({ bookingId, paymentId, rowId }: PaidBooking) => ({
    status: (await bookings.find(bookingId))?.status,
    tickets: (await tickets.listOfBooking(bookingId)).length,
    captured: (await payments.find(paymentId))?.captured,
    told: (await notifications.listOfBooking(bookingId)).map(({ notice }) => notice.kind),
    open: (await rows.findOne({ _id: rowId }))?.open ?? false,
  });

  return {
    paidBooking,
    env,
    notifications,
    whatBecameOf,
    openFinalizeRows: () => rows.countDocuments({ open: true, queue: 'finalize' }),
    failedRows: () => mongoOutboxQueue(db).countFailed(),
    pauseRedis: () => void process.kill(redis.pid, 'SIGSTOP'),
    resumeRedis: () => void process.kill(redis.pid, 'SIGCONT'),
    [Symbol.asyncDispose]: async () => {
      await redis[Symbol.asyncDispose]();
      await mongo[Symbol.asyncDispose]();
    },
  };
};
