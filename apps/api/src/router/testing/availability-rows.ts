import { firstLive } from '../../testing/test-client.ts';
import { PUBLIC, type TenancyTable } from './tenancy-table.ts';

export const availabilityTable: TenancyTable = {
  rows: {
    'availability.get': null,
    'availability.live': ({ api, eventId }) => [firstLive(api, eventId)],
  },
  open: {
    'availability.get eventId': PUBLIC,
  },
};
