import { listSessions } from '@eventhorizon/core/identity/list-sessions';
import { attendeeProcedure } from '../../../trpc/procedures.ts';

/** The caller's open sessions, the one used last first. */
export const list = attendeeProcedure.query(({ ctx: { deps, userId, sessionId } }) =>
  listSessions(deps, { userId, sessionId }),
);
