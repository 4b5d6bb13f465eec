import { requestVerification as mailToken } from '@eventhorizon/core/flows/request-verification';
import { attendeeProcedure } from '../../trpc/procedures.ts';

/** Mails the account's address, or the one that it is to have, another code for `auth.verifyEmail`. */
export const requestVerification = attendeeProcedure.mutation(({ ctx }) =>
  mailToken(ctx.deps, { userId: ctx.userId }),
);
