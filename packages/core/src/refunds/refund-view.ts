import type { Refund } from './refund.ts';

/** A refund as its payer sees it: nothing of the provider's, and no notes of the organizer. */
export type PayerRefund = Pick<
  Refund,
  'id' | 'bookingId' | 'status' | 'amount' | 'reason' | 'requestedAt' | 'endedAt'
> & {
  /** An organizer gives it back, because an organizer took it. */
  readonly byHand: boolean;
};

/** A refund as the organization sees it: not whether the payer has an account. */
export type OrganizerRefund = Omit<Refund, 'userId'>;

export const forPayer = ({
  id,
  bookingId,
  status,
  amount,
  reason,
  requestedAt,
  endedAt,
  intentId,
}: Refund): PayerRefund => ({
  id,
  bookingId,
  status,
  amount,
  reason,
  requestedAt,
  endedAt,
  byHand: intentId === null,
});

export const forOrganizer = ({ userId: _unused, ...refund }: Refund): OrganizerRefund => refund;
