import { listMembers, listMembersSchema } from '@eventhorizon/core/organizations/list-members';
import { organizerProcedure } from '../../trpc/procedures.ts';

export const list = organizerProcedure('members.read')
  .input(listMembersSchema)
  .query(({ ctx, input }) => listMembers(ctx.deps, input));
