import { refuseClosed } from '../inventory/refuse-closed.ts';
import { DomainError } from '../shared/errors.ts';
import { isOffering, type OfferingEvent, waitlistOf } from './offer-end.ts';

/** Throws `sale.closed` for an event that is not on sale now, and `waitlist.closed` when its list is not in use. */
export const refuseNotOffering = (event: OfferingEvent, now: Date): void => {
  refuseClosed(event.status);
  if (event.status === 'postponed') throw new DomainError('sale.closed', { reason: 'postponed' });
  if (event.salesStartAt !== null && event.salesStartAt > now)
    throw new DomainError('sale.closed', { reason: 'not_started' });
  if (!isOffering(event, now))
    throw new DomainError('waitlist.closed', { why: waitlistOf(event).enabled ? 'too_late' : 'off' });
};
