import { DomainError } from '../shared/errors.ts';
import type { OfferId, UserId } from '../shared/ids.ts';
import { getOwnOffer } from '../waitlist/get-own-offer.ts';
import { type EndOfferDeps, endOffer } from './end-offer.ts';
import type { SaleDeps } from './sale-deps.ts';

/**
 * The receiver does not want what is offered: the entry is over and the units go to the next. Asked again it is nothing. Throws
 * `offer.gone` for one that was accepted or has ended otherwise, `thing.not_found` for another's.
 */
export const declineOffer = async (
  deps: EndOfferDeps & Pick<SaleDeps, 'unitOfWork'>,
  command: { readonly userId: UserId; readonly offerId: OfferId },
): Promise<void> => {
  await deps.unitOfWork.run(async (tx) => {
    const offer = await getOwnOffer(deps.waitlistOffers, command, tx);
    if (offer.status === 'declined' || (await endOffer(deps, tx, offer, 'declined'))) return;
    throw new DomainError('offer.gone', { status: offer.status });
  });
};
