import type { JobPayload } from '../jobs.ts';
import type { Tx } from '../shared/unit-of-work.ts';
import { captureOf, confirmBookings } from './confirm-bookings.ts';
import { endBooking } from './end-booking.ts';
import { type FinalizeItem, readFinalizeState } from './finalize-state.ts';
import { openIncident } from './open-incident.ts';
import { refundArrived } from './refund-arrived.ts';
import type { SaleDeps } from './sale-deps.ts';
import { settleLateMoney } from './settle-late-money.ts';

export type FinalizeOneDeps = Pick<
  SaleDeps,
  | 'unitOfWork'
  | 'changes'
  | 'outbox'
  | 'clock'
  | 'ids'
  | 'bookings'
  | 'payments'
  | 'tickets'
  | 'refunds'
  | 'incidents'
  | 'notifications'
  | 'saleEvents'
  | 'claims'
  | 'buyerLimits'
  | 'layouts'
  | 'mirror'
  | 'waitlistEntries'
>;

export type FinalizeOutcome =
  | 'confirmed'
  | 'nothing'
  | 'incident'
  | 'refunded'
  | 'ended'
  | 'rebooked_same_units'
  | 'rebooked_other_units';

/** One booking's finalize, whatever it comes to; `complete` finishes the row in the same transaction. */
export const finalizeOne = async (
  deps: FinalizeOneDeps,
  { bookingId, money }: JobPayload<'booking.finalize'>,
  complete: (tx: Tx) => Promise<void>,
): Promise<FinalizeOutcome> => {
  const outcome = await deps.unitOfWork.run(async (tx) => {
    const item = (await readFinalizeState(deps, tx, [{ bookingId, money }])).get(bookingId);
    const did = item === undefined ? 'nothing' : await act(deps, tx, item);
    if (did !== 'late') await complete(tx);
    return did;
  });
  if (outcome !== 'late') return outcome;
  return money === null ? 'nothing' : settleLateMoney(deps, { bookingId, money }, complete);
};

const act = async (deps: FinalizeOneDeps, tx: Tx, item: FinalizeItem): Promise<FinalizeOutcome | 'late'> => {
  switch (item.decision) {
    case 'confirm':
      await confirmBookings(deps, tx, [item]);
      return 'confirmed';
    case 'nothing':
      return 'nothing';
    case 'mismatch':
      return takeDownMismatch(deps, tx, item);
    case 'unexpected':
      return reportUnexpected(deps, tx, item);
    case 'refund':
      await refundArrived(deps, tx, item);
      return 'refunded';
    case 'late':
      return 'late';
    case 'end_free':
      await deps.bookings.markClosing(tx, item.booking.id, 'event');
      await endBooking(deps, tx, item.booking, 'cancelled');
      return 'ended';
  }
};

/**
 * Money came, but not what the booking costs. It is taken down as it is, nothing is confirmed, and the units stay claimed
 * until an organizer decides (resolveMismatch): the end of the booking leaves it alone from here on, because a captured
 * payment must end in tickets or in a refund.
 */
const takeDownMismatch = async (
  deps: FinalizeOneDeps,
  tx: Tx,
  item: FinalizeItem,
): Promise<FinalizeOutcome> => {
  const { booking, payment, money } = item;
  if (payment === null || money === null) return 'nothing';
  await deps.payments.markCaptured(tx, captureOf(item));
  await openIncident(deps, tx, booking, 'payment_mismatch', `mismatch:${booking.id}`, {
    intentId: money.intentId,
    dueAmount: payment.due.amount,
    dueCurrency: payment.due.currency,
    receivedAmount: money.amount,
    receivedCurrency: money.currency,
  });
  return 'incident';
};

/** Money on an intent that is not the booking's: nobody was given such an intent, so a person must look. */
const reportUnexpected = async (
  deps: FinalizeOneDeps,
  tx: Tx,
  { booking, money }: FinalizeItem,
): Promise<FinalizeOutcome> => {
  if (money === null) return 'nothing';
  await openIncident(deps, tx, booking, 'money_unexpected', `money:${money.intentId}`, {
    intentId: money.intentId,
    amount: money.amount,
    currency: money.currency,
  });
  return 'incident';
};
