import { inviteMember, inviteMemberSchema } from '@eventhorizon/core/flows/invite-member';
import { organizerProcedure } from '../../trpc/procedures.ts';

/** Mails the address a code; see invitations.accept. */
export const create = organizerProcedure('members.write')
  .input(inviteMemberSchema)
  .mutation(({ ctx, input }) => inviteMember(ctx.deps, ctx.access, input));
