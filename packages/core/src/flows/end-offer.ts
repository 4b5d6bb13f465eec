import { notify } from '../notifications/notify.ts';
import type { Tx } from '../shared/unit-of-work.ts';
import type { Offer } from '../waitlist/offer.ts';
import { type FreeUnitsDeps, freeUnits } from './free-units.ts';
import type { SaleDeps } from './sale-deps.ts';

export type EndOfferDeps = FreeUnitsDeps &
  Pick<SaleDeps, 'ids' | 'waitlistEntries' | 'waitlistOffers' | 'notifications'>;

/**
 * An open offer ends without a booking, as part of `tx`, and its units go to the next. `expired`, `declined`: the entry has lapsed.
 * `withdrawn`: the entry waits on in its place, unless it was cancelled before in the same transaction. false: it is not open any more.
 */
export const endOffer = async (
  deps: EndOfferDeps,
  tx: Tx,
  { id, entryId, eventId }: Offer,
  to: 'expired' | 'declined' | 'withdrawn',
): Promise<boolean> => {
  const now = deps.clock.now();
  if (!(await deps.waitlistOffers.markEnded(tx, id, to, now))) return false;
  if (to === 'withdrawn') await deps.waitlistEntries.markWaitingAgain(tx, entryId, id);
  else await deps.waitlistEntries.markAnswered(tx, entryId, id, 'lapsed', now);
  await freeUnits(deps, tx, { eventId, owner: id, person: null, key: to });
  // Who declined knows it.
  if (to !== 'declined')
    await notify(deps, tx, {
      kind: to === 'expired' ? 'waitlist_offer_expired' : 'waitlist_offer_withdrawn',
      offerId: id,
    });
  return true;
};
