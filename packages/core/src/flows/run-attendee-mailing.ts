import { hasEnded, type ImportMailing, LETTER_EVERY_MS } from '../attendees/attendee-import.ts';
import type { AttendeeImportStore } from '../attendees/ports.ts';
import { type Booking, linesLeft } from '../bookings/booking.ts';
import type { BookingStore } from '../bookings/ports.ts';
import type { JobPayload } from '../jobs.ts';
import { type NotifyDeps, notifyAll } from '../notifications/notify.ts';
import { addMs } from '../shared/clock.ts';
import type { AttendeeImportId } from '../shared/ids.ts';
import type { UnitOfWork } from '../shared/unit-of-work.ts';
import { movedMeanwhile } from './confirm-bookings.ts';
import { done, type JobResult, retryLater } from './job-result.ts';

export type RunAttendeeMailingDeps = NotifyDeps & {
  readonly unitOfWork: UnitOfWork;
  readonly imports: Pick<AttendeeImportStore, 'find' | 'noteMailed' | 'markMailed'>;
  readonly bookings: Pick<BookingStore, 'listOfImport'>;
  /** Whether buyers who have paid are waiting for their tickets right now. */
  readonly buyersWait: () => Promise<boolean>;
};

/** Letters of one transaction. */
const BATCH = 50;
/** After so many the job comes back, so that a worker that stops need not wait for long. */
const BATCHES_A_TURN = 10;
const STEP_ASIDE_MS = 500;
/** When it looks again whether the list has been sold. */
const STILL_SOLD_MS = 1_000;
/** One that is stopped waits for a person. */
const STOPPED_MS = 60_000;

/**
 * Job `attendees.run_mailing`: letters for the bookings of a list that has ended, in its order. How far it is moves in the transaction that
 * adds the letters, by compare-and-set; so wherever a worker dies, or two work at once, whoever comes next goes on after the last
 * letter. A list that is stopped has not ended: it is looked at again until somebody goes on with it, or cancels it. A booking has one confirmation whatever happens, by the unique index of notifications: also one that was sent long before.
 * What was given up meanwhile, and whoever left no address, is passed over.
 */
export const runAttendeeMailing = async (
  deps: RunAttendeeMailingDeps,
  { importId }: JobPayload<'attendees.run_mailing'>,
  signal?: AbortSignal,
): Promise<JobResult> => {
  for (let batch = 0; batch < BATCHES_A_TURN; batch += 1) {
    if (signal?.aborted === true) return retryLater('the row is in other hands', 0);
    const list = await deps.imports.find(importId);
    if (list?.mailing === undefined || list.mailing.endedAt !== null) return done;
    // Until then bookings may still be added, in the midst of the order.
    if (list.status === 'stopped') return retryLater('the list is stopped', STOPPED_MS);
    if (!hasEnded(list)) return retryLater('the list is still being sold', STILL_SOLD_MS);
    if (!(await mailNext(deps, importId, list.mailing))) return done;
    if (await deps.buyersWait()) return retryLater('buyers who have paid go first', STEP_ASIDE_MS);
  }
  return retryLater('more attendees are to be mailed', 0);
};

const isMailed = (booking: Booking): boolean =>
  booking.status === 'confirmed' && booking.buyer.email !== null && linesLeft(booking).length > 0;

/** false: there was nobody left. */
const mailNext = async (
  deps: RunAttendeeMailingDeps,
  importId: AttendeeImportId,
  { seen, letters }: ImportMailing,
): Promise<boolean> => {
  const now = deps.clock.now();
  const bookings = await deps.bookings.listOfImport(importId, seen, BATCH);
  if (bookings.length === 0) {
    await deps.imports.markMailed(importId, now);
    return false;
  }
  const mailed = bookings.filter(isMailed);
  await deps.unitOfWork.run(async (tx) => {
    const more = { seen: bookings.length, letters: mailed.length };
    if (!(await deps.imports.noteMailed(tx, importId, seen, more))) throw movedMeanwhile();
    await notifyAll(
      deps,
      tx,
      mailed.map(({ id: bookingId }) => ({ kind: 'booking_confirmed', bookingId })),
      'email',
      addMs(now, letters * LETTER_EVERY_MS),
    );
  });
  return true;
};
