import type { Booking } from '../bookings/booking.ts';
import { personOf } from '../bookings/person-of.ts';
import type { SaleEvent } from '../bookings/ports.ts';
import { isOver } from '../events/is-over.ts';
import type { JobPayload } from '../jobs.ts';
import type { BookingNotice } from '../notifications/notices/booking-notice.ts';
import { notifyBuyers } from '../notifications/notify-buyers.ts';
import { isDomainError } from '../shared/errors.ts';
import type { Tx } from '../shared/unit-of-work.ts';
import { issueTickets } from '../tickets/issue-tickets.ts';
import { captureOf, movedMeanwhile } from './confirm-bookings.ts';
import { type FinalizeItem, readFinalizeState } from './finalize-state.ts';
import { type PlanRebookingDeps, planRebooking, type Rebooking } from './plan-rebooking.ts';
import { type RefundArrivedDeps, refundArrived } from './refund-arrived.ts';
import { reportLateMoney } from './report-late-money.ts';
import type { SaleDeps } from './sale-deps.ts';
import { tellLateOfPostponement } from './tell-late-of-postponement.ts';

export type SettleLateMoneyDeps = PlanRebookingDeps &
  RefundArrivedDeps &
  Pick<SaleDeps, 'unitOfWork' | 'saleEvents' | 'tickets' | 'changes'>;

export type LateMoneyResult = 'rebooked_same_units' | 'rebooked_other_units' | 'refunded' | 'nothing';

/** Somebody may take the units between the plan and the claim; after so many times the money goes back. */
const MAX_PLANS = 3;

/**
 * Money for a booking that has expired: the same units if they are still free, else others of the same pools, else all of
 * it back; all of it also when the event has begun and is not on sale any more. Decided, recorded on the booking and told to the buyer in one transaction, with the row.
 */
export const settleLateMoney = async (
  deps: SettleLateMoneyDeps,
  {
    bookingId,
    money,
  }: JobPayload<'booking.finalize'> & { readonly money: NonNullable<FinalizeItem['money']> },
  complete: (tx: Tx) => Promise<void>,
): Promise<LateMoneyResult> => {
  for (let tries = 1; ; tries += 1) {
    const booking = await deps.bookings.find(bookingId);
    const plan = booking === null || tries > MAX_PLANS ? null : await planRebooking(deps, booking);
    try {
      return await deps.unitOfWork.run(async (tx) => {
        const item = (await readFinalizeState(deps, tx, [{ bookingId, money }])).get(bookingId);
        if (item === undefined || item.decision === 'nothing') {
          await complete(tx);
          return 'nothing';
        }
        if (item.decision !== 'late') throw movedMeanwhile();
        const event = await deps.saleEvents.find(item.booking.eventId, tx);
        const over = event === null || isOver(event, deps.clock.now());
        const result =
          plan === null || event === null || over
            ? await sendBack(deps, tx, item, over)
            : await rebook(deps, tx, item, plan, event);
        await complete(tx);
        return result;
      });
    } catch (error) {
      if (!isDomainError(error, 'units.taken')) throw error;
    }
  }
};

const sendBack = async (
  deps: SettleLateMoneyDeps,
  tx: Tx,
  item: FinalizeItem,
  eventOver: boolean,
): Promise<LateMoneyResult> => {
  await refundArrived(deps, tx, item, eventOver);
  return 'refunded';
};

const rebook = async (
  deps: SettleLateMoneyDeps,
  tx: Tx,
  item: FinalizeItem,
  { lines, moved }: Rebooking,
  { startsAt }: SaleEvent,
): Promise<LateMoneyResult> => {
  const { id, eventId } = item.booking;
  const person = personOf(item.booking);
  const now = deps.clock.now();
  const outcome = moved.length === 0 ? 'same_units' : 'other_units';
  if (!(await deps.bookings.markRebooked(tx, id, { lines, startsAt }, outcome, now))) throw movedMeanwhile();
  if ((await deps.payments.markCaptured(tx, captureOf(item))) !== 1) throw movedMeanwhile();
  const unitIds = lines.map(({ unitId }) => unitId);
  await deps.claims.insertAll(
    tx,
    unitIds.map((unitId) => ({ eventId, unitId, owner: id, person, claimedAt: now })),
  );
  // Without the limit: it was kept when this was bought, and the money is here.
  if (person !== null) await deps.buyerLimits.raise(tx, eventId, person, unitIds.length, null);
  const booking: Booking = { ...item.booking, lines };
  await deps.tickets.insertAll(tx, issueTickets(booking, now));
  await deps.outbox.add(tx, [
    {
      // Not a mark: the booking may be cancelled before the row is run, and a mark would come after that one's free.
      job: 'inventory.settle_claims',
      payload: { eventId, from: id, unitIds },
      dueAt: now,
      key: `mark:${id}:late`,
    },
  ]);
  await reportLateMoney(deps, tx, booking, outcome, booking.total);
  // These letters carry the tickets, so there is no confirmation besides.
  const notice: BookingNotice =
    moved.length === 0
      ? { kind: 'late_payment_rebooked', bookingId: id }
      : { kind: 'late_payment_moved', bookingId: id, before: moved };
  await notifyBuyers(deps, tx, [{ notice, buyer: booking.buyer }]);
  if (item.eventStatus === 'postponed') await tellLateOfPostponement(deps, tx, booking);
  return outcome === 'same_units' ? 'rebooked_same_units' : 'rebooked_other_units';
};
