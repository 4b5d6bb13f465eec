import type { EventId } from '../shared/ids.ts';
import { type EndOfferDeps, endOffer } from './end-offer.ts';
import { WAITLIST_OWNER } from './free-units.ts';
import { putOnSale } from './make-offers.ts';
import type { SaleDeps } from './sale-deps.ts';

export type EndWaitlistDeps = EndOfferDeps & Pick<SaleDeps, 'unitOfWork'>;

const BATCH = 50;

/**
 * Nothing will be offered any more: whoever waits is done waiting, and what the list has is on sale again. Offers that are open stay until
 * they end, unless the event does not take place. In batches; killed between two of them it goes on at the next look.
 */
export const endWaitlist = async (
  deps: EndWaitlistDeps,
  { eventId, withOffers }: { readonly eventId: EventId; readonly withOffers: boolean },
): Promise<void> => {
  const now = deps.clock.now();
  for (;;) {
    const entries = await deps.waitlistEntries.listWaiting(eventId, null, BATCH);
    if (entries.length === 0) break;
    await deps.unitOfWork.run(async (tx) => {
      // Not one that has been made an offer since: that stays good.
      for (const { id } of entries)
        await deps.waitlistEntries.markCancelled(tx, id, 'event_over', now, 'waiting');
    });
  }
  for (let open = withOffers; open; ) {
    const offers = await deps.waitlistOffers.listOpen(eventId, BATCH);
    open = offers.length > 0;
    for (const offer of offers)
      await deps.unitOfWork.run(async (tx) => {
        await deps.waitlistEntries.markCancelled(tx, offer.entryId, 'event_over', now);
        await endOffer(deps, tx, offer, 'withdrawn');
      });
  }
  await returnUnits(deps, eventId);
};

/** Everything that the list has is on sale again. */
export const returnUnits = async (
  { unitOfWork, claims, outbox, clock }: Pick<SaleDeps, 'unitOfWork' | 'claims' | 'outbox' | 'clock'>,
  eventId: EventId,
): Promise<void> => {
  for (;;) {
    const kept = (await claims.listOwned(eventId, WAITLIST_OWNER)).slice(0, 500);
    if (kept.length === 0) return;
    await unitOfWork.run(async (tx) => {
      const unitIds = kept.map(({ unitId }) => unitId);
      await outbox.add(tx, [await putOnSale({ claims, clock }, tx, eventId, unitIds)]);
    });
  }
};
