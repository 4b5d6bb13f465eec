import { DomainError } from '../shared/errors.ts';
import type { EventId, OrganizationId } from '../shared/ids.ts';
import type { EventWithLayout, LayoutSource } from './ports.ts';

/** An event of the organization with its layout, as this process remembers it; another's is `thing.not_found`. */
export const ownEvent = async (
  layouts: Pick<LayoutSource, 'get'>,
  { organizationId, eventId }: { readonly organizationId: OrganizationId; readonly eventId: EventId },
): Promise<EventWithLayout> => {
  const found = await layouts.get(eventId);
  if (found.event.organizationId !== organizationId)
    throw new DomainError('thing.not_found', { thing: 'event' });
  return found;
};
