import type { Event } from '../events/event.ts';
import type { EventLayout } from '../inventory/layout.ts';
import { DomainError } from '../shared/errors.ts';
import type { UserId } from '../shared/ids.ts';
import type { WaitlistEntry } from './entry.ts';
import { poolKey, poolsOfWish } from './pool-key.ts';
import { refuseNotOffering } from './refuse-not-offering.ts';
import type { JoinWaitlistInput } from './waitlist-input.ts';

/**
 * The entry that this wish makes, if it may be waited for: the event is on sale, its list is in use, and no person may buy fewer. Throws
 * `thing.not_found`, `sale.closed`, `waitlist.closed`, `hold.too_many`, and `input.invalid` for a wish that nothing of this event fits.
 */
export const draftEntry = (
  event: Event,
  layout: EventLayout,
  { entryId, wish, quantity, partWelcome, buyer, userId }: JoinWaitlistInput & { readonly userId: UserId },
  { now, place }: { readonly now: Date; readonly place: WaitlistEntry['place'] },
): WaitlistEntry => {
  // A draft is its organizer's alone.
  if (event.status === 'draft') throw new DomainError('thing.not_found', { thing: 'event' });
  refuseNotOffering(event, now);
  const limit = Math.min(event.maxPerBooking, event.maxPerPerson);
  if (quantity > limit) throw new DomainError('hold.too_many', { limit });
  const pools = poolsOfWish(event, layout, wish);
  if (pools.length === 0)
    throw new DomainError('input.invalid', {
      issues: [{ path: 'wish', message: 'fits nothing that is sold at this event' }],
    });
  return {
    id: entryId,
    place,
    eventId: event.id,
    organizationId: event.organizationId,
    userId,
    status: 'waiting',
    wish,
    pools: pools.map(poolKey),
    quantity,
    partWelcome,
    buyer,
    offerId: null,
    skips: 0,
    endReason: null,
    revision: 1,
    createdAt: now,
    endedAt: null,
  };
};
