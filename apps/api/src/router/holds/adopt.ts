import { adoptHold } from '@eventhorizon/core/holds/adopt-hold';
import { holdRefInput } from '@eventhorizon/core/holds/place-hold-input';
import { showHold } from '@eventhorizon/core/holds/show-hold';
import { adopterProcedure } from '../../trpc/procedures.ts';

/** A visitor's hold becomes the account's. */
export const adopt = adopterProcedure
  .input(holdRefInput)
  .mutation(async ({ ctx, input }) =>
    showHold(ctx.deps, await adoptHold(ctx.deps, { ...input, visitorId: ctx.visitorId, userId: ctx.userId })),
  );
