import { t } from '../../trpc/trpc.ts';
import { accept } from './accept.ts';
import { decline } from './decline.ts';
import { getOffer } from './get-offer.ts';
import { join } from './join.ts';
import { leave } from './leave.ts';
import { listMine } from './list-mine.ts';
import { reduce } from './reduce.ts';

export const waitlistRouter = t.router({ join, listMine, reduce, leave, getOffer, accept, decline });
