import type { LineChoice } from '../bookings/booking-lines.ts';
import type { Quote } from '../pricing/quote.ts';
import { DomainError } from '../shared/errors.ts';
import type { Wish } from './entry.ts';
import type { OfferedUnit } from './offer.ts';

/** A ticket type for each unit where nobody is asked: the one wished for, else the first that is sold for the unit, in the organizer's order. */
export const linesForWish = (
  { ticketTypeId }: Wish,
  units: readonly Pick<OfferedUnit, 'unitId' | 'priceCategory'>[],
  { prices }: Quote,
): LineChoice[] =>
  units.map(({ unitId, priceCategory }) => {
    const sold = prices.filter((price) => price.priceCategory === priceCategory);
    const type = sold.find((price) => price.ticketTypeId === ticketTypeId) ?? sold[0];
    if (type === undefined) throw new DomainError('units.unknown', { unitIds: [unitId] });
    return { unitId, ticketTypeId: type.ticketTypeId, attendeeName: null };
  });
