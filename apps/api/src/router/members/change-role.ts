import { changeRoleSchema, changeRole as giveRole } from '@eventhorizon/core/flows/change-role';
import { organizerProcedure } from '../../trpc/procedures.ts';

export const changeRole = organizerProcedure('members.write')
  .input(changeRoleSchema)
  .mutation(({ ctx, input }) => giveRole(ctx.deps, ctx.access, input));
