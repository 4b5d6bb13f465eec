import { getEvent } from '../events/get-event.ts';
import type { EventStore } from '../events/ports.ts';
import type { WaitlistSettings } from '../events/waitlist-settings.ts';
import { ownerKey } from '../inventory/claim.ts';
import type { ClaimStore } from '../inventory/ports.ts';
import type { Clock } from '../shared/clock.ts';
import type { WaitlistRef } from './desk-input.ts';
import { waitlistOf } from './offer-end.ts';
import type {
  EntryCounts,
  OfferStore,
  OpenOfferCounts,
  Waitlist,
  WaitlistEntryStore,
  WaitlistStore,
} from './ports.ts';
import { type WaitlistState, waitlistState } from './waitlist-state.ts';

export type GetWaitlistDeps = {
  readonly clock: Clock;
  readonly events: Pick<EventStore, 'findOwn'>;
  readonly claims: Pick<ClaimStore, 'listOwned'>;
  readonly waitlists: Pick<WaitlistStore, 'find'>;
  readonly waitlistEntries: Pick<WaitlistEntryStore, 'countOfEvent'>;
  readonly waitlistOffers: Pick<OfferStore, 'countOpen'>;
};

/** How an event's list stands. Figures only. */
export type WaitlistSummary = Waitlist &
  EntryCounts &
  Pick<WaitlistSettings, 'mode' | 'offerMs'> & {
    readonly state: WaitlistState;
    readonly offers: OpenOfferCounts;
    /** Units that the list has and nobody is offered: kept for a larger party, or until the list is resumed. */
    readonly unitsKept: number;
  };

/** Throws `thing.not_found`. */
export const getWaitlist = async (deps: GetWaitlistDeps, ref: WaitlistRef): Promise<WaitlistSummary> => {
  const { eventId } = ref;
  const event = await getEvent(deps, ref);
  const [list, counts, offers, kept] = await Promise.all([
    deps.waitlists.find(eventId),
    deps.waitlistEntries.countOfEvent(eventId),
    deps.waitlistOffers.countOpen(eventId),
    deps.claims.listOwned(eventId, ownerKey({ kind: 'waitlist' })),
  ]);
  const { mode, offerMs } = waitlistOf(event);
  const state = waitlistState(event, list, deps.clock.now());
  return { ...list, ...counts, state, mode, offerMs, offers, unitsKept: kept.length };
};
