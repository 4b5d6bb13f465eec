import { describe, expect, it } from 'vitest';
import { draftEvent } from '../testing/draft-event.ts';
import type { Seat } from '../venues/seat-map.ts';
import { layoutOf } from './layout.ts';
import { listEventSeats } from './list-event-seats.ts';

const seats: Seat[] = [1, 2, 3].map((n) => ({
  guid: `a-${n}`,
  section: 'Stalls',
  row: 'A',
  number: String(n),
  category: 'Front',
  x: n,
  y: 0,
  accessible: false,
}));
const sourceOf = (event = draftEvent({ status: 'published' })) => ({
  layouts: { get: async () => ({ event, layout: layoutOf(event, seats) }) },
});
const { id: eventId } = draftEvent();

describe('listEventSeats', () => {
  it('gives every seat once, in the order of the seat states, with the id that a hold takes', async () => {
    const first = await listEventSeats(sourceOf(), { eventId, from: 0, limit: 2 });
    const rest = await listEventSeats(sourceOf(), { eventId, from: first.next ?? 0, limit: 2 });
    expect([...first.seats, ...rest.seats].map(({ unitId }) => unitId)).toEqual(['s:a-1', 's:a-2', 's:a-3']);
    expect([first.next, rest.next]).toEqual([2, null]);
  });

  it('shows no draft', async () => {
    const page = listEventSeats(sourceOf(draftEvent()), { eventId, from: 0, limit: 2 });
    await expect(page).rejects.toMatchObject({ code: 'thing.not_found' });
  });
});
