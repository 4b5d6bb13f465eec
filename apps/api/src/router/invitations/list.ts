import { listInvitations, listInvitationsSchema } from '@eventhorizon/core/organizations/list-invitations';
import { organizerProcedure } from '../../trpc/procedures.ts';

export const list = organizerProcedure('members.read')
  .input(listInvitationsSchema)
  .query(({ ctx, input }) => listInvitations(ctx.deps, input));
