import { t } from '../../trpc/trpc.ts';
import { join } from './join.ts';
import { listMine } from './list-mine.ts';
import { reduce } from './reduce.ts';

export const waitlistRouter = t.router({ join, listMine, reduce });
