import type { EventStatus } from '../events/event.ts';
import { DomainError } from '../shared/errors.ts';

/** Throws `sale.closed` for events that sell nothing any more, or not yet. A postponed one will go on. */
export const refuseClosed = (status: EventStatus): void => {
  if (status === 'draft') throw new DomainError('sale.closed', { reason: 'not_published' });
  if (status === 'cancelled') throw new DomainError('sale.closed', { reason: 'cancelled' });
  if (status === 'completed') throw new DomainError('sale.closed', { reason: 'ended' });
};
