import type { z } from 'zod';
import type { Clock } from '../shared/clock.ts';
import { type Page, pageRequestSchema } from '../shared/page.ts';
import type { EventStore } from './ports.ts';
import { type PublicEvent, publicEventOf } from './public-event.ts';

export const listPublicEventsInput = pageRequestSchema;
export type ListPublicEvents = z.output<typeof listPublicEventsInput>;

/** Published events that have not started, the next one first. */
export const listPublicEvents = async (
  deps: { readonly events: EventStore; readonly clock: Clock },
  query: ListPublicEvents,
): Promise<Page<PublicEvent>> => {
  const { items, nextCursor } = await deps.events.listPublished(deps.clock.now(), query);
  return { items: items.map(publicEventOf), nextCursor };
};
