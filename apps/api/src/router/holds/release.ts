import { holdRefInput } from '@eventhorizon/core/holds/place-hold-input';
import { releaseHold } from '@eventhorizon/core/holds/release-hold';
import { visitorProcedure } from '../../trpc/procedures.ts';

export const release = visitorProcedure
  .input(holdRefInput)
  .mutation(({ ctx, input }) => releaseHold(ctx.deps, { ...input, owner: ctx.owner }));
