import { t } from '../../trpc/trpc.ts';
import { document } from './document.ts';
import { get } from './get.ts';
import { holders } from './holders.ts';
import { listMine } from './list-mine.ts';

export const ticketsRouter = t.router({ listMine, get, document, holders });
