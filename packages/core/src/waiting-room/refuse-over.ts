import { type Event, salesWindowOf } from '../events/event.ts';
import { DomainError } from '../shared/errors.ts';

const CLOSED = { cancelled: 'cancelled', completed: 'ended', postponed: 'postponed' } as const;

/**
 * Nobody is left to wait for what is not coming: throws `sale.closed` with the reason when the event is cancelled, over, or postponed without a
 * date, and when its sale has ended; `thing.not_found` for a draft. A pass keeps its number through all of that.
 */
export const refuseOver = (event: Event, now: Date): void => {
  const { status } = event;
  if (status === 'draft') throw new DomainError('thing.not_found', { thing: 'event' });
  if (status !== 'published') throw new DomainError('sale.closed', { reason: CLOSED[status] });
  if (salesWindowOf(event).until <= now) throw new DomainError('sale.closed', { reason: 'ended' });
};
