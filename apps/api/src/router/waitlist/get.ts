import { waitlistRefInput } from '@eventhorizon/core/waitlist/desk-input';
import { getWaitlist } from '@eventhorizon/core/waitlist/get-waitlist';
import { organizerProcedure } from '../../trpc/procedures.ts';

/** How an event's list stands, in figures. */
export const get = organizerProcedure('waitlist.read')
  .input(waitlistRefInput)
  .query(({ ctx, input }) => getWaitlist(ctx.deps, input));
