import { transferOwnership as transfer } from '@eventhorizon/core/flows/transfer-ownership';
import { memberRefSchema } from '@eventhorizon/core/organizations/member-ref';
import { organizerProcedure } from '../../trpc/procedures.ts';

/** The caller becomes a manager. */
export const transferOwnership = organizerProcedure('ownership.transfer')
  .input(memberRefSchema)
  .mutation(({ ctx, input }) => transfer(ctx.deps, ctx.access, input));
