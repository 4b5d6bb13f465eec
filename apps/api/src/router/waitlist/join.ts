import { joinWaitlist } from '@eventhorizon/core/waitlist/join-waitlist';
import { joinWaitlistInput } from '@eventhorizon/core/waitlist/waitlist-input';
import { attendeeProcedure } from '../../trpc/procedures.ts';

/** Puts the caller on an event's waitlist. With the same entry id again: the entry that stands. */
export const join = attendeeProcedure
  .input(joinWaitlistInput)
  .mutation(({ ctx, input }) => joinWaitlist(ctx.deps, { ...input, userId: ctx.userId }));
