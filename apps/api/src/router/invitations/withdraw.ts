import {
  invitationRefSchema,
  withdrawInvitation,
} from '@eventhorizon/core/organizations/withdraw-invitation';
import { organizerProcedure } from '../../trpc/procedures.ts';

export const withdraw = organizerProcedure('members.write')
  .input(invitationRefSchema)
  .mutation(({ ctx, input }) => withdrawInvitation(ctx.deps, ctx.access, input));
