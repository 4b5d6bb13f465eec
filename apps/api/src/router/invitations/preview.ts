import { acceptInvitationSchema } from '@eventhorizon/core/organizations/accept-invitation';
import { previewInvitation } from '@eventhorizon/core/organizations/preview-invitation';
import { publicProcedure } from '../../trpc/procedures.ts';

/** What the code in a letter is good for, before logging in. Uses nothing up. */
export const preview = publicProcedure
  .input(acceptInvitationSchema)
  .query(({ ctx, input }) => previewInvitation(ctx.deps, input));
