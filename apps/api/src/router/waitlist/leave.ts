import { leaveWaitlist } from '@eventhorizon/core/flows/leave-waitlist';
import { entryRefInput } from '@eventhorizon/core/waitlist/waitlist-input';
import { attendeeProcedure } from '../../trpc/procedures.ts';

/** Gives the caller's place in line up, and what is offered to it. */
export const leave = attendeeProcedure
  .input(entryRefInput)
  .mutation(({ ctx, input }) => leaveWaitlist(ctx.deps, { ...input, userId: ctx.userId }));
