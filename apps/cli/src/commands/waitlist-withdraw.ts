import type { CommandContext } from '../command-context.ts';
import { renderOffer } from '../render-offer.ts';
import type { WaitlistOptions } from './waitlist-steer.ts';

/** Takes an open offer back. */
export const withdrawOffer = async (
  context: CommandContext,
  offerId: string,
  { org }: WaitlistOptions,
): Promise<void> => {
  const { client, organizationId } = await context.inOrganization(org);
  const offer = await client.api.waitlist.withdraw.mutate({ organizationId, offerId });
  context.print(offer, () => renderOffer(context.io, offer));
};
