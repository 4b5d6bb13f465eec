import { logOut as endSession } from '@eventhorizon/core/identity/log-out';
import { attendeeProcedure } from '../../trpc/procedures.ts';

/** Ends the session of the access token. */
export const logOut = attendeeProcedure.mutation(({ ctx }) =>
  endSession(ctx.deps, { sessionId: ctx.sessionId }),
);
