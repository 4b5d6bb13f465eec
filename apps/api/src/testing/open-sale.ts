import type { TestClient } from './test-client.ts';

const CSV = [
  'section,row,seat,category,x,y,accessible',
  ...Array.from({ length: 10 }, (_, n) => `Stalls,A,${n + 1},Front,${n * 10},0,false`),
  ...Array.from({ length: 10 }, (_, n) => `Stalls,B,${n + 1},Back,${n * 10},10,false`),
].join('\n');

export const venueFields = {
  name: 'Small Hall',
  address: 'Sternwartenweg 7',
  city: 'Leipzig',
  country: 'DE',
  location: null,
  zone: 'Europe/Berlin',
};

export const eventFields = {
  title: 'A concert',
  startsAt: { local: '2099-06-01T20:00', zone: 'Europe/Berlin' },
  endsAt: { local: '2099-06-01T23:00', zone: 'Europe/Berlin' },
  currency: 'EUR',
  priceCategories: [{ key: 'Front' }, { key: 'Back' }, { key: 'Floor' }],
  areas: [{ name: 'Floor', capacity: 50, priceCategory: 'Floor' }],
  ticketTypes: [
    { name: 'Adult', prices: { Front: 5_000, Back: 3_000, Floor: 2_000 } },
    { name: 'Child', prices: { Front: 2_500, Back: 1_500, Floor: 0 } },
  ],
};

/** An organization with a venue of 20 seats and a floor, and an event of it, published unless `draft`. */
export const openSale = async (api: TestClient, { draft = false }: { draft?: boolean } = {}) => {
  const { organization } = await api.organizations.create.mutate({ name: 'Aurora Stages' });
  const organizationId = organization.id;
  const venue = await api.venues.create.mutate({ organizationId, ...venueFields });
  const place = { organizationId, venueId: venue.id };
  const seatMap = await api.venues.importSeatMap.mutate({ ...place, format: 'csv', content: CSV });
  const created = await api.events.create.mutate({ ...place, seatMapId: seatMap.id, ...eventFields });
  const eventId = created.id;
  const event = draft ? created : await api.events.publish.mutate({ organizationId, eventId });
  const [area] = event.areas;
  const [adult, child] = event.ticketTypes;
  if (area === undefined || adult === undefined || child === undefined)
    throw new Error('the event lost parts');
  return {
    ...place,
    seatMapId: seatMap.id,
    eventId,
    event,
    areaId: area.id,
    adult: adult.id,
    child: child.id,
  };
};
