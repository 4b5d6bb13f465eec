import type { Hold } from '../holds/hold.ts';
import type { UnitId } from '../inventory/unit.ts';
import { DomainError } from '../shared/errors.ts';
import type { TicketId, TicketTypeId } from '../shared/ids.ts';
import type { BookingLine } from './booking.ts';

/** What a buyer says of one held unit. */
export type LineChoice = {
  readonly unitId: UnitId;
  readonly ticketTypeId: TicketTypeId;
  readonly attendeeName: string | null;
};

/** What the layout knows of a held unit. */
export type UnitFacts = { readonly label: string; readonly priceCategory: string };

/**
 * The lines of a booking: exactly the held units, each at the price that the hold froze. Throws `units.taken` for a unit
 * that left the hold, `checkout.lines_mismatch` for one too few, too many or twice, and `checkout.wrong_ticket_type`.
 */
export const bookingLines = (
  hold: Hold,
  choices: readonly LineChoice[],
  factsOf: (unitId: UnitId) => UnitFacts,
  mintTicketId: () => TicketId,
): BookingLine[] => {
  const chosen = new Map(choices.map((choice) => [choice.unitId, choice]));
  const lost = hold.lost.filter((unitId) => chosen.has(unitId));
  if (lost.length > 0) throw new DomainError('units.taken', { unitIds: lost });

  const held = new Set(hold.units.map(({ unitId }) => unitId));
  const missing = [...held].filter((unitId) => !chosen.has(unitId));
  const extra = choices
    .filter((choice) => !held.has(choice.unitId) || chosen.get(choice.unitId) !== choice)
    .map(({ unitId }) => unitId);
  if (missing.length > 0 || extra.length > 0)
    throw new DomainError('checkout.lines_mismatch', { missing, extra });

  return choices.map(({ unitId, ticketTypeId, attendeeName }) => {
    const { label, priceCategory } = factsOf(unitId);
    const price = hold.quote.prices.find(
      (entry) => entry.priceCategory === priceCategory && entry.ticketTypeId === ticketTypeId,
    );
    if (price === undefined) throw new DomainError('checkout.wrong_ticket_type', { unitId, ticketTypeId });
    return {
      unitId,
      label,
      priceCategory,
      ticketTypeId,
      ticketTypeName: price.name,
      amount: price.amount,
      attendeeName,
      ticketId: mintTicketId(),
    };
  });
};
