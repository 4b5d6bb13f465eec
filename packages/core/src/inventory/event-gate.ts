import { type Event, salesWindowOf } from '../events/event.ts';
import type { EventLayout } from './layout.ts';
import type { EventGate } from './ports.ts';

/** What Redis must know of this event to let holds through. */
export const eventGate = (event: Event, layout: EventLayout): EventGate => {
  const { from, until } = salesWindowOf(event);
  return {
    eventId: event.id,
    revision: event.revision,
    status: event.status,
    salesFrom: from,
    salesUntil: until,
    capacities: layout.pools.map((pool) => pool.capacity),
    seatCount: layout.seats.length,
    shape: [
      layout.seatMapId ?? '-',
      layout.seats.length,
      ...layout.pools.map((pool) => (pool.kind === 'seats' ? `${pool.key}=${pool.capacity}` : pool.key)),
    ].join('|'),
  };
};
