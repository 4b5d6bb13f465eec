import type { EventStatus } from '../../events/event.ts';
import { DomainError, isDomainError } from '../../shared/errors.ts';
import type { EventId } from '../../shared/ids.ts';
import type { AvailabilitySnapshot } from '../availability.ts';
import { type GetAvailabilityDeps, getAvailability } from '../get-availability.ts';
import { refuseClosed } from '../refuse-closed.ts';
import type { LiveSnapshot } from './live-message.ts';

/** One version of an event, to compare and to send. */
export type LiveReading = { readonly snapshot: AvailabilitySnapshot; readonly message: () => LiveSnapshot };

/**
 * Availability as it is now, for streams. `thing.not_found` for drafts and for what does not exist; `sale.closed` for cancelled and
 * completed events, also while Redis still has their copy; `inventory.rebuilding` and outages as they come.
 */
export const readLive = async (
  deps: GetAvailabilityDeps,
  { eventId }: { readonly eventId: EventId },
): Promise<LiveReading> => {
  try {
    const { snapshot, view } = await getAvailability(deps, { eventId, fresh: true });
    // From memory, and not older than the snapshot: reading that looked for its revision.
    const status: EventStatus = (await deps.layouts.get(eventId)).event.status;
    refuseClosed(status);
    return { snapshot, message: () => ({ kind: 'snapshot', status, ...view }) };
  } catch (error) {
    if (isDomainError(error, 'sale.closed') && error.details.reason === 'not_published')
      throw new DomainError('thing.not_found', { thing: 'event' });
    throw error;
  }
};
