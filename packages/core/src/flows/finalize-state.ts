import type { Booking } from '../bookings/booking.ts';
import type { EventStatus } from '../events/event.ts';
import { isOver } from '../events/is-over.ts';
import type { Payment } from '../payments/payment.ts';
import type { BookingId } from '../shared/ids.ts';
import type { Tx } from '../shared/unit-of-work.ts';
import { type ArrivedMoney, decideFinalize, type FinalizeDecision } from './decide-finalize.ts';
import type { SaleDeps } from './sale-deps.ts';

export type FinalizeItem = {
  readonly booking: Booking;
  readonly payment: Payment | null;
  readonly money: ArrivedMoney;
  /** `completed` also for a booking that was ending while its event took place: a ticket would come too late. */
  readonly eventStatus: EventStatus;
  readonly decision: FinalizeDecision;
};

/** Reads bookings with their payments and events in three reads, however many, and decides each. */
export const readFinalizeState = async (
  { bookings, payments, saleEvents, clock }: Pick<SaleDeps, 'bookings' | 'payments' | 'saleEvents' | 'clock'>,
  tx: Tx,
  wanted: readonly { readonly bookingId: BookingId; readonly money: ArrivedMoney }[],
): Promise<ReadonlyMap<BookingId, FinalizeItem>> => {
  const found = await bookings.findMany(
    wanted.map(({ bookingId }) => bookingId),
    tx,
  );
  const paymentIds = found.flatMap(({ paymentId }) => (paymentId === null ? [] : [paymentId]));
  const paid = new Map(
    (paymentIds.length === 0 ? [] : await payments.findMany(paymentIds, tx)).map((p) => [p.id, p]),
  );
  const events = await saleEvents.findMoments([...new Set(found.map(({ eventId }) => eventId))], tx);
  const now = clock.now();
  const byId = new Map(found.map((booking) => [booking.id, booking]));
  const items = wanted.flatMap(({ bookingId, money }): [BookingId, FinalizeItem][] => {
    const booking = byId.get(bookingId);
    if (booking === undefined) return [];
    const payment = booking.paymentId === null ? null : (paid.get(booking.paymentId) ?? null);
    // Events with bookings or money on its way are never deleted; if one were, there is nothing to sell tickets for.
    const event = events.get(booking.eventId);
    const tooLate = event !== undefined && booking.status === 'closing' && isOver(event, now);
    const eventStatus = tooLate ? 'completed' : (event?.status ?? 'cancelled');
    const decision = decideFinalize(booking, payment, eventStatus, money);
    return [[bookingId, { booking, payment, money, eventStatus, decision }]];
  });
  return new Map(items);
};
