import type { CommandContext } from '../command-context.ts';
import { newOfferId } from '../new-offer-id.ts';
import { renderOffer } from '../render-offer.ts';

export type WaitlistOfferOptions = {
  readonly org?: string;
  readonly quantity?: number;
  readonly id?: string;
};

/** Offers to one who waits, out of turn. */
export const offerToEntry = async (
  context: CommandContext,
  entryId: string,
  { org, quantity, id: offerId = newOfferId() }: WaitlistOfferOptions,
): Promise<void> => {
  const { client, organizationId } = await context.inOrganization(org);
  const offer = await client.api.waitlist.offer.mutate({
    organizationId,
    entryId,
    offerId,
    ...(quantity !== undefined && { quantity }),
  });
  context.print(offer, () => renderOffer(context.io, offer));
};
