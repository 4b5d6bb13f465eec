import type { Hold } from '../holds/hold.ts';
import type { HoldStore } from '../holds/ports.ts';
import { type GetAvailabilityDeps, getAvailability } from '../inventory/get-availability.ts';
import type { EventWithLayout } from '../inventory/ports.ts';
import { settleClaims } from '../inventory/settle-claims.ts';
import type { Unit } from '../inventory/unit.ts';
import type { OrganizationAccess } from '../organizations/get-membership.ts';
import { quoteFor } from '../pricing/quote.ts';
import { DomainError, isDomainError } from '../shared/errors.ts';
import type { EventId } from '../shared/ids.ts';
import type { OfferByHand } from '../waitlist/desk-input.ts';
import type { WaitlistEntry } from '../waitlist/entry.ts';
import { getListedEntry } from '../waitlist/get-listed-entry.ts';
import { type ListedOffer, listedOffer } from '../waitlist/listed-entry.ts';
import type { Offer } from '../waitlist/offer.ts';
import { offerEnd, waitlistOf } from '../waitlist/offer-end.ts';
import { planByHand } from '../waitlist/plan-by-hand.ts';
import { refuseNotOffering } from '../waitlist/refuse-not-offering.ts';
import { unitsOnSale } from '../waitlist/units-on-sale.ts';
import { movedMeanwhile } from './confirm-bookings.ts';
import { WAITLIST_OWNER } from './free-units.ts';
import { type HoldForListDeps, holdForList } from './hold-for-list.ts';
import { type OpenOfferDeps, openOffer } from './open-offer.ts';
import type { SaleDeps } from './sale-deps.ts';

export type OfferByHandDeps = GetAvailabilityDeps &
  OpenOfferDeps &
  HoldForListDeps &
  Pick<SaleDeps, 'unitOfWork' | 'saleEvents' | 'waitlists' | 'claims' | 'mirror'> & {
    readonly holds: Pick<HoldStore, 'place' | 'release'>;
  };

type Command = OfferByHand & { readonly access: Pick<OrganizationAccess, 'organizationId' | 'userId'> };

/** What was there when it was looked at may be gone when it is taken: an automatic offer, or a buyer, was faster. */
const ATTEMPTS = 4;

/**
 * The organizer offers to one entry what it waits for, out of its turn, also while the list is paused: units of the list first, completed from
 * the sale. It goes the way of every offer: one transaction that takes the list's turn, with compare-and-sets on the entry and on the owners
 * of the units. The same offer id again: the offer as it stands. Throws `waitlist.nothing_fits`, `waitlist.offer_open`, `waitlist.not_waiting`,
 * `waitlist.bad_quantity`, `waitlist.closed`, `sale.closed`, `offer.id_in_use`, `thing.not_found`, `busy.try_again`.
 */
export const offerByHand = async (deps: OfferByHandDeps, command: Command): Promise<ListedOffer> => {
  const { organizationId } = command.access;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const entry = await getListedEntry(deps.waitlistEntries, { ...command, organizationId });
    const standing = await deps.waitlistOffers.find(command.offerId);
    if (standing !== null) return listedOffer(ofEntry(standing, entry));
    const { status, offerId } = entry;
    if (status === 'offered') throw new DomainError('waitlist.offer_open', { offerId: offerId ?? '' });
    if (status !== 'waiting') throw new DomainError('waitlist.not_waiting', { status });
    const made = await attemptOffer(deps, command, entry);
    if (made !== null) return listedOffer(made);
  }
  throw new DomainError('busy.try_again', { retryAfterMs: 250 });
};

const ofEntry = (offer: Offer, { id }: WaitlistEntry): Offer => {
  if (offer.entryId !== id) throw new DomainError('offer.id_in_use', {});
  return offer;
};

/** null: something that was planned with has moved. */
const attemptOffer = async (
  deps: OfferByHandDeps,
  command: Command,
  entry: WaitlistEntry,
): Promise<Offer | null> => {
  const { eventId } = entry;
  const known = await deps.layouts.refresh(eventId);
  refuseNotOffering(known.event, deps.clock.now());
  const { fromList, fromSale } = await planFor(deps, command, entry, known);
  const hold = fromSale.length === 0 ? null : await holdForList(deps, known, fromSale);
  if (fromSale.length > 0 && hold === null) return null;
  const units = [...fromList, ...(hold?.units ?? [])];
  try {
    const offer = await write(deps, command, entry, known, units, hold);
    const unitIds = units.map(({ unitId }) => unitId);
    // Before the hold ends; should Redis fail here, the offer's row says the same.
    await settleClaims(deps, { eventId, from: WAITLIST_OWNER, unitIds }).catch(() => undefined);
    return offer;
  } catch (error) {
    // Of a commit whose answer was lost nobody knows, and then the units must not be free to strangers.
    const undone = isDomainError(error) && error.code !== 'deadline.passed';
    if (hold !== null && undone) await letGo(deps, eventId, hold);
    if (isDomainError(error, 'units.taken') || isDomainError(error, 'busy.try_again')) return null;
    throw error;
  }
};

const planFor = async (
  deps: OfferByHandDeps,
  { quantity }: Command,
  entry: WaitlistEntry,
  { layout }: EventWithLayout,
) => {
  const { snapshot } = await getAvailability(deps, { eventId: entry.eventId, fresh: true });
  const onSale = snapshot.revision === layout.revision ? unitsOnSale(layout, snapshot) : [];
  const claimed = await deps.claims.listOwned(entry.eventId, WAITLIST_OWNER);
  const list = claimed.flatMap(({ unitId }) => layout.findUnit(unitId) ?? []);
  return planByHand(layout, entry, quantity ?? null, list, onSale);
};

const write = (
  deps: OfferByHandDeps,
  { offerId, access }: Command,
  entry: WaitlistEntry,
  { event, layout }: EventWithLayout,
  units: readonly Unit[],
  hold: Hold | null,
): Promise<Offer> =>
  deps.unitOfWork.run(async (tx) => {
    const { eventId } = entry;
    const now = deps.clock.now();
    await deps.waitlists.takeTurn(tx, eventId);
    const current = await deps.saleEvents.find(eventId, tx);
    if (current === null) throw new DomainError('thing.not_found', { thing: 'event' });
    // Looked at before the hold as well; it may have changed since.
    refuseNotOffering(current, now);
    const expiresAt = offerEnd(current, now);
    if (expiresAt === null) throw movedMeanwhile();
    const owner = { eventId, owner: WAITLIST_OWNER, person: null };
    if (hold !== null)
      await deps.claims.insertAll(
        tx,
        hold.units.map(({ unitId }) => ({ ...owner, unitId, claimedAt: now })),
      );
    const categories = new Set(units.map((unit) => layout.poolOf(unit).priceCategory));
    const offer = await openOffer(deps, tx, {
      entry,
      units,
      layout,
      quote: quoteFor(event, categories),
      expiresAt,
      madeBy: access.userId,
      offerId,
      mode: waitlistOf(current).mode,
    });
    // Others may wait for what is left, or nobody does any more.
    await deps.outbox.add(tx, [
      { job: 'waitlist.promote', payload: { eventId }, dueAt: now, key: `promote:${offerId}` },
    ]);
    return offer;
  });

/** Else what is held would be missing in the next attempt; it ends by itself if Redis fails here. */
const letGo = async ({ holds }: OfferByHandDeps, eventId: EventId, { id, owner }: Hold): Promise<void> => {
  await holds.release(eventId, id, owner).catch(() => undefined);
};
