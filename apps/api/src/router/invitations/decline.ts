import { declineInvitation } from '@eventhorizon/core/flows/decline-invitation';
import { acceptInvitationSchema } from '@eventhorizon/core/organizations/accept-invitation';
import { publicProcedure } from '../../trpc/procedures.ts';

/** By the mailed token alone. */
export const decline = publicProcedure
  .input(acceptInvitationSchema)
  .mutation(({ ctx, input }) => declineInvitation(ctx.deps, { ...input, network: ctx.network() }));
