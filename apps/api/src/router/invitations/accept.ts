import { acceptInvitation, acceptInvitationSchema } from '@eventhorizon/core/organizations/accept-invitation';
import { attendeeProcedure } from '../../trpc/procedures.ts';

/** Makes the caller a member, if their verified address is the invited one. */
export const accept = attendeeProcedure
  .input(acceptInvitationSchema)
  .mutation(({ ctx, input }) => acceptInvitation(ctx.deps, { ...input, userId: ctx.userId }));
