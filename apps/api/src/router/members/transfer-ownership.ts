import { memberRefSchema } from '@eventhorizon/core/flows/remove-member';
import { transferOwnership as transfer } from '@eventhorizon/core/flows/transfer-ownership';
import { organizerProcedure } from '../../trpc/procedures.ts';

/** The caller becomes a manager. */
export const transferOwnership = organizerProcedure('ownership.transfer')
  .input(memberRefSchema)
  .mutation(({ ctx, input }) => transfer(ctx.deps, ctx.access, input));
