import { t } from '../../trpc/trpc.ts';
import { create } from './create.ts';

export const visitorsRouter = t.router({ create });
