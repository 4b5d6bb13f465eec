import type { JobPayload } from '../jobs.ts';
import { type EndOfferDeps, endOffer } from './end-offer.ts';
import { done, type JobResult, retryLater } from './job-result.ts';
import type { SaleDeps } from './sale-deps.ts';

/** Job `waitlist.end_offer`: an offer that nobody answered in time goes to the next. */
export const expireOffer = async (
  deps: EndOfferDeps & Pick<SaleDeps, 'unitOfWork'>,
  { offerId }: JobPayload<'waitlist.end_offer'>,
): Promise<JobResult> => {
  const offer = await deps.waitlistOffers.find(offerId);
  if (offer === null || offer.status !== 'open') return done;
  const left = offer.expiresAt.getTime() - deps.clock.now().getTime();
  if (left > 0) return retryLater('there is time to answer the offer', left);
  await deps.unitOfWork.run(async (tx) => {
    // Nobody could accept it while the event was off sale: whoever waits keeps the place.
    const event = await deps.saleEvents.find(offer.eventId, tx);
    await endOffer(deps, tx, offer, event?.status === 'postponed' ? 'withdrawn' : 'expired');
  });
  return done;
};
