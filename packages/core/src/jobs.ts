import { z } from 'zod';
import { idSchema } from './shared/ids.ts';

/** A job's queue decides which consumers take it; the row in the outbox decides whether there is anything to do. */
export const QUEUES = [
  'inventory',
  'finalize',
  'payments',
  'notifications',
  'events',
  'imports',
  'waitlist',
] as const;
export type QueueName = (typeof QUEUES)[number];

/**
 * Wait `baseMs * 2^attempt`, at most `maxMs`, with jitter. After `maxAttempts` the row is kept as `failed` and told to an operator.
 * Coming back without fault (`retryAfterMs` of a JobResult) is not among the attempts.
 */
export type RetryPolicy = { readonly baseMs: number; readonly maxMs: number; readonly maxAttempts: number };

const untilItWorks: RetryPolicy = { baseMs: 500, maxMs: 60_000, maxAttempts: 10_000 };
const likeMail: RetryPolicy = { baseMs: 2_000, maxMs: 600_000, maxAttempts: 50 };

const job = <S extends z.ZodType>(queue: QueueName, payload: S, retry: RetryPolicy) => ({
  queue,
  payload,
  retry,
});

/** Every job there is: its queue, the shape of its payload, its retry policy. Data only; handlers live in the worker. */
export const jobs = {
  /** Tell Redis about claims that changed in Mongo (marks and frees, by owner). */
  'inventory.follow_claims': job(
    'inventory',
    z.object({
      eventId: idSchema('evt'),
      owner: z.string(),
      person: z.string().nullable(),
      change: z.enum(['mark', 'free']),
      unitIds: z.array(z.string()),
      turn: z.int().optional(),
    }),
    untilItWorks,
  ),
  /** These units went from `from` to somebody else, or to nobody, or count against somebody else: make Redis say what Mongo says of them when the job runs. */
  'inventory.settle_claims': job(
    'inventory',
    z.object({ eventId: idSchema('evt'), from: z.string(), unitIds: z.array(z.string()) }),
    untilItWorks,
  ),
  /** Tell Redis about an event's status, sales window, limits or layout, as they stand in Mongo when the job runs. */
  'inventory.follow_event': job('inventory', z.object({ eventId: idSchema('evt') }), untilItWorks),
  /** Free booking, or money has come: confirm it and issue tickets. `money` is what the provider reported; null: free. */
  'booking.finalize': job(
    'finalize',
    z.object({
      bookingId: idSchema('bkg'),
      money: z
        .object({ intentId: z.string(), amount: z.int(), currency: z.string(), paidAt: z.coerce.date() })
        .nullable(),
    }),
    untilItWorks,
  ),
  /** The end of an unpaid booking: close, cancel the intent, free the claims. */
  'booking.close': job(
    'payments',
    z.object({ bookingId: idSchema('bkg'), reason: z.enum(['unpaid', 'buyer', 'event', 'organizer']) }),
    untilItWorks,
  ),
  /** Create the payment intent, where checkout could not: no token, no answer, or a crash before it asked. */
  'payment.prepare': job('payments', z.object({ bookingId: idSchema('bkg') }), untilItWorks),
  /** A booking was freed by force: cancel its payment, or follow it until the bank has decided. */
  'payment.follow': job('payments', z.object({ bookingId: idSchema('bkg') }), untilItWorks),
  /** A stored provider webhook that is not simply "money has come". */
  'payment.process_webhook': job('payments', z.object({ webhookId: z.string() }), untilItWorks),
  /** Send a refund to the provider. */
  'refund.send': job('payments', z.object({ refundId: idSchema('rfd') }), untilItWorks),
  /** Send one notification, an e-mail or an SMS. */
  'notification.send': job('notifications', z.object({ notificationId: idSchema('ntf') }), likeMail),
  /** Somebody asked for a new password for this address; whether an account has it is looked up here. */
  'account.mail_password_reset': job(
    'notifications',
    z.object({ emailKey: z.string(), occasion: z.string() }),
    likeMail,
  ),
  /** An account has proved its address: what organizers sold to that address and nobody's account has, becomes this one's. */
  'account.adopt_sales': job('events', z.object({ userId: idSchema('usr') }), untilItWorks),
  /** Offer what has come back to those who wait for it, in their order. */
  'waitlist.promote': job('waitlist', z.object({ eventId: idSchema('evt') }), untilItWorks),
  /** The event assigns at once: make the offer a booking, as nobody is asked. */
  'waitlist.assign': job('waitlist', z.object({ offerId: idSchema('ofr') }), untilItWorks),
  /** The time to answer an offer is over: its units go to the next. */
  'waitlist.end_offer': job('waitlist', z.object({ offerId: idSchema('ofr') }), untilItWorks),
  /** A transfer that nobody accepted in time. */
  'transfer.expire': job('events', z.object({ transferId: idSchema('trf') }), untilItWorks),
  /** Sell the waiting lines of a list of attendees, batch by batch. */
  'attendees.run_import': job('imports', z.object({ importId: idSchema('imp') }), untilItWorks),
  /** Mail the tickets of a list of attendees that was not mailed as it was sold, batch by batch. */
  'attendees.run_mailing': job('imports', z.object({ importId: idSchema('imp') }), untilItWorks),
  /** Publish at the set time. */
  'event.publish': job('events', z.object({ eventId: idSchema('evt'), revision: z.int() }), untilItWorks),
  /** An event was cancelled, postponed or moved: the next page of its bookings. */
  'event.sweep': job('events', z.object({ changeId: idSchema('chg') }), untilItWorks),
  /** A checkout that ran beside unpublish may have committed: look again, and publish again if so. */
  'event.verify_unpublish': job('events', z.object({ eventId: idSchema('evt') }), untilItWorks),
  /** Make the public listing of an event anew, as things stand in Mongo when the job runs, and forget remembered pages. */
  'listing.follow': job('events', z.object({ eventId: idSchema('evt') }), untilItWorks),
  /** The same for all published events of a venue that changed. */
  'listing.follow_venue': job('events', z.object({ venueId: idSchema('ven') }), untilItWorks),
  /** An organization has another name: the same for all its events. */
  'listing.follow_organization': job('events', z.object({ organizationId: idSchema('org') }), untilItWorks),
} as const;

export type JobName = keyof typeof jobs;
export type JobPayload<N extends JobName> = z.output<(typeof jobs)[N]['payload']>;
