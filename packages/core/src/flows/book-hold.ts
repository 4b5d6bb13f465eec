import type { Booking } from '../bookings/booking.ts';
import type { CheckoutInput } from '../bookings/checkout-input.ts';
import { BookingExists } from '../bookings/ports.ts';
import type { Hold } from '../holds/hold.ts';
import type { HoldStore } from '../holds/ports.ts';
import type { Payment } from '../payments/payment.ts';
import { DomainError, isDomainError } from '../shared/errors.ts';
import type { UserId } from '../shared/ids.ts';
import { unreachable } from '../shared/state-machine.ts';
import { turnRefusal } from '../waiting-room/turn-refusal.ts';
import { correctMirror } from './correct-mirror.ts';
import { draftBooking } from './draft-booking.ts';
import type { SaleDeps } from './sale-deps.ts';
import { type HowSaved, paymentOf, saveBooking } from './save-booking.ts';

export type BookHoldDeps = Pick<
  SaleDeps,
  | 'unitOfWork'
  | 'outbox'
  | 'clock'
  | 'ids'
  | 'holds'
  | 'mirror'
  | 'layouts'
  | 'venues'
  | 'saleEvents'
  | 'bookings'
  | 'references'
  | 'referenceSource'
  | 'claims'
  | 'buyerLimits'
  | 'users'
  | 'personKeys'
  | 'payments'
>;

export type BookHoldCommand = CheckoutInput & { readonly userId: UserId };

type Refused = Exclude<Awaited<ReturnType<HoldStore['beginConversion']>>, { outcome: 'converting' }>;

/**
 * Turns a hold into a booking, once: asked again (a lost answer, two clicks) it gives the same booking, to its own account
 * only. What a crash leaves behind at each line:
 * after `beginConversion` the hold falls back to `active` within 60 s; inside the transaction nothing happened; after it
 * the outbox row `mark` tells Redis, and the booking is found by its hold.
 * Throws `hold.gone`, `hold.converting`, `hold.limit`, `room.pass_used`, `sale.closed`, `units.taken`, `checkout.*`, `inventory.rebuilding`,
 * `busy.try_again`, `deadline.passed` (ask again: it may have been booked).
 */
export const bookHold = async (
  deps: BookHoldDeps,
  command: BookHoldCommand,
  how: Pick<HowSaved, 'also'> = {},
): Promise<{ readonly booking: Booking; readonly payment: Payment | null }> => {
  // The booking's id also fences the conversion: nobody else knows it.
  const bookingId = deps.ids.next('bkg');
  const begun = await begin(deps, command, bookingId);
  if (begun.outcome !== 'converting')
    return withPayment(deps, (await findOwnByHold(deps, command)) ?? refuse(begun));
  const { hold } = begun;
  try {
    const draft = await draftBooking(deps, command, hold, bookingId);
    const booking = await committed(deps, command, () => saveBooking(deps, draft, hold, how));
    await complete(deps, command, bookingId, booking, hold);
    // Just made: its payment is as it was written, and needs no read.
    return booking.id === bookingId ? { booking, payment: paymentOf(booking) } : withPayment(deps, booking);
  } catch (error) {
    await abort(deps, command, bookingId, isDomainError(error, 'room.pass_used'));
    if (!isDomainError(error, 'units.taken') && !isDomainError(error, 'busy.try_again')) throw error;
    // Write conflicts that outlast every try mean the same as a duplicate key: somebody else was faster.
    const taken = await correctMirror(deps, command.eventId, hold.units).catch(() => []);
    throw taken.length === 0 ? error : new DomainError('units.taken', { unitIds: taken }, { cause: error });
  }
};

const withPayment = async ({ payments }: BookHoldDeps, booking: Booking) => ({
  booking,
  payment: booking.paymentId === null ? null : await payments.find(booking.paymentId),
});

/** When the answer is lost nobody knows whether the hold is converting: then it is given back, so as not to wait for 60 s. */
const begin = async (deps: BookHoldDeps, command: BookHoldCommand, token: string) => {
  try {
    return await deps.holds.beginConversion(command.eventId, command.holdId, command.userId, token);
  } catch (error) {
    await abort(deps, command, token);
    throw error;
  }
};

const isOver = ({ status }: Booking): boolean => status === 'expired' || status === 'cancelled';

/** Runs the save; where it is not known whether it happened, or it happened before, answers with what is stored. */
const committed = async (
  deps: BookHoldDeps,
  command: BookHoldCommand,
  save: () => Promise<Booking>,
): Promise<Booking> => {
  try {
    return await save();
  } catch (error) {
    // A hold that was booked before is refused for its turn as well as for itself.
    const perhaps = isDomainError(error, 'deadline.passed') || isDomainError(error, 'room.pass_used');
    if (isDomainError(error) && !perhaps) throw error;
    const stored = await findOwnByHold(deps, command);
    if (stored !== null) return stored;
    throw error instanceof BookingExists ? new DomainError('hold.gone', {}, { cause: error }) : error;
  }
};

const findOwnByHold = async (
  { bookings }: BookHoldDeps,
  { eventId, holdId, userId }: BookHoldCommand,
): Promise<Booking | null> => {
  const booking = await bookings.findByHold(eventId, holdId);
  return booking?.userId === userId ? booking : null;
};

/**
 * Only what the booking has is marked as its own. A hold id that was used again may stand for other units than the booking
 * it made the first time: these are free again, because such a hold can never be booked; so is all of a booking that is over.
 * Redis may fail here: the booking stands, and its `mark` row tells Redis the same.
 */
const complete = async (
  { holds }: BookHoldDeps,
  { eventId, holdId, userId }: BookHoldCommand,
  token: string,
  booking: Booking,
  hold: Hold,
): Promise<void> => {
  const own = new Set(isOver(booking) ? [] : booking.lines.map(({ unitId }) => unitId));
  const units = hold.units.filter(({ unitId }) => own.has(unitId));
  await holds
    .completeConversion(eventId, holdId, token, booking.id, userId, units, booking.turn)
    .catch(() => undefined);
};

/** Redis may fail here: the conversion falls back to `active` by itself after 60 s. */
const abort = async (
  { holds }: BookHoldDeps,
  { eventId, holdId }: BookHoldCommand,
  token: string,
  turnSpent = false,
): Promise<void> => {
  await holds.abortConversion(eventId, holdId, token, turnSpent).catch(() => undefined);
};

const refuse = (refused: Refused): never => {
  switch (refused.outcome) {
    case 'gone':
      throw new DomainError('hold.gone', {});
    case 'cold':
      throw new DomainError('inventory.rebuilding', { retryAfterMs: 1_000 });
    case 'held_by_other_checkout':
      throw new DomainError('hold.converting', {});
    case 'used':
      throw turnRefusal('used', null);
    case 'not_on_sale':
      throw new DomainError('sale.closed', { reason: refused.reason });
    default:
      return unreachable(refused);
  }
};
