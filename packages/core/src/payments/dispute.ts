import type { BookingId, EventId, OrganizationId, PaymentId } from '../shared/ids.ts';
import type { Money } from '../shared/money.ts';

/**
 * `inquiry`: the bank asks, and has taken nothing. `open`: the bank has taken the money back and hears both sides. `won`: it is
 * ours (again), also when an inquiry ended without more. `lost`: it is the buyer's.
 */
export const DISPUTE_STATUSES = ['inquiry', 'open', 'won', 'lost'] as const;
export type DisputeStatus = (typeof DISPUTE_STATUSES)[number];

/** A dispute as the provider tells of it. */
export type ProviderDispute = {
  readonly id: string;
  readonly intentId: string | null;
  readonly status: DisputeStatus;
  readonly amount: Money;
  /** The bank's reason in the provider's words: `fraudulent`, `product_not_received`, … */
  readonly reason: string;
  /** Until when an answer is heard; null when none is. */
  readonly answerBy: Date | null;
};

/** A buyer's bank takes money back, or asks about it. Voids nothing by itself: the tickets admit until somebody cancels them. */
export type Dispute = Omit<ProviderDispute, 'intentId'> & {
  readonly paymentId: PaymentId;
  readonly bookingId: BookingId;
  readonly eventId: EventId;
  readonly organizationId: OrganizationId;
  readonly openedAt: Date;
  /** When the provider said what stands here: older news changes nothing. */
  readonly toldAt: Date;
};

/** Minor units that are not here because of it. */
export const withheldBy = ({ status, amount }: Pick<Dispute, 'status' | 'amount'>): number =>
  status === 'open' || status === 'lost' ? amount.amount : 0;

export const isClosed = ({ status }: Pick<Dispute, 'status'>): boolean =>
  status === 'won' || status === 'lost';

const ORDER: Readonly<Record<DisputeStatus, number>> = { inquiry: 0, open: 1, won: 2, lost: 2 };

/**
 * Whether what the provider says at `toldAt` is news. Deliveries come twice and out of order, and an appeal opens a lost one again; so it
 * goes by the time at which the provider said it, and within one second (its clock counts no finer) by how far the dispute has got.
 */
export const isNews = (
  known: Pick<Dispute, 'status' | 'toldAt'>,
  told: { readonly status: DisputeStatus; readonly at: Date },
): boolean => {
  const later = told.at.getTime() - known.toldAt.getTime();
  return later > 0 || (later === 0 && ORDER[told.status] > ORDER[known.status]);
};
