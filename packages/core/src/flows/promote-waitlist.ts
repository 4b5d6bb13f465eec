import type { EventWithLayout } from '../inventory/ports.ts';
import type { JobPayload } from '../jobs.ts';
import { isDomainError } from '../shared/errors.ts';
import type { EventId } from '../shared/ids.ts';
import { isOffering, isOverForGood, waitlistOf } from '../waitlist/offer-end.ts';
import { type EndWaitlistDeps, endWaitlist, returnUnits } from './end-waitlist.ts';
import { WAITLIST_OWNER } from './free-units.ts';
import { type GatherUnitsDeps, gatherUnits } from './gather-units.ts';
import { type MakeOffersDeps, makeOffers } from './make-offers.ts';
import { returnUnwanted } from './return-unwanted.ts';

export type PromoteWaitlistDeps = GatherUnitsDeps & MakeOffersDeps & EndWaitlistDeps;

/** A turn makes up to 20 offers; what is left after so many is done by the next look. */
const MOST_TURNS = 50;

/**
 * Job `waitlist.promote`, and what the sweep does for every event that somebody waits for: looks at an event's list as it stands and does
 * whatever is to be done. It may run at any time, in many workers at once, and be killed anywhere: each step is one transaction.
 */
export const promoteWaitlist = async (
  deps: PromoteWaitlistDeps,
  { eventId }: JobPayload<'waitlist.promote'>,
): Promise<void> => {
  const known = await eventNow(deps, eventId);
  const now = deps.clock.now();
  // A draft that was deleted is over as well.
  if (known === null || isOverForGood(known.event, now)) {
    const takesPlace = known !== null && known.event.status === 'published';
    await endWaitlist(deps, { eventId, withOffers: !takesPlace });
    return;
  }
  if (!isOffering(known.event, now)) {
    // Switched off: nobody is offered anything, so nothing is kept from the sale. Otherwise the event comes (back) on sale, and the list with it.
    if (!waitlistOf(known.event).enabled) await returnUnits(deps, eventId);
    return;
  }
  if ((await deps.waitlists.find(eventId)).pausedAt !== null) {
    await returnUnwanted(deps, known);
    return;
  }
  await gatherUnits(deps, known);
  if ((await deps.claims.listOwned(eventId, WAITLIST_OWNER)).length === 0) return;
  for (let turn = 0; turn < MOST_TURNS; turn += 1) if ((await makeOffers(deps, known)) === 'done') return;
};

const eventNow = async (
  { layouts }: PromoteWaitlistDeps,
  eventId: EventId,
): Promise<EventWithLayout | null> => {
  try {
    return await layouts.refresh(eventId);
  } catch (error) {
    if (isDomainError(error, 'thing.not_found')) return null;
    throw error;
  }
};
