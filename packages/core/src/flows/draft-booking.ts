import { type Booking, type Buyer, PAYMENT_WINDOW_MS } from '../bookings/booking.ts';
import { bookingLines } from '../bookings/booking-lines.ts';
import type { CheckoutInput } from '../bookings/checkout-input.ts';
import { refundPolicyIn } from '../events/refund-policy.ts';
import type { Hold } from '../holds/hold.ts';
import { layoutWith } from '../inventory/layout-with.ts';
import { addMs } from '../shared/clock.ts';
import { DomainError } from '../shared/errors.ts';
import type { BookingId, UserId } from '../shared/ids.ts';
import { money, sumMoney } from '../shared/money.ts';
import type { SaleDeps } from './sale-deps.ts';

/** Stripe takes eight digits at most (https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts). */
const HIGHEST_TOTAL = 99_999_999;

/** Everything of a booking but its reference, which is drawn when it is saved. */
export type BookingDraft = Omit<Booking, 'reference'>;

/** What a booking is made of, besides the hold. */
export type BookingChoices = Pick<CheckoutInput, 'eventId' | 'holdId' | 'lines'> & {
  readonly buyer: Buyer;
  readonly userId: UserId | null;
};

/** The booking that this hold and these choices make. Reads only. */
export const draftBooking = async (
  { layouts, venues, clock, ids }: Pick<SaleDeps, 'layouts' | 'venues' | 'clock' | 'ids'>,
  { eventId, holdId, userId, buyer, lines: choices }: BookingChoices,
  hold: Hold,
  bookingId: BookingId,
): Promise<BookingDraft> => {
  const { event, layout } = await layoutWith(layouts, hold);
  const lines = bookingLines(
    hold,
    choices,
    (unitId) => {
      const unit = layout.findUnit(unitId);
      if (unit === null) throw new DomainError('units.unknown', { unitIds: [unitId] });
      return { label: layout.labelOf(unit), priceCategory: layout.poolOf(unit).priceCategory };
    },
    () => ids.next('tkt'),
  );
  const { currency } = hold.quote;
  const total = sumMoney(
    lines.map(({ amount }) => money(amount, currency)),
    currency,
  );
  if (total.amount > HIGHEST_TOTAL)
    throw new DomainError('checkout.total_too_high', { total: total.amount, highest: HIGHEST_TOTAL });

  const venue = await venues.find(event.venueId);
  if (venue === null) throw new DomainError('thing.not_found', { thing: 'venue' });
  const now = clock.now();
  const free = total.amount === 0;
  return {
    id: bookingId,
    eventId,
    organizationId: event.organizationId,
    userId,
    holdId,
    ...(hold.turn !== undefined && { turn: hold.turn }),
    status: 'pending',
    buyer,
    lines,
    total,
    paymentId: free ? null : ids.next('pay'),
    payBy: free ? null : addMs(now, PAYMENT_WINDOW_MS),
    closeReason: null,
    lateMoney: null,
    event: {
      title: event.title,
      startsAt: { local: event.startsAt.local, zone: event.startsAt.zone, at: event.startsAt.at },
      venueName: venue.name,
      venueAddress: `${venue.address}, ${venue.city}, ${venue.country}`,
      ...(event.terms !== undefined && event.terms !== '' && { terms: event.terms }),
    },
    refundPolicy: refundPolicyIn(event),
    revision: 1,
    createdAt: now,
    confirmedAt: null,
    endedAt: null,
  };
};
