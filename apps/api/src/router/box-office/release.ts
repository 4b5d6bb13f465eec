import { holdRefInput } from '@eventhorizon/core/holds/place-hold-input';
import { releaseHold } from '@eventhorizon/core/holds/release-hold';
import { organizerProcedure } from '../../trpc/procedures.ts';

export const release = organizerProcedure('boxoffice.sell')
  .input(holdRefInput)
  .mutation(({ ctx, input }) => releaseHold(ctx.deps, { ...input, owner: ctx.access.organizationId }));
