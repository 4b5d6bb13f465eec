import type { Booking, Buyer } from '../bookings/booking.ts';
import type { LineChoice } from '../bookings/booking-lines.ts';
import { BookingExists } from '../bookings/ports.ts';
import type { Hold } from '../holds/hold.ts';
import { layoutWith } from '../inventory/layout-with.ts';
import type { Unit } from '../inventory/unit.ts';
import { DomainError, isDomainError } from '../shared/errors.ts';
import type { HoldId } from '../shared/ids.ts';
import type { Tx } from '../shared/unit-of-work.ts';
import type { Offer } from '../waitlist/offer.ts';
import { answersUntil } from '../waitlist/offer-end.ts';
import { movedMeanwhile } from './confirm-bookings.ts';
import { draftBooking } from './draft-booking.ts';
import { type FreeUnitsDeps, freeUnits } from './free-units.ts';
import type { SaleDeps } from './sale-deps.ts';
import { type HowSaved, saveBooking } from './save-booking.ts';

export type BookOfferDeps = FreeUnitsDeps &
  Pick<
    SaleDeps,
    | 'unitOfWork'
    | 'ids'
    | 'venues'
    | 'bookings'
    | 'references'
    | 'referenceSource'
    | 'payments'
    | 'waitlistOffers'
    | 'users'
    | 'personKeys'
  >;

export type HowBooked = Pick<HowSaved, 'also'> & {
  /** Longer than the ordinary time to pay, for who does not expect it. */
  readonly payBy?: Date;
};

export type OfferChoices = { readonly buyer: Buyer; readonly lines: readonly LineChoice[] };

/**
 * Turns an open offer into a booking, once, in one transaction: the offer is accepted, its units move to the booking by compare-and-set, the
 * entry is served or waits for the rest, and units that were not taken go to the next in line. null: the offer is not open any more, so
 * look at what became of it. Throws as checkout does for what is wrong with the choices, and `hold.limit`.
 */
export const bookOffer = async (
  deps: BookOfferDeps,
  offer: Offer,
  { buyer, lines }: OfferChoices,
  how: HowBooked = {},
): Promise<Booking | null> => {
  const hold = await asHold(deps, offer, lines);
  const bookingId = deps.ids.next('bkg');
  const { eventId, userId } = offer;
  const draft = await draftBooking(
    deps,
    { eventId, holdId: hold.id, userId, buyer, lines: [...lines] },
    hold,
    bookingId,
  );
  try {
    const payBy = draft.payBy === null ? null : (how.payBy ?? draft.payBy);
    return await saveBooking(deps, { ...draft, payBy }, hold, {
      claim: (tx, booking) => takeUnits(deps, tx, offer, booking),
      ...(how.also !== undefined && { also: how.also }),
    });
  } catch (error) {
    // Another call was faster, or the answer of this one was lost: the stored offer tells.
    if (error instanceof BookingExists || error instanceof NotOpen || isDomainError(error, 'deadline.passed'))
      return null;
    throw error;
  }
};

class NotOpen extends Error {
  override readonly name = 'NotOpen';
}

const takeUnits = async (deps: BookOfferDeps, tx: Tx, offer: Offer, booking: Booking): Promise<void> => {
  const { id, eventId, entryId } = offer;
  const now = deps.clock.now();
  // Asked in here: in the moment in which it lapses, an offer is accepted or expires, and never both.
  const event = await deps.saleEvents.find(eventId, tx);
  const isLate = offer.expiresAt <= now || event === null || answersUntil(event) <= now;
  if (isLate || !(await deps.waitlistOffers.markAccepted(tx, id, booking.id, now))) throw new NotOpen();
  const taken = booking.lines.map(({ unitId }) => unitId);
  const to = { owner: booking.id, person: booking.userId };
  const moved = await deps.claims.moveOwned(tx, eventId, id, to, taken);
  if (moved.length !== taken.length) throw movedMeanwhile();
  await serveEntry(deps, tx, offer);
  if (taken.length < offer.units.length)
    await freeUnits(deps, tx, { eventId, owner: id, person: null, key: `left:${entryId}` });
};

/** What was offered is answered for, also the part of it that was not taken. */
const serveEntry = async (deps: BookOfferDeps, tx: Tx, { id, entryId, units }: Offer): Promise<void> => {
  const entry = await deps.waitlistEntries.find(entryId, tx);
  if (entry === null || entry.status !== 'offered' || entry.offerId !== id) throw movedMeanwhile();
  const rest = entry.quantity - units.length;
  if (rest > 0) await deps.waitlistEntries.markWaiting(tx, entryId, id, rest);
  else await deps.waitlistEntries.markAnswered(tx, entryId, id, 'converted', deps.clock.now());
};

/** A booking is made from a hold; what was offered stands for one. Its id is made of the offer's, so that an offer is booked once. */
const asHold = async (
  { layouts }: BookOfferDeps,
  offer: Offer,
  lines: readonly LineChoice[],
): Promise<Hold> => {
  const { id, eventId, userId, quote, expiresAt } = offer;
  const named = new Set(lines.map(({ unitId }) => unitId));
  const offered = offer.units.filter(({ unitId }) => named.has(unitId));
  const bare = {
    eventId,
    units: offered.map(({ unitId }): Unit => ({ unitId, pool: -1, seat: -1, place: 0 })),
  };
  const { layout } = await layoutWith(layouts, bare);
  const units = offered.map(({ unitId }) => {
    const unit = layout.findUnit(unitId);
    if (unit === null) throw new DomainError('units.unknown', { unitIds: [unitId] });
    return unit;
  });
  return {
    id: `hld_${id.slice('ofr_'.length)}` as HoldId,
    eventId,
    owner: userId,
    state: 'converting',
    units,
    lost: [],
    quote,
    extended: false,
    expiresAt,
  };
};
