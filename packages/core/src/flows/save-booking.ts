import type { Booking } from '../bookings/booking.ts';
import { personOf } from '../bookings/person-of.ts';
import { ReferenceTaken, type SaleEvent } from '../bookings/ports.ts';
import type { EventStatus } from '../events/event.ts';
import type { Hold } from '../holds/hold.ts';
import type { NotOnSale } from '../holds/ports.ts';
import type { Payment } from '../payments/payment.ts';
import { addMs } from '../shared/clock.ts';
import { DomainError } from '../shared/errors.ts';
import type { EventId } from '../shared/ids.ts';
import type { OutboxMessage } from '../shared/outbox.ts';
import type { Tx } from '../shared/unit-of-work.ts';
import { addressPerson } from './address-person.ts';
import type { BookingDraft } from './draft-booking.ts';
import type { SaleDeps } from './sale-deps.ts';

type SaveBookingDeps = Pick<
  SaleDeps,
  | 'unitOfWork'
  | 'outbox'
  | 'saleEvents'
  | 'bookings'
  | 'references'
  | 'referenceSource'
  | 'claims'
  | 'buyerLimits'
  | 'users'
  | 'personKeys'
  | 'payments'
>;

/** A collision has odds of one in some hundred; so many in a row mean that the source of references is broken. */
export const MAX_DRAWS = 8;

/**
 * The worker creates the intent when checkout could not. The row is always written and comes due a little later, so that
 * no crash between the transaction and the provider leaves a booking that nobody can pay; mostly it finds nothing to do.
 */
export const PREPARE_AFTER_MS = 5_000;

/** What is written with the booking, in its transaction. */
export type HowSaved = {
  /** Makes the units the booking's, where they are somebody's already; absent: they are nobody's yet. */
  readonly claim?: (tx: Tx, booking: Booking) => Promise<void>;
  /** What else becomes true with it. */
  readonly also?: (tx: Tx, booking: Booking) => Promise<void>;
};

/**
 * The one transaction of checkout: reference, booking, claims, what counts against the person's limit, payment, and the
 * rows of everything that follows. The event is read in it, never written.
 */
export const saveBooking = async (
  deps: SaveBookingDeps,
  draft: BookingDraft,
  hold: Hold,
  how: HowSaved = {},
): Promise<Booking> => {
  const alongside = await addressPerson(deps, draft.userId);
  for (let draw = 1; ; draw += 1) {
    const booking: Booking = { ...draft, reference: deps.referenceSource.next() };
    try {
      // A duplicate key ends the transaction, so another reference means all of it again.
      return await deps.unitOfWork.run((tx) => write(deps, tx, booking, hold, { ...how, alongside }));
    } catch (error) {
      if (!(error instanceof ReferenceTaken) || draw >= MAX_DRAWS) throw error;
    }
  }
};

const write = async (
  deps: SaveBookingDeps,
  tx: Tx,
  drafted: Booking,
  hold: Hold,
  { claim, also, alongside }: HowSaved & { readonly alongside: string | null },
): Promise<Booking> => {
  const { id, eventId, createdAt } = drafted;
  const person = personOf(drafted);
  const event = await onSale(deps, tx, eventId);
  const booking = atItsTime(drafted, event);
  await deps.references.insert(tx, booking.reference, id);
  await deps.bookings.insert(tx, booking);
  if (claim !== undefined) await claim(tx, booking);
  else
    await deps.claims.insertAll(
      tx,
      hold.units.map(({ unitId }) => ({ eventId, unitId, owner: id, person, claimedAt: createdAt })),
    );
  if (person !== null)
    await deps.buyerLimits.raise(tx, eventId, {
      person,
      by: hold.units.length,
      max: event.maxPerPerson,
      alongside,
    });
  const payment = paymentOf(booking);
  if (payment !== null) await deps.payments.insert(tx, payment);
  await deps.outbox.add(tx, followUps(booking));
  await also?.(tx, booking);
  return booking;
};

/** The draft may be of a remembered event that has moved since: who buys then is told the time that counts. */
export const atItsTime = (booking: Booking, { startsAt: { local, zone, at } }: SaleEvent): Booking => ({
  ...booking,
  event: { ...booking.event, startsAt: { local, zone, at } },
});

const CLOSED_BY: Record<Exclude<EventStatus, 'published'>, NotOnSale> = {
  draft: 'not_published',
  postponed: 'postponed',
  cancelled: 'cancelled',
  completed: 'ended',
};

/** What somebody is told who wants tickets of an event in this state. */
export const saleClosed = (status: Exclude<EventStatus, 'published'>): DomainError =>
  new DomainError('sale.closed', { reason: CLOSED_BY[status] });

/** The gate in Redis may be behind: what Mongo says of the event decides. The sales window was the hold's business. */
export const onSale = async (
  { saleEvents }: Pick<SaleDeps, 'saleEvents'>,
  tx: Tx,
  eventId: EventId,
): Promise<SaleEvent> => {
  const event = await saleEvents.find(eventId, tx);
  if (event === null) throw saleClosed('draft');
  if (event.status !== 'published') throw saleClosed(event.status);
  return event;
};

/** null: nothing to pay. */
export const paymentOf = (booking: Booking): Payment | null =>
  booking.paymentId === null
    ? null
    : {
        id: booking.paymentId,
        bookingId: booking.id,
        eventId: booking.eventId,
        organizationId: booking.organizationId,
        userId: booking.userId,
        status: 'created',
        due: booking.total,
        attempt: 0,
        intentId: null,
        sealed: false,
        captured: 0,
        capturedCurrency: null,
        refundReserved: 0,
        lastDecline: null,
        createdAt: booking.createdAt,
        capturedAt: null,
      };

/** Tells Redis whose the booking's units are. */
export const markMessage = (booking: Booking): OutboxMessage => ({
  job: 'inventory.follow_claims',
  payload: {
    eventId: booking.eventId,
    owner: booking.id,
    person: personOf(booking),
    change: 'mark',
    unitIds: booking.lines.map(({ unitId }) => unitId),
    ...(booking.turn !== undefined && { turn: booking.turn }),
  },
  dueAt: booking.createdAt,
  key: `mark:${booking.id}`,
});

const followUps = (booking: Booking): OutboxMessage[] => {
  const { id: bookingId, payBy, createdAt } = booking;
  const mark = markMessage(booking);
  if (payBy === null)
    return [
      mark,
      {
        job: 'booking.finalize',
        payload: { bookingId, money: null },
        dueAt: createdAt,
        key: `finalize:${bookingId}:free`,
      },
    ];
  return [
    mark,
    {
      job: 'payment.prepare',
      payload: { bookingId },
      dueAt: addMs(createdAt, PREPARE_AFTER_MS),
      key: `prepare:${bookingId}`,
    },
    {
      job: 'booking.close',
      payload: { bookingId, reason: 'unpaid' },
      dueAt: payBy,
      key: `close:${bookingId}`,
    },
  ];
};
