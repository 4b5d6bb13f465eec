import type { JobPayload } from '../jobs.ts';
import type { BookingId } from '../shared/ids.ts';
import type { Tx } from '../shared/unit-of-work.ts';
import { confirmBookings } from './confirm-bookings.ts';
import { type FinalizeOneDeps, type FinalizeOutcome, finalizeOne } from './finalize-one.ts';
import { readFinalizeState } from './finalize-state.ts';

export type FinalizeBookingsDeps = FinalizeOneDeps;

/** A row of job `booking.finalize` in the caller's hands. */
export type FinalizeRow = {
  readonly payload: JobPayload<'booking.finalize'>;
  /** Finishes the row as part of the transaction that has its effect; throws when the lease is lost. */
  readonly complete: (tx: Tx) => Promise<void>;
};

/** Finishes many rows at once: a round trip for each would be most of what a batch costs. Throws when one lease is lost. */
export type CompleteAll<R extends FinalizeRow> = (tx: Tx, rows: readonly R[]) => Promise<void>;

const oneByOne: CompleteAll<FinalizeRow> = async (tx, rows) => {
  for (const row of rows) await row.complete(tx);
};

export type FinalizeReport<R extends FinalizeRow> =
  | { readonly row: R; readonly outcome: FinalizeOutcome }
  | { readonly row: R; readonly error: unknown };

/**
 * Confirms bookings whose money has come (or that are free). Up to 100 rows share one transaction, which costs little more
 * than one row's; what is not simply "confirm", and everything if the batch aborts, runs alone, so that one bad row holds
 * up nobody. A row is finished in the transaction of its effect: killed anywhere, the row comes back and finds either
 * nothing done or all of it. A report with `error` means: this row was not finished, try it again.
 *
 * Budget: eleven round trips to Mongo for a batch of bookings as for one, none to Redis.
 */
export const finalizeBookings = async <R extends FinalizeRow>(
  deps: FinalizeBookingsDeps,
  rows: readonly R[],
  completeAll: CompleteAll<R> = oneByOne,
): Promise<FinalizeReport<R>[]> => {
  const together =
    rows.length > 1 ? await confirmTogether(deps, rows, completeAll) : new Map<R, FinalizeOutcome>();
  const reports: FinalizeReport<R>[] = [];
  for (const row of rows) {
    const outcome = together.get(row);
    reports.push(outcome === undefined ? await alone(deps, row) : { row, outcome });
  }
  return reports;
};

/** What could be done in one go; nothing when that transaction aborts. */
const confirmTogether = async <R extends FinalizeRow>(
  deps: FinalizeBookingsDeps,
  rows: readonly R[],
  completeAll: CompleteAll<R>,
): Promise<ReadonlyMap<R, FinalizeOutcome>> => {
  const batch = firstOfEachBooking(rows);
  try {
    return await deps.unitOfWork.run(async (tx) => {
      const state = await readFinalizeState(
        deps,
        tx,
        batch.map(({ payload }) => payload),
      );
      const outcomes = new Map<R, FinalizeOutcome>();
      for (const row of batch) {
        const decision = state.get(row.payload.bookingId)?.decision ?? 'nothing';
        if (decision === 'confirm') outcomes.set(row, 'confirmed');
        if (decision === 'nothing') outcomes.set(row, 'nothing');
      }
      await confirmBookings(
        deps,
        tx,
        [...state.values()].filter(({ decision }) => decision === 'confirm'),
      );
      await completeAll(tx, [...outcomes.keys()]);
      return outcomes;
    });
  } catch {
    // Whatever it was, each row alone meets it again, and reports it if it is its own.
    return new Map();
  }
};

const firstOfEachBooking = <R extends FinalizeRow>(rows: readonly R[]): R[] => {
  const first = new Map<BookingId, R>();
  for (const row of rows) if (!first.has(row.payload.bookingId)) first.set(row.payload.bookingId, row);
  return [...first.values()];
};

const alone = async <R extends FinalizeRow>(
  deps: FinalizeBookingsDeps,
  row: R,
): Promise<FinalizeReport<R>> => {
  try {
    return { row, outcome: await finalizeOne(deps, row.payload, row.complete) };
  } catch (error) {
    return { row, error };
  }
};
