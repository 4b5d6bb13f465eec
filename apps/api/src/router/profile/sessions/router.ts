import { t } from '../../../trpc/trpc.ts';
import { list } from './list.ts';
import { revoke } from './revoke.ts';
import { revokeOthers } from './revoke-others.ts';

export const sessionsRouter = t.router({ list, revoke, revokeOthers });
