import { getHold } from '@eventhorizon/core/holds/get-hold';
import { holdRefInput } from '@eventhorizon/core/holds/place-hold-input';
import { showHold } from '@eventhorizon/core/holds/show-hold';
import { visitorProcedure } from '../../trpc/procedures.ts';

export const get = visitorProcedure
  .input(holdRefInput)
  .query(async ({ ctx, input }) =>
    showHold(ctx.deps, await getHold(ctx.deps, { ...input, owner: ctx.owner })),
  );
