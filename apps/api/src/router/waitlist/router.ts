import { t } from '../../trpc/trpc.ts';
import { accept } from './accept.ts';
import { decline } from './decline.ts';
import { get } from './get.ts';
import { getOffer } from './get-offer.ts';
import { join } from './join.ts';
import { leave } from './leave.ts';
import { list } from './list.ts';
import { listMine } from './list-mine.ts';
import { offer } from './offer.ts';
import { pause } from './pause.ts';
import { reduce } from './reduce.ts';
import { remove } from './remove.ts';
import { resume } from './resume.ts';
import { withdraw } from './withdraw.ts';

export const waitlistRouter = t.router({
  join,
  listMine,
  reduce,
  leave,
  getOffer,
  accept,
  decline,
  list,
  get,
  pause,
  resume,
  offer,
  withdraw,
  remove,
});
