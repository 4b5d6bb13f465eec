import { cancellationScope, quoteCancellation } from '@eventhorizon/core/flows/quote-cancellation';
import { organizerProcedure } from '../../trpc/procedures.ts';

/** What would come back by the policy, and in full, for tickets of the organization's events. */
export const quoteSoldCancellation = organizerProcedure('bookings.read')
  .input(cancellationScope)
  .query(({ ctx, input: { organizationId, ...input } }) =>
    quoteCancellation(ctx.deps, { ...input, party: { organizationId } }),
  );
