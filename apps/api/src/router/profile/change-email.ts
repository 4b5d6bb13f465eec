import { changeEmailSchema, changeEmail as wantEmail } from '@eventhorizon/core/flows/change-email';
import { attendeeProcedure } from '../../trpc/procedures.ts';

/** Mails the new address a code for `auth.verifyEmail`; until it is presented, everything stays as it is. */
export const changeEmail = attendeeProcedure
  .input(changeEmailSchema)
  .mutation(({ ctx, input }) => wantEmail(ctx.deps, { ...input, userId: ctx.userId }));
