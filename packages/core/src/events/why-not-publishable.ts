import { exponentOf } from '../shared/money.ts';
import type { SeatMap } from '../venues/seat-map.ts';
import { type Event, salesWindowOf } from './event.ts';

/** Stripe charges eight digits at most: https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts */
const MAX_CHARGE = 99_999_999;

/** Everything that keeps an event from being published at `at`; empty: nothing. `seatMap` is the pinned one, null for none. */
export const whyNotPublishable = (event: Event, seatMap: SeatMap | null, at: Date): string[] => [
  ...whyNotSellable(event, seatMap),
  ...(event.startsAt.at <= at ? ['it would start in the past'] : []),
  ...(salesWindowOf(event).until <= at ? ['its sale would have ended'] : []),
];

/** The part of it that stays true of an event on sale: what is for sale has prices that can be charged. */
export const whyNotSellable = (event: Event, seatMap: SeatMap | null): string[] => {
  const reasons: string[] = [];
  const seatCategories = new Set((seatMap?.categories ?? []).map(({ name }) => name));
  const inAreas = new Set(event.areas.map((area) => area.priceCategory));
  if (event.ticketTypes.length === 0) reasons.push('it has no ticket types');
  if (event.priceCategories.length === 0) reasons.push('it has no price categories');
  if (seatMap === null && event.areas.length === 0) reasons.push('it has neither a seat map nor areas');
  for (const { key } of event.priceCategories) {
    const name = JSON.stringify(key);
    if (!inAreas.has(key) && !seatCategories.has(key))
      reasons.push(`the price category ${name} is of no area and of no seat of the seat map`);
    if (event.ticketTypes.length > 0 && !event.ticketTypes.some((type) => Object.hasOwn(type.prices, key)))
      reasons.push(`no ticket type has a price for the price category ${name}`);
  }
  const prices = event.ticketTypes.flatMap((type) => Object.values(type.prices));
  if (Math.max(0, ...prices) * event.maxPerBooking > MAX_CHARGE)
    reasons.push(`${event.maxPerBooking} tickets of the highest price are more than can be charged at once`);
  // Stripe: amounts of three-decimal currencies must end in 0. https://docs.stripe.com/currencies#three-decimal
  if (exponentOf(event.currency) === 3 && prices.some((price) => price % 10 !== 0))
    reasons.push(`prices in ${event.currency} must be whole hundredths (end in 0)`);
  return reasons;
};
