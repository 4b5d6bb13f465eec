import { cancellationScope, quoteCancellation as quote } from '@eventhorizon/core/flows/quote-cancellation';
import { attendeeProcedure } from '../../trpc/procedures.ts';

/** What would come back for one's own tickets, to the cent. */
export const quoteCancellation = attendeeProcedure.input(cancellationScope).query(async ({ ctx, input }) => {
  const { byPolicy } = await quote(ctx.deps, { ...input, party: { userId: ctx.userId } });
  return byPolicy;
});
