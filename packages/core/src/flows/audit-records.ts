import type { Booking } from '../bookings/booking.ts';
import type { Claim } from '../inventory/claim.ts';
import type { Dispute } from '../payments/dispute.ts';
import type { Incident } from '../payments/incident.ts';
import type { Payment } from '../payments/payment.ts';
import type { Refund } from '../refunds/refund.ts';
import type { EventId } from '../shared/ids.ts';
import type { Ticket } from '../tickets/ticket.ts';
import type { Offer } from '../waitlist/offer.ts';
import type { SaleDeps } from './sale-deps.ts';

export type AuditDeps = Pick<
  SaleDeps,
  | 'bookings'
  | 'claims'
  | 'tickets'
  | 'payments'
  | 'refunds'
  | 'disputes'
  | 'incidents'
  | 'buyerLimits'
  | 'waitlistOffers'
>;

/** Everything stored about the sale of one event. `bookings` by id, `limits` by person. */
export type AuditRecords = {
  readonly bookings: ReadonlyMap<string, Booking>;
  readonly claims: readonly Claim[];
  readonly tickets: readonly Ticket[];
  readonly payments: readonly Payment[];
  readonly refunds: readonly Refund[];
  readonly disputes: readonly Dispute[];
  readonly incidents: readonly Incident[];
  readonly limits: ReadonlyMap<string, number>;
  readonly offers: readonly Offer[];
};

const all = async <T>(stream: AsyncIterable<T>): Promise<T[]> => {
  const items: T[] = [];
  for await (const item of stream) items.push(item);
  return items;
};

export const readAuditRecords = async (deps: AuditDeps, eventId: EventId): Promise<AuditRecords> => ({
  bookings: new Map((await all(deps.bookings.streamOfEvent(eventId))).map((b) => [b.id, b])),
  claims: await all(deps.claims.streamOfEvent(eventId)),
  tickets: await all(deps.tickets.streamOfEvent(eventId)),
  payments: await all(deps.payments.streamOfEvent(eventId)),
  refunds: await all(deps.refunds.streamOfEvent(eventId)),
  disputes: await all(deps.disputes.streamOfEvent(eventId)),
  incidents: await all(deps.incidents.streamOfEvent(eventId)),
  offers: await all(deps.waitlistOffers.streamOfEvent(eventId)),
  limits: new Map(
    (await all(deps.buyerLimits.streamOfEvent(eventId))).map(({ person, count }) => [person, count]),
  ),
});
