import { DomainError } from '../shared/errors.ts';
import type { OfferId, UserId } from '../shared/ids.ts';
import type { Tx } from '../shared/unit-of-work.ts';
import type { Offer } from './offer.ts';
import type { OfferStore } from './ports.ts';

/** Throws `thing.not_found`, also for somebody else's. */
export const getOwnOffer = async (
  waitlistOffers: Pick<OfferStore, 'find'>,
  { userId, offerId }: { readonly userId: UserId; readonly offerId: OfferId },
  tx?: Tx,
): Promise<Offer> => {
  const offer = await waitlistOffers.find(offerId, tx);
  if (offer === null || offer.userId !== userId) throw new DomainError('thing.not_found', { thing: 'offer' });
  return offer;
};
