import type { OwnBooking } from '../bookings/booking.ts';
import type { Hold } from '../holds/hold.ts';
import { type PlaceHoldDeps, placeHold } from '../holds/place-hold.ts';
import type { HoldStore } from '../holds/ports.ts';
import { getAvailability } from '../inventory/get-availability.ts';
import { layoutWith } from '../inventory/layout-with.ts';
import { DomainError, isDomainError } from '../shared/errors.ts';
import type { UserId } from '../shared/ids.ts';
import type { Tx } from '../shared/unit-of-work.ts';
import type { PresentedPass } from '../waiting-room/presented-pass.ts';
import type { BookOrQueueInput } from '../waitlist/book-or-queue-input.ts';
import { draftEntry } from '../waitlist/draft-entry.ts';
import { type EntryView, viewEntries } from '../waitlist/entry-view.ts';
import { linesForWish } from '../waitlist/lines-for-wish.ts';
import { poolsOfWish } from '../waitlist/pool-key.ts';
import { saveEntry } from '../waitlist/save-entry.ts';
import { selectForWish } from '../waitlist/select-for-wish.ts';
import { type BookHoldDeps, bookHold } from './book-hold.ts';
import type { ObtainIntentDeps } from './obtain-intent.ts';
import { openPayment } from './open-payment.ts';
import type { PaymentStep } from './payment-step.ts';
import type { SaleDeps } from './sale-deps.ts';

export type BookOrQueueDeps = BookHoldDeps &
  ObtainIntentDeps &
  Pick<SaleDeps, 'waitlistEntries' | 'waitlistOffers'> &
  Omit<PlaceHoldDeps, 'holds'> & {
    readonly holds: SaleDeps['holds'] & Pick<HoldStore, 'place' | 'find' | 'release'>;
  };

export type BookOrQueueCommand = BookOrQueueInput & {
  readonly userId: UserId;
  readonly presented?: PresentedPass;
};

/** What was booked, what is waited for, and both in a sentence. At least one of them is there. */
export type BookedOrQueued = {
  readonly booking: OwnBooking | null;
  readonly payment: PaymentStep | null;
  readonly entry: EntryView | null;
  readonly message: string;
};

/**
 * Books what there is of a wish and queues the rest, in one transaction: either both are there or neither. With nothing left all of it
 * is queued; with enough nothing is. The entry stays if the booking is not paid. Asked again with the same ids it answers the same.
 * Throws as placeHold, bookHold, draftEntry and saveEntry do; nothing was booked or queued then.
 */
export const bookOrQueue = async (
  deps: BookOrQueueDeps,
  command: BookOrQueueCommand,
): Promise<BookedOrQueued> => {
  const before = await standing(deps, command);
  if (before !== null) return before;
  const { event, layout } = await deps.layouts.refresh(command.eventId);
  // A draft is its organizer's alone.
  if (event.status === 'draft') throw new DomainError('thing.not_found', { thing: 'event' });
  const hold = await holdWhatThereIs(deps, command);
  const rest = command.quantity - (hold?.units.length ?? 0);
  try {
    const whole =
      rest > 0
        ? draftEntry(event, layout, command, { now: deps.clock.now(), place: deps.ids.next('wle') })
        : null;
    const entry = whole === null ? null : { ...whole, quantity: rest };
    const also = async (tx: Tx): Promise<void> => {
      if (entry !== null) await saveEntry(deps, tx, entry);
    };
    if (hold === null) await deps.unitOfWork.run(also);
    else await bookHold(deps, await checkoutOf(deps, command, hold), { also });
  } catch (error) {
    // Whoever is refused keeps no seats from others; the hold ends by itself if Redis fails here.
    if (hold !== null) await deps.holds.release(hold.eventId, hold.id, command.userId).catch(() => undefined);
    throw error;
  }
  const made = await standing(deps, command);
  if (made === null) throw new DomainError('busy.try_again', { retryAfterMs: 250 });
  return made;
};

/** What the call with these ids made; null: nothing yet. */
const standing = async (
  deps: BookOrQueueDeps,
  { eventId, holdId, entryId, userId }: BookOrQueueCommand,
): Promise<BookedOrQueued | null> => {
  const [found, waiting] = [
    await deps.bookings.findByHold(eventId, holdId),
    await deps.waitlistEntries.find(entryId),
  ];
  if (found !== null && found.userId !== userId) throw new DomainError('hold.id_in_use', {});
  if (waiting !== null && waiting.userId !== userId) throw new DomainError('waitlist.id_in_use', {});
  if (found === null && waiting === null) return null;
  const [entry = null] = waiting === null ? [] : await viewEntries(deps, [waiting]);
  if (found === null) return { booking: null, payment: null, entry, message: messageOf(0, entry) };
  const paid = found.paymentId === null ? null : await deps.payments.find(found.paymentId);
  const payment = await openPayment(deps, found, paid);
  const payBy = 'payBy' in payment ? payment.payBy : found.payBy;
  const booking = { ...found, userId, payBy };
  return { booking, payment, entry, message: messageOf(booking.lines.length, entry) };
};

const tickets = (count: number): string => `${count} ticket${count === 1 ? '' : 's'}`;

const messageOf = (booked: number, entry: EntryView | null): string => {
  if (entry === null) return `Booked ${tickets(booked)}.`;
  return booked === 0
    ? `Sold out. ${tickets(entry.quantity)} added to the waitlist.`
    : `Booked ${tickets(booked)}. Remaining ${entry.quantity} added to the waitlist.`;
};

/** Racers for the last seats: what the snapshot had may be gone, so it is looked at again. */
const ATTEMPTS = 3;

/** A hold of as much of the wish as there is; null: nothing. The same hold id again: the hold that stands. */
const holdWhatThereIs = async (deps: BookOrQueueDeps, command: BookOrQueueCommand): Promise<Hold | null> => {
  const { eventId, holdId, userId, wish, quantity, presented } = command;
  const stands = await deps.holds.find(eventId, holdId, userId);
  if (stands !== null) return stands;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const { event, layout } = await deps.layouts.get(eventId);
    const { snapshot } = await getAvailability(deps, { eventId, fresh: true });
    const selections = selectForWish(layout, snapshot, poolsOfWish(event, layout, wish), quantity);
    if (selections.length === 0) return null;
    try {
      return await placeHold(deps, {
        eventId,
        holdId,
        owner: userId,
        selections,
        ...(presented && { presented }),
      });
    } catch (error) {
      if (!isDomainError(error, 'units.short') && !isDomainError(error, 'units.taken')) throw error;
    }
  }
  return null;
};

const checkoutOf = async (
  { layouts }: BookOrQueueDeps,
  { eventId, holdId, userId, buyer, wish }: BookOrQueueCommand,
  hold: Hold,
) => {
  const { layout } = await layoutWith(layouts, hold);
  const units = hold.units.map((unit) => ({
    unitId: unit.unitId,
    priceCategory: layout.poolOf(unit).priceCategory,
  }));
  return { eventId, holdId, userId, buyer, lines: linesForWish(wish, units, hold.quote) };
};
