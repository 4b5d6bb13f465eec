import { t } from '../../trpc/trpc.ts';
import { create } from './create.ts';
import { get } from './get.ts';
import { importSeatMap } from './import-seat-map.ts';
import { list } from './list.ts';
import { update } from './update.ts';

export const venuesRouter = t.router({ create, update, get, list, importSeatMap });
