import { z } from 'zod';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../shared/clock.ts';

/** `offer`: whoever's turn it is gets an offer to accept. `assign`: gets the booking at once. */
export const WAITLIST_MODES = ['offer', 'assign'] as const;
export type WaitlistMode = (typeof WAITLIST_MODES)[number];

/** How an event's waitlist works. Absent from an event: DEFAULT_WAITLIST. */
export type WaitlistSettings = {
  readonly enabled: boolean;
  /** How long an offer lasts, unless the start is near (offer-end.ts). */
  readonly offerMs: number;
  readonly mode: WaitlistMode;
};

export const DEFAULT_WAITLIST: WaitlistSettings = { enabled: true, offerMs: 12 * HOUR_MS, mode: 'offer' };

export const MIN_OFFER_MS = 10 * MINUTE_MS;
export const MAX_OFFER_MS = 7 * DAY_MS;

/** What an organizer says about it; what is left out is as by default. */
export const waitlistSettingsSchema = z.object({
  enabled: z.boolean().default(DEFAULT_WAITLIST.enabled),
  offerMs: z.int().min(MIN_OFFER_MS).max(MAX_OFFER_MS).default(DEFAULT_WAITLIST.offerMs),
  mode: z.enum(WAITLIST_MODES).default(DEFAULT_WAITLIST.mode),
});
