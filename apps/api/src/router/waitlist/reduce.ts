import { reduceEntry } from '@eventhorizon/core/waitlist/reduce-entry';
import { reduceEntryInput } from '@eventhorizon/core/waitlist/waitlist-input';
import { attendeeProcedure } from '../../trpc/procedures.ts';

/** Waits for fewer tickets, in the same place. */
export const reduce = attendeeProcedure
  .input(reduceEntryInput)
  .mutation(({ ctx, input }) => reduceEntry(ctx.deps, { ...input, userId: ctx.userId }));
