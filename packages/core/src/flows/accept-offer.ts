import type { OwnBooking } from '../bookings/booking.ts';
import { DomainError } from '../shared/errors.ts';
import type { UserId } from '../shared/ids.ts';
import type { AcceptOfferInput } from '../waitlist/accept-offer-input.ts';
import { getOwnEntry } from '../waitlist/get-own-entry.ts';
import { getOwnOffer } from '../waitlist/get-own-offer.ts';
import type { Offer } from '../waitlist/offer.ts';
import { type BookOfferDeps, bookOffer } from './book-offer.ts';
import type { ObtainIntentDeps } from './obtain-intent.ts';
import { openPayment } from './open-payment.ts';
import type { PaymentStep } from './payment-step.ts';

export type AcceptOfferDeps = BookOfferDeps & ObtainIntentDeps;

/**
 * Accepts an offer into an ordinary booking, ready to be paid (or confirmed by the worker when it is free). Asked again it answers with the same
 * booking and the present step. Should it not be paid in time, its units go to the next in line. Throws `offer.gone`, `thing.not_found` for
 * another's, `sale.closed`, `hold.limit`, `checkout.*`, `busy.try_again`.
 */
export const acceptOffer = async (
  deps: AcceptOfferDeps,
  { userId, offerId, buyer, lines }: AcceptOfferInput & { readonly userId: UserId },
): Promise<{ readonly booking: OwnBooking; readonly payment: PaymentStep }> => {
  const offer = await getOwnOffer(deps.waitlistOffers, { userId, offerId });
  const { entryId } = offer;
  const booking =
    offer.status === 'open'
      ? await bookOffer(deps, offer, {
          buyer: buyer ?? (await getOwnEntry(deps.waitlistEntries, { userId, entryId })).buyer,
          lines,
        })
      : null;
  const stored =
    booking ?? (await bookingOf(deps, await getOwnOffer(deps.waitlistOffers, { userId, offerId })));
  const payment = stored.paymentId === null ? null : await deps.payments.find(stored.paymentId);
  const step = await openPayment(deps, stored, payment);
  const own = { ...stored, userId };
  return 'payBy' in step && step.payBy !== stored.payBy
    ? { booking: { ...own, payBy: step.payBy }, payment: step }
    : { booking: own, payment: step };
};

const bookingOf = async ({ bookings }: AcceptOfferDeps, { status, bookingId }: Offer) => {
  const booking = bookingId === null ? null : await bookings.find(bookingId);
  if (booking === null)
    throw new DomainError('offer.gone', { status: status === 'open' ? 'expired' : status });
  return booking;
};
