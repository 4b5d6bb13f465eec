import type { WaitlistMode } from '../events/waitlist-settings.ts';
import type { EventLayout } from '../inventory/layout.ts';
import type { Unit } from '../inventory/unit.ts';
import { notifyBuyers } from '../notifications/notify-buyers.ts';
import type { Quote } from '../pricing/quote.ts';
import type { OfferId, UserId } from '../shared/ids.ts';
import type { Tx } from '../shared/unit-of-work.ts';
import type { WaitlistEntry } from '../waitlist/entry.ts';
import type { Offer } from '../waitlist/offer.ts';
import { movedMeanwhile } from './confirm-bookings.ts';
import { WAITLIST_OWNER } from './free-units.ts';
import type { SaleDeps } from './sale-deps.ts';

export type OpenOfferDeps = Pick<
  SaleDeps,
  'outbox' | 'clock' | 'ids' | 'claims' | 'waitlistEntries' | 'waitlistOffers' | 'notifications'
>;

export type OfferTerms = {
  readonly entry: WaitlistEntry;
  /** The waitlist's. */
  readonly units: readonly Unit[];
  readonly layout: EventLayout;
  readonly quote: Quote;
  readonly expiresAt: Date;
  readonly madeBy: UserId | null;
  /** Minted by who makes it by hand. */
  readonly offerId?: OfferId;
  /** `assign`: nobody is asked; the offer becomes a booking by its own row. */
  readonly mode: WaitlistMode;
};

/**
 * Offers units of the list to one who waits, as part of `tx`: the entry is offered, the units are the offer's, its end is set, and its
 * receiver is told, or booked for. Throws, and so aborts `tx`, when the entry or one of the units has moved meanwhile.
 */
export const openOffer = async (
  deps: OpenOfferDeps,
  tx: Tx,
  { entry, units, layout, quote, expiresAt, madeBy, mode, offerId }: OfferTerms,
): Promise<Offer> => {
  const { eventId, buyer } = entry;
  const now = deps.clock.now();
  const offer: Offer = {
    id: offerId ?? deps.ids.next('ofr'),
    entryId: entry.id,
    eventId,
    organizationId: entry.organizationId,
    userId: entry.userId,
    status: 'open',
    units: units.map((unit) => ({
      unitId: unit.unitId,
      label: layout.labelOf(unit),
      priceCategory: layout.poolOf(unit).priceCategory,
    })),
    quote,
    madeBy,
    expiresAt,
    bookingId: null,
    createdAt: now,
    endedAt: null,
  };
  const unitIds = units.map(({ unitId }) => unitId);
  if (!(await deps.waitlistEntries.markOffered(tx, entry, offer.id))) throw movedMeanwhile();
  const to = { owner: offer.id, person: null };
  const moved = await deps.claims.moveOwned(tx, eventId, WAITLIST_OWNER, to, unitIds);
  if (moved.length !== unitIds.length) throw movedMeanwhile();
  await deps.waitlistOffers.insert(tx, offer);
  await deps.outbox.add(tx, [
    {
      job: 'inventory.settle_claims',
      payload: { eventId, from: WAITLIST_OWNER, unitIds },
      dueAt: now,
      key: `settle:${offer.id}`,
    },
    {
      job: 'waitlist.end_offer',
      payload: { offerId: offer.id },
      dueAt: expiresAt,
      key: `end:${offer.id}`,
    },
  ]);
  if (mode === 'offer')
    await notifyBuyers(deps, tx, [{ notice: { kind: 'waitlist_offer', offerId: offer.id }, buyer }]);
  else
    await deps.outbox.add(tx, [
      { job: 'waitlist.assign', payload: { offerId: offer.id }, dueAt: now, key: `assign:${offer.id}` },
    ]);
  return offer;
};
