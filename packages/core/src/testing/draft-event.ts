import type { Event } from '../events/event.ts';
import type { Id, IdPrefix } from '../shared/ids.ts';
import type { SeatMap } from '../venues/seat-map.ts';

const id = <P extends IdPrefix>(prefix: P, n = 1): Id<P> => `${prefix}_${`a${n}`.padStart(26, '0')}` as Id<P>;

/** A seat map with the categories Front and Back, as `draftEvent` wants it. */
export const testSeatMap = (overrides: Partial<SeatMap> = {}): SeatMap => ({
  id: id('map'),
  organizationId: id('org'),
  venueId: id('ven'),
  version: 1,
  name: 'Small hall',
  categories: [
    { name: 'Front', color: null },
    { name: 'Back', color: null },
  ],
  seatCount: 6,
  accessibleCount: 0,
  ignored: [],
  createdAt: new Date('2026-01-01T00:00:00Z'),
  ...overrides,
});

/** A draft that could be published on 2026-06-01: seats in Front and Back, a standing area, two ticket types, EUR. */
export const draftEvent = (overrides: Partial<Event> = {}): Event => ({
  id: id('evt'),
  organizationId: id('org'),
  status: 'draft',
  title: 'A concert',
  description: 'Loud.',
  descriptionHtml: '<p>Loud.</p>',
  category: 'music',
  tags: [],
  imageUrl: null,
  startsAt: { local: '2026-09-01T20:00', zone: 'Europe/Berlin', at: new Date('2026-09-01T18:00:00Z') },
  endsAt: { local: '2026-09-01T23:00', zone: 'Europe/Berlin', at: new Date('2026-09-01T21:00:00Z') },
  doorsAt: null,
  venueId: id('ven'),
  seatMapId: id('map'),
  priceCategories: [
    { key: 'Front', name: 'Front', color: null },
    { key: 'Back', name: 'Back', color: null },
    { key: 'Standing', name: 'Standing', color: null },
  ],
  areas: [{ id: id('are'), name: 'Floor', capacity: 100, priceCategory: 'Standing' }],
  ticketTypes: [
    { id: id('tty', 1), name: 'Adult', prices: { Front: 5_000, Back: 3_000, Standing: 2_000 } },
    { id: id('tty', 2), name: 'Child', prices: { Front: 2_500, Standing: 0 } },
  ],
  currency: 'EUR',
  salesStartAt: null,
  salesEndAt: null,
  maxPerBooking: 10,
  maxPerPerson: 10,
  holdTtlMs: 600_000,
  waitingRoom: null,
  publishAt: null,
  publishedAt: null,
  frozenUntil: null,
  revision: 7,
  createdAt: new Date('2026-05-01T00:00:00Z'),
  updatedAt: new Date('2026-05-01T00:00:00Z'),
  ...overrides,
});
