import { venueFields } from '../../testing/open-sale.ts';
import { NOBODYS } from './foreign-things.ts';
import type { TenancyTable } from './tenancy-table.ts';

export const venuesTable: TenancyTable = {
  rows: {
    'venues.create': ({ api, organizationId }) => [
      api.venues.create.mutate({ organizationId, ...venueFields }),
      api.venues.create.mutate({ ...NOBODYS, ...venueFields }),
    ],
    'venues.update': ({ api, organizationId, own, venueId }) => [
      api.venues.update.mutate({ organizationId, venueId, changes: { name: 'Mine' } }),
      api.venues.update.mutate({ ...own, venueId, changes: { name: 'Mine' } }),
    ],
    'venues.get': ({ api, organizationId, own, venueId }) => [
      api.venues.get.query({ organizationId, venueId }),
      api.venues.get.query({ ...own, venueId }),
    ],
    'venues.list': ({ api, organizationId }) => [api.venues.list.query({ organizationId })],
    'venues.importSeatMap': ({ api, organizationId, own, venueId }) => [
      api.venues.importSeatMap.mutate({ organizationId, venueId, format: 'csv', content: '' }),
      api.venues.importSeatMap.mutate({ ...own, venueId, format: 'csv', content: '' }),
    ],
  },
};
