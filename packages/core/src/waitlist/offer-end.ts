import type { EventStatus, EventTime } from '../events/event.ts';
import { DEFAULT_WAITLIST, MIN_OFFER_MS, type WaitlistSettings } from '../events/waitlist-settings.ts';
import { addMs } from '../shared/clock.ts';

/** What decides about offers; whole events have it, and so has what a sale reads of them. */
export type OfferingEvent = {
  readonly status: EventStatus;
  readonly startsAt: Pick<EventTime, 'at'>;
  readonly salesStartAt: Date | null;
  readonly salesEndAt: Date | null;
  readonly waitlist?: WaitlistSettings | undefined;
};

/** An offer takes at most this part of the time that is left, so that there is time for others after it. */
const SHARE = 4;

export const waitlistOf = ({ waitlist }: Pick<OfferingEvent, 'waitlist'>): WaitlistSettings =>
  waitlist ?? DEFAULT_WAITLIST;

/** No offer is answered after this, also when the event was moved forward meanwhile: the end of the sale, or the start. */
export const answersUntil = ({
  startsAt,
  salesEndAt,
}: Pick<OfferingEvent, 'startsAt' | 'salesEndAt'>): Date =>
  salesEndAt !== null && salesEndAt < startsAt.at ? salesEndAt : startsAt.at;

/** From here on nothing is offered any more: a quarter of what is left would be too short to answer in. */
export const lastOfferAt = (event: OfferingEvent): Date => addMs(answersUntil(event), -SHARE * MIN_OFFER_MS);

const saleHasBegun = ({ salesStartAt }: OfferingEvent, now: Date): boolean =>
  salesStartAt === null || salesStartAt <= now;

/** The list is in use now: the event is on sale and there is time to answer. */
export const isOffering = (event: OfferingEvent, now: Date): boolean =>
  event.status === 'published' &&
  waitlistOf(event).enabled &&
  saleHasBegun(event, now) &&
  now <= lastOfferAt(event);

/** Nothing will be offered any more, whatever happens: the entries are over. A draft or postponed event may come (back) on sale. */
export const isOverForGood = (event: OfferingEvent, now: Date): boolean =>
  event.status === 'cancelled' ||
  event.status === 'completed' ||
  (event.status === 'published' && now > lastOfferAt(event));

/** What comes back is kept for those who wait, also while the event is postponed: it is offered when the sale goes on. */
export const keepsUnits = (event: OfferingEvent, now: Date): boolean =>
  waitlistOf(event).enabled && !isOverForGood(event, now);

/**
 * When an offer made now ends: after the event's `offerMs`, and at the latest when a quarter of the time until the end of the sale
 * (or the start) is over; never within less than 10 minutes. null: nothing is offered now.
 */
export const offerEnd = (event: OfferingEvent, now: Date): Date | null => {
  if (!isOffering(event, now)) return null;
  const left = answersUntil(event).getTime() - now.getTime();
  return addMs(now, Math.min(waitlistOf(event).offerMs, Math.floor(left / SHARE)));
};
