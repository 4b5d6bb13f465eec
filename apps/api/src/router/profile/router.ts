import { t } from '../../trpc/trpc.ts';
import { get } from './get.ts';
import { sessionsRouter } from './sessions/router.ts';
import { update } from './update.ts';

export const profileRouter = t.router({ get, update, sessions: sessionsRouter });
