import { isOffering, isOverForGood, type OfferingEvent, waitlistOf } from './offer-end.ts';
import type { Waitlist } from './ports.ts';

/**
 * `offering`: whoever is next is offered what comes back. `paused`: only by hand. `not_yet`: the event is not on sale (again). `off`: the
 * event has no list. `over`: nothing is offered any more.
 */
export const WAITLIST_STATES = ['offering', 'paused', 'not_yet', 'off', 'over'] as const;
export type WaitlistState = (typeof WAITLIST_STATES)[number];

export const waitlistState = (
  event: OfferingEvent,
  { pausedAt }: Pick<Waitlist, 'pausedAt'>,
  now: Date,
): WaitlistState => {
  if (isOverForGood(event, now)) return 'over';
  if (!waitlistOf(event).enabled) return 'off';
  if (pausedAt !== null) return 'paused';
  return isOffering(event, now) ? 'offering' : 'not_yet';
};
