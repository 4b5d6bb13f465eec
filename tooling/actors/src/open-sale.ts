import { randomBytes } from 'node:crypto';
import { type Client, createClient } from '@eventhorizon/client/create-client';

type CreateEvent = Parameters<Client['api']['events']['create']['mutate']>[0];

export type SaleOptions = {
  /** A seat map as a seating plan (JSON) or CSV; null: standing only. */
  readonly seatMap: { readonly format: 'plan' | 'csv'; readonly content: string } | null;
  /** Places of the standing area `Floor`; 0: none. */
  readonly standing: number;
  /** Minor units by price category; the standing area's is `floor`. Zero is free. */
  readonly prices: Readonly<Record<string, number>>;
  readonly event?: Partial<CreateEvent>;
};

/** An event on sale, with who runs it. */
export type Sale = {
  readonly organizer: Client;
  readonly organizationId: string;
  readonly eventId: string;
  /** Of the standing area; empty when there is none. */
  readonly areaId: string;
  readonly ticketTypeId: string;
  readonly seats: number;
};

/** Does what an organizer does: account, organization, venue, seat map, event, publish. */
export const openSale = async (
  url: string,
  { seatMap, standing, prices, event }: SaleOptions,
): Promise<Sale> => {
  const name = `owner-${randomBytes(6).toString('hex')}`;
  const organizer = createClient({ url });
  await organizer.register({
    username: name,
    email: `${name}@eventhorizon.example`,
    password: randomBytes(12).toString('base64url'),
  });
  const { api } = organizer;
  const { organization } = await api.organizations.create.mutate({ name: 'Rush Hour Concerts' });
  const organizationId = organization.id;
  const venue = await api.venues.create.mutate({
    organizationId,
    name: 'Aurora Theatre',
    address: 'Sternwartenweg 7',
    city: 'Leipzig',
    country: 'DE',
    location: { latitude: 51.3397, longitude: 12.3731 },
    zone: 'Europe/Berlin',
  });
  const place = { organizationId, venueId: venue.id };
  const stored = seatMap === null ? null : await api.venues.importSeatMap.mutate({ ...place, ...seatMap });
  const created = await api.events.create.mutate({
    ...place,
    seatMapId: stored?.id ?? null,
    title: 'The on-sale rush',
    description: 'Everybody wants in.',
    category: 'concert',
    startsAt: { local: '2031-06-14T20:00', zone: venue.zone },
    endsAt: { local: '2031-06-14T23:00', zone: venue.zone },
    currency: 'EUR',
    priceCategories: Object.keys(prices).map((key) => ({ key })),
    areas: standing === 0 ? [] : [{ name: 'Floor', capacity: standing, priceCategory: 'floor' }],
    ticketTypes: [{ name: 'Adult', prices: { ...prices } }],
    ...event,
  });
  await api.events.publish.mutate({ organizationId, eventId: created.id });
  return {
    organizer,
    organizationId,
    eventId: created.id,
    areaId: created.areas[0]?.id ?? '',
    ticketTypeId: created.ticketTypes[0]?.id ?? '',
    seats: stored?.seatCount ?? 0,
  };
};
