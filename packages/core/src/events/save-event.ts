import type { Outbox, Tx } from '../shared/unit-of-work.ts';
import type { Event } from './event.ts';
import type { EventStore } from './ports.ts';

/** A change of an event and, in the same transaction, the messages by which Redis and the public listing hear of it. Throws `event.changed_meanwhile`. */
export const saveEvent = async (
  deps: { readonly events: EventStore; readonly outbox: Outbox },
  tx: Tx,
  next: Event,
  previous: Event,
  now: Date,
): Promise<void> => {
  await deps.events.saveChange(tx, next, previous.revision);
  const payload = { eventId: next.id };
  await deps.outbox.add(tx, [
    { job: 'inventory.follow_event', payload, dueAt: now },
    // Before it was first published nobody could list it.
    ...(next.publishedAt === null ? [] : [{ job: 'listing.follow', payload, dueAt: now } as const]),
  ]);
};
