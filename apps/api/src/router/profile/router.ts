import { t } from '../../trpc/trpc.ts';
import { changeEmail } from './change-email.ts';
import { get } from './get.ts';
import { sessionsRouter } from './sessions/router.ts';
import { update } from './update.ts';

export const profileRouter = t.router({ get, update, changeEmail, sessions: sessionsRouter });
