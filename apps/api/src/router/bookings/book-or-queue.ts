import { bookOrQueue as bookOrQueueUp } from '@eventhorizon/core/flows/book-or-queue';
import { bookOrQueueInput } from '@eventhorizon/core/waitlist/book-or-queue-input';
import { presentedPass } from '../../trpc/presented-pass.ts';
import { attendeeProcedure } from '../../trpc/procedures.ts';

/** Books what there is and puts the rest on the waitlist, in one call. With the same ids again it answers the same. */
export const bookOrQueue = attendeeProcedure
  .input(bookOrQueueInput)
  .mutation(({ ctx, input }) =>
    bookOrQueueUp(ctx.deps, { ...input, userId: ctx.userId, presented: presentedPass(ctx) }),
  );
