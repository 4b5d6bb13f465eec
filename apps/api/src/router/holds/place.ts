import { placeHold } from '@eventhorizon/core/holds/place-hold';
import { placeHoldInput } from '@eventhorizon/core/holds/place-hold-input';
import { showHold } from '@eventhorizon/core/holds/show-hold';
import { presentedPass } from '../../trpc/presented-pass.ts';
import { visitorProcedure } from '../../trpc/procedures.ts';

/** Seats or places for a few minutes. With the same hold id again: the hold that stands. Where there is a waiting room, the pass is sent as `x-pass`. */
export const place = visitorProcedure
  .input(placeHoldInput)
  .mutation(async ({ ctx, input }) =>
    showHold(
      ctx.deps,
      await placeHold(ctx.deps, { ...input, owner: ctx.owner, presented: presentedPass(ctx) }),
    ),
  );
