import { type EventLayout, layoutOf } from '../../inventory/layout.ts';
import type { Unit } from '../../inventory/unit.ts';
import type { Id, IdPrefix } from '../../shared/ids.ts';
import { draftEvent } from '../../testing/draft-event.ts';
import type { WaitlistEntry } from '../entry.ts';

const idOf = <P extends IdPrefix>(prefix: P, n: number): Id<P> =>
  `${prefix}_${String(n).padStart(26, '0')}` as Id<P>;

/** One row of so many seats of category A. */
export const hall = (count: number): EventLayout =>
  layoutOf(
    draftEvent({ priceCategories: [{ key: 'A', name: 'A', color: null }], areas: [] }),
    Array.from({ length: count }, (_, i) => ({
      guid: `g${i + 1}`,
      section: 'Stalls',
      row: '1',
      number: String(i + 1),
      category: 'A',
      x: i * 20,
      y: 0,
      accessible: false,
    })),
  );

/** Seats by their numbers, from 1. */
export const seats = (layout: EventLayout, ...numbers: number[]): Unit[] =>
  numbers.map((number) => layout.seatUnit(number - 1));

/** Who came as the n-th, and wants one seat when nothing is said. */
export const entryFor = (n: number, change: Partial<WaitlistEntry> = {}): WaitlistEntry => ({
  id: idOf('wle', n),
  place: idOf('wle', n),
  eventId: idOf('evt', 1),
  organizationId: idOf('org', 1),
  userId: idOf('usr', n),
  status: 'waiting',
  wish: { priceCategory: 'A', areaId: null, ticketTypeId: null },
  pools: ['seats:A'],
  quantity: 1,
  partWelcome: false,
  buyer: { name: 'Ada', email: 'ada@example.org', phone: null, statistics: null },
  offerId: null,
  skips: 0,
  endReason: null,
  revision: 1,
  createdAt: new Date(0),
  endedAt: null,
  ...change,
});
