import { endAllSessions } from '@eventhorizon/core/identity/end-all-sessions';
import { attendeeProcedure } from '../../../trpc/procedures.ts';

/** Ends all of the caller's sessions but the one that asks; how many there were. */
export const revokeOthers = attendeeProcedure.mutation(async ({ ctx: { deps, userId, sessionId } }) => ({
  ended: await endAllSessions(deps, { userId, reason: 'revoked', except: sessionId }),
}));
