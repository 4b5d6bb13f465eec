import { extendHold } from '@eventhorizon/core/holds/extend-hold';
import { holdRefInput } from '@eventhorizon/core/holds/place-hold-input';
import { showHold } from '@eventhorizon/core/holds/show-hold';
import { visitorProcedure } from '../../trpc/procedures.ts';

/** The whole hold time again, once. */
export const extend = visitorProcedure
  .input(holdRefInput)
  .mutation(async ({ ctx, input }) =>
    showHold(ctx.deps, await extendHold(ctx.deps, { ...input, owner: ctx.owner })),
  );
