import { t } from '../../trpc/trpc.ts';
import { cancel } from './cancel.ts';
import { create } from './create.ts';
import { remove } from './delete.ts';
import { get } from './get.ts';
import { getPublic } from './get-public.ts';
import { list } from './list.ts';
import { listPublic } from './list-public.ts';
import { listSeats } from './list-seats.ts';
import { postpone } from './postpone.ts';
import { progress } from './progress.ts';
import { publish } from './publish.ts';
import { reschedule } from './reschedule.ts';
import { setAreaCapacity } from './set-area-capacity.ts';
import { unpublish } from './unpublish.ts';
import { update } from './update.ts';

export const eventsRouter = t.router({
  create,
  update,
  publish,
  unpublish,
  cancel,
  postpone,
  reschedule,
  progress,
  delete: remove,
  setAreaCapacity,
  get,
  list,
  getPublic,
  listPublic,
  listSeats,
});
