import { adoptSales } from '@eventhorizon/core/flows/adopt-sales';
import { assignOffer } from '@eventhorizon/core/flows/assign-offer';
import { carryOutChange } from '@eventhorizon/core/flows/carry-out-change';
import { closeBooking } from '@eventhorizon/core/flows/close-booking';
import { expireOffer } from '@eventhorizon/core/flows/expire-offer';
import { expireTransfer } from '@eventhorizon/core/flows/expire-transfer';
import { finalizeBookings } from '@eventhorizon/core/flows/finalize-bookings';
import { followPayment } from '@eventhorizon/core/flows/follow-payment';
import type { JobResult } from '@eventhorizon/core/flows/job-result';
import { preparePayment } from '@eventhorizon/core/flows/prepare-payment';
import { processWebhook } from '@eventhorizon/core/flows/process-webhook';
import { promoteWaitlist } from '@eventhorizon/core/flows/promote-waitlist';
import type { SaleDeps } from '@eventhorizon/core/flows/sale-deps';
import { sendRefund } from '@eventhorizon/core/flows/send-refund';
import { followClaims } from '@eventhorizon/core/inventory/follow-claims';
import { settleClaims } from '@eventhorizon/core/inventory/settle-claims';
import { type JobName, jobs } from '@eventhorizon/core/jobs';
import { collectionOf } from '../mongo/collection.ts';
import { type LeasedRow, mongoOutboxQueue, outboxCollection } from '../mongo/outbox.ts';
import type { SaleWorld } from './sale-world.ts';

export type RunJobsOptions = {
  /** Only these; all by default. */
  readonly only?: readonly JobName[];
  /** Other deps than the world's, for twins and crashes. */
  readonly deps?: SaleDeps;
  /** Rows that still want to wait after so many rounds are left open. */
  readonly rounds?: number;
};

/** The worker in a few lines: takes every open row, due or not, until nothing moves any more. Returns the rows left open. */
export const runJobs = async (world: SaleWorld, options: RunJobsOptions = {}): Promise<LeasedRow[]> => {
  const { db } = world.mongo;
  const { deps = world.deps, rounds = 6 } = options;
  const queue = mongoOutboxQueue(db);
  const rows = collectionOf(db, outboxCollection);
  const names = options.only ?? (Object.keys(jobs) as JobName[]);
  for (let round = 0; round < rounds; round += 1) {
    await rows.updateMany(
      { open: true },
      { $set: { dueAt: new Date(0), leaseToken: null, leaseUntil: null } },
    );
    let moved = 0;
    for (const name of names) {
      const taken = await queue.takeDue(name, 100, 60_000);
      moved += taken.length;
      if (name === 'booking.finalize') await finalizeAll(deps, taken, queue.complete);
      else
        for (const row of taken) {
          const result = await handle(world, deps, row);
          if (result.result === 'done') await queue.complete(row);
          else await queue.retryAfter(row, 0, result.reason);
        }
    }
    if (moved === 0) return [];
  }
  return (await rows.find({ open: true }).toArray()) as LeasedRow[];
};

const finalizeAll = async (
  deps: SaleDeps,
  rows: readonly LeasedRow[],
  complete: ReturnType<typeof mongoOutboxQueue>['complete'],
): Promise<void> => {
  const reports = await finalizeBookings(
    deps,
    rows.map((row) => ({
      payload: jobs['booking.finalize'].payload.parse(row.payload),
      complete: (tx) => complete(row, tx),
    })),
  );
  for (const report of reports) if ('error' in report) throw report.error;
};

const done: JobResult = { result: 'done' };

const handle = async (world: SaleWorld, deps: SaleDeps, row: LeasedRow): Promise<JobResult> => {
  const { payload } = row;
  switch (row.job) {
    case 'inventory.follow_claims':
      await followClaims(
        { layouts: world.inventory.layouts, mirror: deps.mirror, claims: deps.claims },
        jobs['inventory.follow_claims'].payload.parse(payload),
      );
      return done;
    case 'inventory.settle_claims':
      await settleClaims(
        { layouts: world.inventory.layouts, mirror: deps.mirror, claims: deps.claims },
        jobs['inventory.settle_claims'].payload.parse(payload),
      );
      return done;
    case 'waitlist.promote':
      await promoteWaitlist(
        { ...deps, holds: world.inventory.holds, reader: world.inventory.reader },
        jobs['waitlist.promote'].payload.parse(payload),
      );
      return done;
    case 'waitlist.assign':
      return assignOffer(deps, jobs['waitlist.assign'].payload.parse(payload));
    case 'waitlist.end_offer':
      return expireOffer(deps, jobs['waitlist.end_offer'].payload.parse(payload));
    case 'transfer.expire':
      return expireTransfer(deps, jobs['transfer.expire'].payload.parse(payload));
    case 'booking.close':
      return closeBooking(deps, jobs['booking.close'].payload.parse(payload));
    case 'payment.prepare':
      return preparePayment(deps, jobs['payment.prepare'].payload.parse(payload));
    case 'payment.follow':
      return followPayment(deps, jobs['payment.follow'].payload.parse(payload));
    case 'payment.process_webhook':
      return processWebhook(deps, jobs['payment.process_webhook'].payload.parse(payload));
    case 'event.sweep':
      return carryOutChange(deps, jobs['event.sweep'].payload.parse(payload));
    case 'account.adopt_sales':
      return adoptSales(deps, jobs['account.adopt_sales'].payload.parse(payload));
    case 'refund.send':
      return sendRefund(deps, jobs['refund.send'].payload.parse(payload));
    default:
      return done;
  }
};
