import { waitlistRefInput } from '@eventhorizon/core/waitlist/desk-input';
import { pauseWaitlist } from '@eventhorizon/core/waitlist/pause-waitlist';
import { organizerProcedure } from '../../trpc/procedures.ts';

/** Offers nothing but by hand until it is resumed. Open offers stay good. */
export const pause = organizerProcedure('waitlist.write')
  .input(waitlistRefInput)
  .mutation(({ ctx, input }) => pauseWaitlist(ctx.deps, { ...input, paused: true }));
