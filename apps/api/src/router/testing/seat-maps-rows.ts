import type { TenancyTable } from './tenancy-table.ts';

export const seatMapsTable: TenancyTable = {
  rows: {
    'seatMaps.get': ({ api, organizationId, own, seatMapId }) => [
      api.seatMaps.get.query({ organizationId, seatMapId }),
      api.seatMaps.get.query({ ...own, seatMapId }),
    ],
    'seatMaps.list': ({ api, organizationId, own, venueId }) => [
      api.seatMaps.list.query({ organizationId, venueId }),
      api.seatMaps.list.query({ ...own, venueId }),
    ],
    'seatMaps.listSeats': ({ api, organizationId, own, seatMapId }) => [
      api.seatMaps.listSeats.query({ organizationId, seatMapId }),
      api.seatMaps.listSeats.query({ ...own, seatMapId }),
    ],
  },
};
