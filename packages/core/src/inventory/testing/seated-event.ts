import type { Event } from '../../events/event.ts';
import type { EventId, Id, IdPrefix } from '../../shared/ids.ts';
import type { Seat } from '../../venues/seat-map.ts';
import type { AvailabilitySnapshot, SeatState } from '../availability.ts';
import { SEAT_STATES } from '../availability.ts';
import { type EventLayout, layoutOf } from '../layout.ts';

/** The same id for the same number, so that tests can name theirs. */
export const testId = <P extends IdPrefix>(prefix: P, n = 1): Id<P> =>
  `${prefix}_01h455vb4pex5vsknk0${String(n).padStart(7, '0')}` as Id<P>;

/** A published event with categories A and B, an area of 10 places, and adult tickets for all of it. */
export const testEvent = (change: Partial<Event> = {}): Event => {
  const time = (day: number) => ({
    local: `2030-01-0${day}T20:00`,
    zone: 'Europe/Berlin',
    at: new Date(`2030-01-0${day}T19:00Z`),
  });
  return {
    id: testId('evt'),
    organizationId: testId('org'),
    status: 'published',
    title: 'A show',
    description: '',
    descriptionHtml: '',
    category: 'concert',
    tags: [],
    imageUrl: null,
    startsAt: time(1),
    endsAt: time(2),
    doorsAt: null,
    venueId: testId('ven'),
    seatMapId: testId('map'),
    priceCategories: ['A', 'B', 'S'].map((key) => ({ key, name: key, color: null })),
    areas: [{ id: testId('are'), name: 'Floor', capacity: 10, priceCategory: 'S' }],
    ticketTypes: [{ id: testId('tty'), name: 'Adult', prices: { A: 5_000, B: 4_000, S: 3_000 } }],
    currency: 'EUR',
    salesStartAt: null,
    salesEndAt: null,
    maxPerBooking: 10,
    maxPerPerson: 10,
    holdTtlMs: 600_000,
    waitingRoom: null,
    publishAt: null,
    publishedAt: new Date(0),
    frozenUntil: null,
    revision: 1,
    createdAt: new Date(0),
    updatedAt: new Date(0),
    ...change,
  };
};

const LETTERS: Record<string, SeatState> = {
  '.': 'free',
  b: 'free',
  w: 'free',
  h: 'held',
  x: 'taken',
  '#': 'blocked',
};

/**
 * A house drawn in text, a line a row, the first one in front. `.` a free seat, `b` a free seat of category B, `w` a free
 * wheelchair place, `h` held, `x` taken, `#` blocked, a blank is an aisle.
 */
export const house = (
  ...lines: string[]
): { event: Event; layout: EventLayout; snapshot: AvailabilitySnapshot } => {
  const seats: Seat[] = [];
  const states: SeatState[] = [];
  lines.forEach((line, row) => {
    [...line].forEach((letter, column) => {
      const state = LETTERS[letter];
      if (state === undefined) return;
      states.push(state);
      seats.push({
        guid: `${row}-${column}`,
        section: 'Stalls',
        row: String(row),
        number: String(column),
        category: letter === 'b' ? 'B' : 'A',
        x: column * 10,
        y: row * 10,
        accessible: letter === 'w',
      });
    });
  });
  const event = testEvent();
  return { event, layout: layoutOf(event, seats), snapshot: snapshotOf(event.id, states) };
};

export const snapshotOf = (eventId: EventId, states: readonly SeatState[]): AvailabilitySnapshot => {
  const bytes = new Uint8Array(Math.ceil(states.length / 4));
  states.forEach((state, seat) => {
    bytes[seat >> 2] = (bytes[seat >> 2] ?? 0) | (SEAT_STATES.indexOf(state) << (6 - 2 * (seat & 3)));
  });
  return { eventId, epoch: 'e', version: 1, revision: 1, counts: [], seats: bytes };
};
