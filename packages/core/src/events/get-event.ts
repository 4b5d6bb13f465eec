import { z } from 'zod';
import { DomainError } from '../shared/errors.ts';
import { idSchema } from '../shared/ids.ts';
import type { Event } from './event.ts';
import type { EventStore } from './ports.ts';

export const getEventInput = z.object({ organizationId: idSchema('org'), eventId: idSchema('evt') });
export type GetEvent = z.output<typeof getEventInput>;

/** The organizer's own event in any status. Throws `thing.not_found`, also for another organization's. */
export const getEvent = async (
  deps: { readonly events: Pick<EventStore, 'findOwn'> },
  query: GetEvent,
): Promise<Event> => {
  const event = await deps.events.findOwn(query.organizationId, query.eventId);
  if (event === null) throw new DomainError('thing.not_found', { thing: 'event' });
  return event;
};
