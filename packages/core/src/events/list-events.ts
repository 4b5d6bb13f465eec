import { z } from 'zod';
import { idSchema } from '../shared/ids.ts';
import { type Page, pageRequestSchema } from '../shared/page.ts';
import { EVENT_STATUSES, type Event } from './event.ts';
import type { EventStore } from './ports.ts';

export const listEventsInput = pageRequestSchema.extend({
  organizationId: idSchema('org'),
  status: z.enum(EVENT_STATUSES).optional(),
});
export type ListEvents = z.output<typeof listEventsInput>;

/** An organization's events, the newest first. */
export const listEvents = (deps: { readonly events: EventStore }, query: ListEvents): Promise<Page<Event>> =>
  deps.events.list(query.organizationId, query);
