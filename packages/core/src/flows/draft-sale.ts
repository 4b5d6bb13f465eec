import type { Booking, Buyer } from '../bookings/booking.ts';
import type { Settlement } from '../bookings/box-office-input.ts';
import type { CheckoutInput } from '../bookings/checkout-input.ts';
import type { OrganizerSale } from '../bookings/organizer-sale.ts';
import type { Hold } from '../holds/hold.ts';
import { ownEvent } from '../inventory/own-event.ts';
import type { Payment } from '../payments/payment.ts';
import { DomainError } from '../shared/errors.ts';
import type { OrganizationId } from '../shared/ids.ts';
import { type BookingDraft, draftBooking } from './draft-booking.ts';
import type { SaleDeps } from './sale-deps.ts';
import { paymentOf } from './save-booking.ts';

export type DraftSaleDeps = Pick<SaleDeps, 'layouts' | 'venues' | 'clock' | 'ids'>;

/** What an organizer sells to whom. */
export type SaleOrder = Pick<CheckoutInput, 'eventId' | 'lines'> &
  Pick<OrganizerSale, 'soldBy' | 'note' | 'limitOverride' | 'from'> & {
    readonly organizationId: OrganizationId;
    readonly channel: 'box_office' | 'phone';
    readonly accountNotTheirs: boolean;
    readonly buyer: Pick<Buyer, 'name' | 'email' | 'phone'>;
    readonly settlement: Settlement;
    /** When the tickets are mailed; null: they are not. */
    readonly mailAt: Date | null;
  };

/**
 * A sale ready to be written: confirmed, and its money taken. When it is saved the reference is drawn, and it is seen whose it is by the
 * buyer's address; until then it is nobody's.
 */
export type SaleDraft = {
  readonly booking: BookingDraft & { readonly sale: OrganizerSale };
  readonly payment: (booking: Booking) => Payment | null;
  readonly mailAt: Date | null;
};

/**
 * The booking and the payment that an organizer's sale of this hold makes. Reads only. Throws as draftBooking does, and
 * `hold.too_many` above the event's limit per booking.
 */
export const draftSale = async (deps: DraftSaleDeps, order: SaleOrder, hold: Hold): Promise<SaleDraft> => {
  const { event } = await ownEvent(deps.layouts, order);
  if (order.limitOverride === null && hold.units.length > event.maxPerBooking)
    throw new DomainError('hold.too_many', { limit: event.maxPerBooking });
  const { settlement } = order;
  const free = settlement.kind === 'complimentary';
  const draft = await draftBooking(
    deps,
    {
      eventId: order.eventId,
      holdId: hold.id,
      lines: order.lines,
      userId: null,
      buyer: { ...order.buyer, statistics: null },
    },
    free ? withoutPrices(hold) : hold,
    deps.ids.next('bkg'),
  );
  const sale: OrganizerSale = {
    channel: free ? 'complimentary' : order.channel,
    soldBy: order.soldBy,
    person: null,
    note: order.note,
    reason: free ? settlement.reason : null,
    limitOverride: order.limitOverride,
    from: order.from,
    ...(order.accountNotTheirs && { accountNotTheirs: true }),
  };
  return {
    booking: { ...draft, status: 'confirmed', payBy: null, confirmedAt: draft.createdAt, sale },
    payment: (booking) => (free ? null : takenFor(booking, settlement.method, order.soldBy)),
    mailAt: order.buyer.email === null ? null : order.mailAt,
  };
};

/** A gift is no revenue: its lines cost nothing, of whatever type they are. */
const withoutPrices = (hold: Hold): Hold => ({
  ...hold,
  quote: { ...hold.quote, prices: hold.quote.prices.map((price) => ({ ...price, amount: 0 })) },
});

/** Captured from the start and sealed: no intent is ever made for it. null: there was nothing to pay. */
const takenFor = (
  booking: Booking,
  method: NonNullable<Payment['offline']>['method'],
  takenBy: OrganizerSale['soldBy'],
): Payment | null => {
  const payment = paymentOf(booking);
  return payment === null
    ? null
    : {
        ...payment,
        status: 'captured',
        sealed: true,
        captured: booking.total.amount,
        capturedCurrency: booking.total.currency,
        capturedAt: booking.createdAt,
        offline: { method, takenBy },
      };
};
