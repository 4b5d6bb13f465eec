import type { JobPayload } from '../jobs.ts';
import { notifyBuyers } from '../notifications/notify-buyers.ts';
import { isDomainError } from '../shared/errors.ts';
import { linesForWish } from '../waitlist/lines-for-wish.ts';
import { type BookOfferDeps, bookOffer } from './book-offer.ts';
import { type EndOfferDeps, endOffer } from './end-offer.ts';
import { done, type JobResult, retryLater } from './job-result.ts';

export type AssignOfferDeps = BookOfferDeps & EndOfferDeps;

const CLOSED_RETRY_MS = 60_000;

/** Refusals that another try would meet again: the person has bought enough, for example. */
const isFinal = (error: unknown): boolean =>
  isDomainError(error) && ['conflict', 'invalid', 'gone', 'limited', 'not_found'].includes(error.kind);

/**
 * Job `waitlist.assign`: books for who is next, without asking. A free booking is confirmed by its own row and letter; one that costs
 * waits to be paid for as long as an offer would last, and its buyer is told where. Whoever cannot buy any more has lapsed, and the
 * units go to the next.
 */
export const assignOffer = async (
  deps: AssignOfferDeps,
  { offerId }: JobPayload<'waitlist.assign'>,
): Promise<JobResult> => {
  const offer = await deps.waitlistOffers.find(offerId);
  if (offer === null || offer.status !== 'open') return done;
  const entry = await deps.waitlistEntries.find(offer.entryId);
  if (entry === null) return done;
  const { buyer, wish } = entry;
  try {
    await bookOffer(
      deps,
      offer,
      { buyer, lines: linesForWish(wish, offer.units, offer.quote) },
      {
        payBy: offer.expiresAt,
        also: async (tx, { paymentId }) => {
          if (paymentId !== null)
            await notifyBuyers(deps, tx, [{ notice: { kind: 'waitlist_assigned', offerId }, buyer }]);
        },
      },
    );
  } catch (error) {
    // Put off, it may be on sale again before the offer ends; cancelled, its offers end without us.
    if (isDomainError(error, 'sale.closed'))
      return retryLater('the event sells nothing now', CLOSED_RETRY_MS);
    if (!isFinal(error)) throw error;
    await deps.unitOfWork.run((tx) => endOffer(deps, tx, offer, 'declined'));
  }
  return done;
};
