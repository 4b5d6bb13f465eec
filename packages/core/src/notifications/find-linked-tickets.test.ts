import { describe, expect, test } from 'vitest';
import type { Event } from '../events/event.ts';
import { addMs, HOUR_MS } from '../shared/clock.ts';
import type { TicketId } from '../shared/ids.ts';
import { draftEvent } from '../testing/draft-event.ts';
import { sampleBooking, sampleTickets } from '../testing/sample-booking.ts';
import { type FindLinkedTicketsDeps, findLinkedTickets } from './find-linked-tickets.ts';

const CODE = '0123456789abcdefghjk';
const booking = sampleBooking();
const event = draftEvent({ id: booking.eventId, status: 'published' });

const world = (now: Date, over: Partial<Event> = {}, ticketId?: TicketId): FindLinkedTicketsDeps => ({
  links: {
    find: async (hash) =>
      hash === `#${CODE}` ? { hash, bookingId: booking.id, ticketId, createdAt: now, dropAt: now } : null,
  },
  linkSource: { hashOf: (code) => `#${code}` },
  bookings: { find: async () => booking },
  events: { find: async () => ({ ...event, ...over }) },
  tickets: {
    listOfBooking: async () =>
      sampleTickets(booking).map((ticket, i) => ({ ...ticket, status: i === 0 ? 'void' : 'valid' })),
  },
  signer: { sign: async ({ ticketId }) => ticketId },
  clock: { now: () => now },
});
const before = addMs(event.startsAt.at, -HOUR_MS);

describe('a ticket link', () => {
  test('opens the valid tickets of its booking', async () => {
    const linked = await findLinkedTickets(world(before), CODE);
    expect(linked?.booking.id).toBe(booking.id);
    expect(linked?.tickets).toHaveLength(2);
  });
  test('of a ticket that was passed on opens that one alone, and none of it once it is void', async () => {
    const [given, kept] = booking.lines;
    const linked = await findLinkedTickets(world(before, {}, kept?.ticketId), CODE);
    expect(linked?.tickets.map(({ label }) => label)).toEqual([kept?.label]);
    expect((await findLinkedTickets(world(before, {}, given?.ticketId), CODE))?.tickets).toEqual([]);
  });
  test('opens until a day after the end of the event, and no longer', async () => {
    const end = event.endsAt.at;
    expect(await findLinkedTickets(world(addMs(end, 24 * HOUR_MS - 1)), CODE)).not.toBeNull();
    expect(await findLinkedTickets(world(addMs(end, 24 * HOUR_MS)), CODE)).toBeNull();
  });
  test('goes on opening when the event was moved or is postponed', async () => {
    const late = addMs(event.endsAt.at, 48 * HOUR_MS);
    const moved = { endsAt: { ...event.endsAt, at: addMs(late, HOUR_MS) } };
    expect(await findLinkedTickets(world(late, moved), CODE)).not.toBeNull();
    expect(await findLinkedTickets(world(late, { status: 'postponed' }), CODE)).not.toBeNull();
  });
  test.each(['0123456789abcdefghjz', 'short', '', `${CODE}0`, '{"$ne":null}'])(
    'that is none (%s) opens nothing',
    async (code) => {
      expect(await findLinkedTickets(world(before), code)).toBeNull();
    },
  );
});
