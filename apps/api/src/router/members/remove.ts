import { memberRefSchema, removeMember } from '@eventhorizon/core/flows/remove-member';
import { organizerProcedure } from '../../trpc/procedures.ts';

export const remove = organizerProcedure('members.write')
  .input(memberRefSchema)
  .mutation(({ ctx, input }) => removeMember(ctx.deps, ctx.access, input));
