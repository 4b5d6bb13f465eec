import {
  changePasswordSchema,
  changePassword as setPassword,
} from '@eventhorizon/core/flows/change-password';
import { attendeeProcedure } from '../../trpc/procedures.ts';

/** A new password by the old one. Ends all sessions; the answer brings a new one. */
export const changePassword = attendeeProcedure.input(changePasswordSchema).mutation(({ ctx, input }) =>
  setPassword(ctx.deps, {
    ...input,
    userId: ctx.userId,
    userAgent: ctx.userAgent,
    network: ctx.network(),
  }),
);
