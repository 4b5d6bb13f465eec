import type { OrganizationAccess } from '../organizations/get-membership.ts';
import { DomainError } from '../shared/errors.ts';
import type { WithdrawOffer } from '../waitlist/desk-input.ts';
import { type ListedOffer, listedOffer } from '../waitlist/listed-entry.ts';
import { type EndOfferDeps, endOffer } from './end-offer.ts';
import type { SaleDeps } from './sale-deps.ts';

export type WithdrawOfferDeps = EndOfferDeps & Pick<SaleDeps, 'unitOfWork'>;

/**
 * The organizer takes an open offer back: its units go to the next who fits, or on sale when there is nobody; its entry waits on in its place,
 * for other units than these, and its person is told. Asked again it is nothing. Throws `offer.not_open` for one that was answered or has
 * lapsed, `thing.not_found`.
 */
export const withdrawOffer = async (
  deps: WithdrawOfferDeps,
  { access, offerId }: WithdrawOffer & { readonly access: Pick<OrganizationAccess, 'organizationId'> },
): Promise<ListedOffer> =>
  deps.unitOfWork.run(async (tx) => {
    const offer = await deps.waitlistOffers.find(offerId, tx);
    if (offer === null || offer.organizationId !== access.organizationId)
      throw new DomainError('thing.not_found', { thing: 'offer' });
    if (offer.status === 'withdrawn') return listedOffer(offer);
    if (!(await endOffer(deps, tx, offer, 'withdrawn')))
      throw new DomainError('offer.not_open', { status: offer.status });
    // Else they would come back to the same person, who is still the first in line.
    await deps.waitlistEntries.withhold(
      tx,
      offer.entryId,
      offer.units.map(({ unitId }) => unitId),
    );
    return listedOffer({ ...offer, status: 'withdrawn', endedAt: deps.clock.now() });
  });
