import { t } from '../../trpc/trpc.ts';
import { create } from './create.ts';
import { listMine } from './list-mine.ts';

export const organizationsRouter = t.router({ create, listMine });
