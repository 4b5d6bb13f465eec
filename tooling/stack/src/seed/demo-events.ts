import type { Client } from '@eventhorizon/client/create-client';

type CreateEvent = Parameters<Client['api']['events']['create']['mutate']>[0];
type Place = { readonly organizationId: string; readonly venueId: string };

const ZONE = 'Europe/Berlin';
const DAY_MS = 24 * 60 * 60_000;

/** A wall time so many days after `now`. */
const wallTime = (now: Date, days: number, time: string) => ({
  local: `${new Date(now.getTime() + days * DAY_MS).toISOString().slice(0, 10)}T${time}`,
  zone: ZONE,
});

/** The demo's venue. */
export const demoVenue = (organizationId: string) => ({
  organizationId,
  name: 'Aurora Theatre',
  address: 'Sternwartenweg 7',
  city: 'Leipzig',
  country: 'DE',
  location: { latitude: 51.3397, longitude: 12.3731 },
  zone: ZONE,
});

/** A play on numbered seats, 400 of them in three categories, 60 days after `now`. */
export const seatedEvent = (place: Place, seatMapId: string, now: Date): CreateEvent => ({
  ...place,
  seatMapId,
  title: 'A Midsummer Night’s Dream',
  description: 'The comedy in **five acts**, with live music.\n\n* Doors open an hour before\n* One interval',
  category: 'theatre',
  tags: ['classic', 'comedy'],
  startsAt: wallTime(now, 60, '20:00'),
  endsAt: wallTime(now, 60, '22:45'),
  doorsAt: wallTime(now, 60, '19:00'),
  currency: 'EUR',
  priceCategories: [
    { key: 'Premium', color: '#c9a227' },
    { key: 'Standard', color: '#3a7ca5' },
    { key: 'Balcony', color: '#7d5ba6' },
  ],
  ticketTypes: [
    { name: 'Adult', prices: { Premium: 8900, Standard: 5900, Balcony: 3900 } },
    { name: 'Concession', prices: { Premium: 6900, Standard: 4400, Balcony: 2900 } },
  ],
  maxPerBooking: 8,
  refundPolicy: {
    steps: [
      { untilDays: 14, percent: 100 },
      { untilDays: 2, percent: 50 },
    ],
  },
});

/** A concert with 300 standing places and a small gallery, 75 days after `now`. */
export const standingEvent = (place: Place, now: Date): CreateEvent => ({
  ...place,
  title: 'Northern Lights: live',
  description: 'One night, two sets. Standing, with a small gallery.',
  category: 'concert',
  tags: ['live', 'standing'],
  startsAt: wallTime(now, 75, '21:00'),
  endsAt: wallTime(now, 75, '23:59'),
  doorsAt: wallTime(now, 75, '19:30'),
  currency: 'EUR',
  priceCategories: [
    { key: 'floor', name: 'Floor' },
    { key: 'gallery', name: 'Gallery' },
  ],
  areas: [
    { name: 'Floor', capacity: 300, priceCategory: 'floor' },
    { name: 'Gallery', capacity: 40, priceCategory: 'gallery' },
  ],
  ticketTypes: [{ name: 'Regular', prices: { floor: 3500, gallery: 5500 } }],
  maxPerBooking: 6,
});
