import type { Listing } from '@eventhorizon/core/listings/listing';
import { foldText } from '@eventhorizon/core/shared/fold-text';
import { searchWordsOf } from '@eventhorizon/core/shared/words-of';
import { newId } from '../../testing/new-id.ts';

/** A listing that is shown until 2027, with what a test does not care about filled in. What follows from other fields is made here. */
export const sampleListing = (change: Partial<Listing> = {}): Listing => {
  const startsAt = change.startsAt ?? {
    local: '2026-12-01T20:00',
    zone: 'UTC',
    at: new Date('2026-12-01T20:00:00Z'),
  };
  const listedUntil = change.listedUntil ?? startsAt.at;
  const base: Omit<Listing, 'words' | 'cityKey' | 'day'> = {
    id: newId('evt'),
    organization: { id: newId('org'), name: 'Aurora Stages' },
    listed: true,
    listedUntil,
    keepUntil: listedUntil,
    eventRevision: 1,
    venueRevision: 1,
    title: 'A show',
    category: 'concert',
    tags: [],
    imageUrl: null,
    startsAt,
    endsAt: startsAt,
    doorsAt: null,
    venue: {
      id: newId('ven'),
      name: 'Hall',
      city: 'Leipzig',
      country: 'DE',
      location: { latitude: 51.34, longitude: 12.37 },
    },
    salesStartAt: null,
    salesEndAt: null,
    currency: 'EUR',
    priceFrom: 1_000,
    priceTo: 2_000,
    capacity: 100,
    free: 50,
    freeAt: new Date('2026-06-01T00:00:00Z'),
    popularity: 0,
    ...change,
  };
  const { title, category, tags, venue, organization } = base;
  return {
    ...base,
    day: startsAt.local.slice(0, 10),
    cityKey: foldText(venue.city),
    words: searchWordsOf([title, category, ...tags, venue.name, venue.city, organization.name]),
  };
};
