import { notify } from '../notifications/notify.ts';
import type { OrganizationAccess } from '../organizations/get-membership.ts';
import { DomainError } from '../shared/errors.ts';
import type { RemoveEntry } from '../waitlist/desk-input.ts';
import { isActive } from '../waitlist/entry.ts';
import { getListedEntry } from '../waitlist/get-listed-entry.ts';
import { type EndOfferDeps, endOffer } from './end-offer.ts';
import type { SaleDeps } from './sale-deps.ts';

/**
 * The organizer takes an entry off the list, with a reason on record; what is offered to it or kept for it goes to the next, and its person is told. Asked again it is
 * nothing. Throws `waitlist.not_waiting` for an entry that was served, has lapsed or was left, `thing.not_found`.
 */
export const removeEntry = async (
  deps: EndOfferDeps & Pick<SaleDeps, 'unitOfWork'>,
  {
    access,
    entryId,
    reason,
  }: RemoveEntry & { readonly access: Pick<OrganizationAccess, 'organizationId' | 'userId'> },
): Promise<void> => {
  await deps.unitOfWork.run(async (tx) => {
    const { organizationId, userId: by } = access;
    const entry = await getListedEntry(deps.waitlistEntries, { organizationId, entryId }, tx);
    if (entry.endReason === 'removed') return;
    const { eventId, status, offerId } = entry;
    if (!isActive(status)) throw new DomainError('waitlist.not_waiting', { status });
    const now = deps.clock.now();
    if (!(await deps.waitlistEntries.markRemoved(tx, entryId, { by, reason }, now)))
      throw new DomainError('busy.try_again', { retryAfterMs: 100 });
    const offer =
      status === 'offered' && offerId !== null ? await deps.waitlistOffers.find(offerId, tx) : null;
    if (offer !== null) await endOffer(deps, tx, offer, 'withdrawn');
    await notify(deps, tx, { kind: 'waitlist_removed', entryId });
    await deps.outbox.add(tx, [
      { job: 'waitlist.promote', payload: { eventId }, dueAt: now, key: `promote:${entryId}:removed` },
    ]);
  });
};
