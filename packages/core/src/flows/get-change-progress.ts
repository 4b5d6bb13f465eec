import { z } from 'zod';
import type { EventChangeStore } from '../events/changes/ports.ts';
import type { RefundStore } from '../refunds/ports.ts';
import { DomainError } from '../shared/errors.ts';
import { idSchema } from '../shared/ids.ts';
import { type ChangeProgress, changeProgress } from './change-progress.ts';

export const changeProgressInput = z.object({ organizationId: idSchema('org'), eventId: idSchema('evt') });
export type ChangeProgressQuery = z.output<typeof changeProgressInput>;

export type ChangeProgressDeps = {
  readonly changes: Pick<EventChangeStore, 'findLatest'>;
  readonly refunds: Pick<RefundStore, 'sumsOfEvent'>;
};

/**
 * How far the last change of an event is carried out. Money counts as sent once the provider (or, where it was taken by hand, an
 * organizer) has sent it. Throws `thing.not_found` also for an event that was never changed so.
 */
export const getChangeProgress = async (
  { changes, refunds }: ChangeProgressDeps,
  { organizationId, eventId }: ChangeProgressQuery,
): Promise<ChangeProgress> => {
  const change = await changes.findLatest(eventId);
  if (change === null || change.organizationId !== organizationId)
    throw new DomainError('thing.not_found', { thing: 'change of this event' });
  const sums = change.kind === 'cancelled' ? await refunds.sumsOfEvent(eventId, 'event_cancelled') : [];
  return changeProgress(change, sums);
};
