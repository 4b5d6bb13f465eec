import type { Booking } from '../bookings/booking.ts';
import { RefundExists } from '../refunds/ports.ts';
import type { Refund } from '../refunds/refund.ts';
import { DomainError } from '../shared/errors.ts';
import type { RefundId } from '../shared/ids.ts';
import type { Tx } from '../shared/unit-of-work.ts';
import type { SaleDeps } from './sale-deps.ts';

/** A cancellation as it stands. */
export type Cancelled = {
  readonly booking: Booking;
  /** null: no money went back. */
  readonly refund: Refund | null;
};

/** The cancellation of this id, when it was done before: who asks again because an answer was lost is told how it stands. */
export const cancelledBefore = async (
  { refunds }: Pick<SaleDeps, 'refunds'>,
  tx: Tx,
  booking: Booking,
  id: RefundId,
): Promise<Cancelled | null> =>
  booking.cancellations?.some((before) => before.id === id) === true
    ? { booking, refund: await refunds.find(id, tx) }
    : null;

/** Throws `refund.id_in_use` where `work` meets a refund that is another's. */
export const withOwnRefundId = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    if (error instanceof RefundExists) throw new DomainError('refund.id_in_use', {}, { cause: error });
    throw error;
  }
};
