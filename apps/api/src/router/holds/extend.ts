import { extendHold } from '@eventhorizon/core/holds/extend-hold';
import { holdRefInput } from '@eventhorizon/core/holds/place-hold-input';
import { visitorProcedure } from '../../trpc/procedures.ts';

/** The whole hold time again, once. */
export const extend = visitorProcedure
  .input(holdRefInput)
  .mutation(({ ctx, input }) => extendHold(ctx.deps, { ...input, owner: ctx.owner }));
