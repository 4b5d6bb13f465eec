import { t } from '../../trpc/trpc.ts';
import { create } from './create.ts';
import { get } from './get.ts';
import { getPublic } from './get-public.ts';
import { listMine } from './list-mine.ts';
import { update } from './update.ts';

export const organizationsRouter = t.router({ create, listMine, get, getPublic, update });
