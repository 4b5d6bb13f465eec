import {
  type ReconcileListingsDeps,
  reconcileListings,
} from '@eventhorizon/core/listings/reconcile-listings';
import { type RefreshFreeDeps, refreshFree } from '@eventhorizon/core/listings/refresh-free';
import {
  type RefreshPopularityDeps,
  refreshPopularity,
} from '@eventhorizon/core/listings/refresh-popularity';
import { MINUTE_MS, SECOND_MS } from '@eventhorizon/core/shared/clock';
import { messageOf } from './runtime/decide.ts';
import type { Log } from './runtime/ports.ts';
import type { ScheduledWork } from './runtime/worker.ts';

export type ListingSchedulesDeps = {
  readonly listings: ReconcileListingsDeps & RefreshFreeDeps & RefreshPopularityDeps;
  readonly log: Log;
};

/** With a round of up to three seconds a hint is at most 5 s old. */
const HINTS_EVERY_MS = 2 * SECOND_MS;
const POPULARITY_EVERY_MS = 10 * MINUTE_MS;
const RECONCILE_EVERY_MS = 10 * MINUTE_MS;

/** What keeps the public listing right besides the rows that each change writes. */
export const createListingSchedules = ({ listings, log }: ListingSchedulesDeps): ScheduledWork[] => [
  {
    name: 'listing-hints',
    everyMs: HINTS_EVERY_MS,
    work: async (signal) => {
      await refreshFree(listings, signal);
    },
  },
  {
    name: 'listing-popularity',
    everyMs: POPULARITY_EVERY_MS,
    work: async (signal) => {
      await refreshPopularity(listings, signal);
    },
  },
  {
    name: 'listing-reconcile',
    everyMs: RECONCILE_EVERY_MS,
    work: async (signal) => {
      const { wrong, failed, reason } = await reconcileListings(listings, signal);
      if (wrong > 0) log.info({ listings: wrong }, 'listings were missing or outdated; made anew');
      if (failed > 0)
        log.warn(
          { listings: failed, reason: messageOf(reason) },
          'listings not made; the next round tries again',
        );
    },
  },
];
