import { getHold } from '@eventhorizon/core/holds/get-hold';
import { holdRefInput } from '@eventhorizon/core/holds/place-hold-input';
import { visitorProcedure } from '../../trpc/procedures.ts';

export const get = visitorProcedure
  .input(holdRefInput)
  .query(({ ctx, input }) => getHold(ctx.deps, { ...input, owner: ctx.owner }));
