import { newHoldId } from '../../testing/new-hold-id.ts';
import { saleTo } from './foreign-things.ts';
import { FOREIGN_HOLD, type TenancyTable } from './tenancy-table.ts';

export const boxOfficeTable: TenancyTable = {
  rows: {
    'boxOffice.hold': ({ api, organizationId, own, heldEventId: eventId, areaId }) => {
      const selections = [{ kind: 'places' as const, areaId, quantity: 1 }];
      const holdId = newHoldId();
      return [
        api.boxOffice.hold.mutate({ organizationId, eventId, holdId, selections }),
        api.boxOffice.hold.mutate({ organizationId: own.organizationId, eventId, holdId, selections }),
      ];
    },
    'boxOffice.release': ({ api, organizationId, heldEventId: eventId, houseHoldId: holdId }) => [
      api.boxOffice.release.mutate({ organizationId, eventId, holdId }),
    ],
    'boxOffice.sell': ({ api, organizationId, heldEventId: eventId, houseHoldId: holdId, adult }) => [
      api.boxOffice.sell.mutate({ ...saleTo('Mallory', adult), organizationId, eventId, holdId }),
    ],
    'boxOffice.document': ({ api, organizationId, own, soldBookingId: bookingId }) => [
      api.boxOffice.document.query({ organizationId, bookingId, kind: 'tickets' }),
      api.boxOffice.document.query({ ...own, bookingId, kind: 'tickets' }),
    ],
  },
  open: {
    'boxOffice.release eventId': FOREIGN_HOLD,
    'boxOffice.release holdId': FOREIGN_HOLD,
    'boxOffice.sell eventId': FOREIGN_HOLD,
    'boxOffice.sell holdId': FOREIGN_HOLD,
    'boxOffice.sell lines[].ticketTypeId': FOREIGN_HOLD,
  },
};
