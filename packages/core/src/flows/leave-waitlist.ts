import { DomainError } from '../shared/errors.ts';
import type { UserId, WaitlistEntryId } from '../shared/ids.ts';
import { isActive } from '../waitlist/entry.ts';
import { getOwnEntry } from '../waitlist/get-own-entry.ts';
import { type EndOfferDeps, endOffer } from './end-offer.ts';
import type { SaleDeps } from './sale-deps.ts';

/**
 * Gives a place in line up, and what is offered to it. What was kept for it is offered to others or goes on sale. Asked again it is nothing.
 * Throws `waitlist.bad_move` for an entry that was served or has lapsed, `thing.not_found` for another's.
 */
export const leaveWaitlist = async (
  deps: EndOfferDeps & Pick<SaleDeps, 'unitOfWork'>,
  command: { readonly userId: UserId; readonly entryId: WaitlistEntryId },
): Promise<void> => {
  await deps.unitOfWork.run(async (tx) => {
    const entry = await getOwnEntry(deps.waitlistEntries, command, tx);
    if (entry.status === 'cancelled') return;
    if (!isActive(entry.status)) throw new DomainError('waitlist.bad_move', { from: entry.status });
    const { id, eventId, status, offerId } = entry;
    const now = deps.clock.now();
    if (!(await deps.waitlistEntries.markCancelled(tx, id, 'left', now)))
      throw new DomainError('busy.try_again', { retryAfterMs: 100 });
    const offer =
      status === 'offered' && offerId !== null ? await deps.waitlistOffers.find(offerId, tx) : null;
    if (offer !== null) await endOffer(deps, tx, offer, 'declined');
    await deps.outbox.add(tx, [
      { job: 'waitlist.promote', payload: { eventId }, dueAt: now, key: `promote:${id}:left` },
    ]);
  });
};
