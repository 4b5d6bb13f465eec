import { type FinalizeBookingsDeps, finalizeBookings } from '@eventhorizon/core/flows/finalize-bookings';
import { isLeaseLost, resultOfError } from './runtime/decide.ts';
import type { BatchHandler, BatchItemResult } from './runtime/drain-batch.ts';
import type { Log, WorkQueue } from './runtime/ports.ts';

/** Rows of `booking.finalize` as one call of the use case, which completes each row in the transaction of its effect. */
export const createFinalize =
  (
    deps: FinalizeBookingsDeps,
    queue: Pick<WorkQueue, 'complete' | 'completeAll'>,
    log: Log,
  ): BatchHandler<'booking.finalize'> =>
  async (items) => {
    const reports = await finalizeBookings(
      deps,
      items.map(({ row, payload }) => ({
        id: row._id,
        payload,
        row,
        complete: (tx: Parameters<WorkQueue['complete']>[1]) => queue.complete(row, tx),
      })),
      (tx, batch) =>
        queue.completeAll(
          batch.map(({ row }) => row),
          tx,
        ),
    );
    return new Map(
      reports.map((report): [string, BatchItemResult] => {
        const { id, payload } = report.row;
        if ('outcome' in report) {
          log.info({ rowId: id, bookingId: payload.bookingId, outcome: report.outcome }, 'finalized');
          return [id, { result: 'completed' }];
        }
        return [id, isLeaseLost(report.error) ? { result: 'lost' } : resultOfError(report.error)];
      }),
    );
  };
