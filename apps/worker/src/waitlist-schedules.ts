import { type SweepWaitlistsDeps, sweepWaitlists } from '@eventhorizon/core/flows/sweep-waitlists';
import { SECOND_MS } from '@eventhorizon/core/shared/clock';
import { messageOf } from './runtime/decide.ts';
import type { Log } from './runtime/ports.ts';
import type { ScheduledWork } from './runtime/worker.ts';

export type WaitlistSchedulesDeps = { readonly waitlist: SweepWaitlistsDeps; readonly log: Log };

/** Units that come free without a booking (a hold that ends, an area that grows) are on sale for at most so long before the list has them. */
const SWEEP_EVERY_MS = 5 * SECOND_MS;

/** What keeps waitlists moving besides the rows that each change writes. */
export const createWaitlistSchedules = ({ waitlist, log }: WaitlistSchedulesDeps): ScheduledWork[] => [
  {
    name: 'waitlist-sweep',
    everyMs: SWEEP_EVERY_MS,
    work: async (signal) => {
      const { failed, reason } = await sweepWaitlists(waitlist, signal);
      if (failed > 0)
        log.warn(
          { waitlists: failed, reason: messageOf(reason) },
          'waitlists not looked at; the next round tries again',
        );
    },
  },
];
