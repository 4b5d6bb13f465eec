import { listMyEntries } from '@eventhorizon/core/waitlist/list-my-entries';
import { listMyEntriesInput } from '@eventhorizon/core/waitlist/waitlist-input';
import { attendeeProcedure } from '../../trpc/procedures.ts';

/** The caller's entries, newest first, each with its position now and the offer that waits for an answer. */
export const listMine = attendeeProcedure
  .input(listMyEntriesInput)
  .query(({ ctx, input }) => listMyEntries(ctx.deps, { ...input, userId: ctx.userId }));
