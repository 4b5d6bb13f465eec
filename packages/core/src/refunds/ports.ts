import type { BookingId, EventId, RefundId, UserId } from '../shared/ids.ts';
import type { Tx } from '../shared/unit-of-work.ts';
import type { Refund, RefundReason, RefundStatus } from './refund.ts';

export type RefundSum = {
  readonly status: RefundStatus;
  readonly currency: string;
  /** Minor units. */
  readonly amount: number;
};

/** Refunds in Mongo. Each `mark` is a compare-and-set on the status and answers whether it was this call that moved it. */
export type RefundStore = {
  /** Throws RefundExists when the id, or the provider's id, is in use. */
  readonly insert: (tx: Tx, refund: Refund) => Promise<void>;
  readonly find: (refundId: RefundId, tx?: Tx) => Promise<Refund | null>;
  readonly findByProviderId: (providerId: string) => Promise<Refund | null>;
  readonly listOfBooking: (bookingId: BookingId) => Promise<Refund[]>;
  /** Before the provider is called under a fresh key: says since when that key counts. */
  readonly noteSent: (refundId: RefundId, at: Date, tx?: Tx) => Promise<void>;
  /** requested -> in_transit. */
  readonly markInTransit: (tx: Tx, refundId: RefundId, providerId: string) => Promise<boolean>;
  /** requested | in_transit -> settled. */
  readonly markSettled: (tx: Tx, refundId: RefundId, providerId: string, at: Date) => Promise<boolean>;
  /** requested -> settled for a refund that no provider makes: somebody gave the money back. */
  readonly markPaidBack: (
    tx: Tx,
    refundId: RefundId,
    paidBack: NonNullable<Refund['paidBack']>,
    at: Date,
  ) => Promise<boolean>;
  /** requested | in_transit | settled -> failed. */
  readonly markFailed: (tx: Tx, refundId: RefundId, reason: string, at: Date) => Promise<boolean>;
  /** Those of the booking were nobody's account's and are this one's. */
  readonly markAdopted: (tx: Tx, bookingId: BookingId, userId: UserId) => Promise<void>;
  /** What refunds of one reason come to, by status and currency. */
  readonly sumsOfEvent: (eventId: EventId, reason: RefundReason) => Promise<RefundSum[]>;
  readonly streamOfEvent: (eventId: EventId) => AsyncIterable<Refund>;
};

/** There is a refund of this id, or of this id at the provider; a repeated request answers with that one. */
export class RefundExists extends Error {
  override readonly name = 'RefundExists';
}
