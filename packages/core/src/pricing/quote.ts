import type { Event } from '../events/event.ts';
import type { TicketTypeId } from '../shared/ids.ts';

/**
 * The frozen prices of a hold: for each price category held, what each ticket type costs. Which type each unit gets is said
 * at checkout. Honoured until the hold ends, whatever happens to the event's prices.
 */
export type Quote = {
  readonly currency: string;
  readonly prices: readonly {
    readonly priceCategory: string;
    readonly ticketTypeId: TicketTypeId;
    readonly name: string;
    /** Minor units. */
    readonly amount: number;
  }[];
};

/** Freezes today's prices of all ticket types for these price categories. */
export const quoteFor = (event: Event, priceCategories: ReadonlySet<string>): Quote => ({
  currency: event.currency,
  prices: event.ticketTypes.flatMap((type) =>
    Object.entries(type.prices)
      .filter(([category]) => priceCategories.has(category))
      .map(([priceCategory, amount]) => ({ priceCategory, ticketTypeId: type.id, name: type.name, amount })),
  ),
});
