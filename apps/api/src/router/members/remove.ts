import { removeMember } from '@eventhorizon/core/flows/remove-member';
import { memberRefSchema } from '@eventhorizon/core/organizations/member-ref';
import { organizerProcedure } from '../../trpc/procedures.ts';

export const remove = organizerProcedure('members.write')
  .input(memberRefSchema)
  .mutation(({ ctx, input }) => removeMember(ctx.deps, ctx.access, input));
