import { resendInvitation } from '@eventhorizon/core/flows/resend-invitation';
import { invitationRefSchema } from '@eventhorizon/core/organizations/withdraw-invitation';
import { organizerProcedure } from '../../trpc/procedures.ts';

export const resend = organizerProcedure('members.write')
  .input(invitationRefSchema)
  .mutation(({ ctx, input }) => resendInvitation(ctx.deps, ctx.access, input));
