import { t } from '../../trpc/trpc.ts';
import { get } from './get.ts';
import { update } from './update.ts';

export const profileRouter = t.router({ get, update });
