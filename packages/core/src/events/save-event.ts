import type { Outbox, Tx } from '../shared/unit-of-work.ts';
import type { Event } from './event.ts';
import type { EventStore } from './ports.ts';

/** A change of an event and, in the same transaction, the message by which Redis hears of it. Throws `event.changed_meanwhile`. */
export const saveEvent = async (
  deps: { readonly events: EventStore; readonly outbox: Outbox },
  tx: Tx,
  next: Event,
  previous: Event,
  now: Date,
): Promise<void> => {
  await deps.events.saveChange(tx, next, previous.revision);
  await deps.outbox.add(tx, [{ job: 'inventory.follow_event', payload: { eventId: next.id }, dueAt: now }]);
};
