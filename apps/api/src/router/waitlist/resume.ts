import { waitlistRefInput } from '@eventhorizon/core/waitlist/desk-input';
import { pauseWaitlist } from '@eventhorizon/core/waitlist/pause-waitlist';
import { organizerProcedure } from '../../trpc/procedures.ts';

/** Offers what has come back meanwhile, in order, and goes on. */
export const resume = organizerProcedure('waitlist.write')
  .input(waitlistRefInput)
  .mutation(({ ctx, input }) => pauseWaitlist(ctx.deps, { ...input, paused: false }));
