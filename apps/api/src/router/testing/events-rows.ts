import { eventFields } from '../../testing/open-sale.ts';
import { OTHER_TIMES } from './foreign-things.ts';
import { PUBLIC, type TenancyTable, WITHIN } from './tenancy-table.ts';

export const eventsTable: TenancyTable = {
  rows: {
    'events.create': ({ api, organizationId, own, venueId, seatMapId }) => [
      api.events.create.mutate({ organizationId, venueId, ...eventFields }),
      api.events.create.mutate({ organizationId: own.organizationId, venueId, ...eventFields }),
      api.events.create.mutate({ ...own, seatMapId, ...eventFields }),
    ],
    'events.update': ({ api, organizationId, own, eventId, venueId, seatMapId }) => [
      api.events.update.mutate({ organizationId, eventId, changes: { title: 'Mine' } }),
      api.events.update.mutate({ ...own, eventId, changes: { title: 'Mine' } }),
      api.events.update.mutate({ ...own, changes: { venueId } }),
      api.events.update.mutate({ ...own, changes: { seatMapId } }),
    ],
    'events.publish': ({ api, organizationId, own, eventId }) => [
      api.events.publish.mutate({ organizationId, eventId }),
      api.events.publish.mutate({ ...own, eventId }),
    ],
    'events.unpublish': ({ api, organizationId, own, eventId }) => [
      api.events.unpublish.mutate({ organizationId, eventId }),
      api.events.unpublish.mutate({ ...own, eventId }),
    ],
    'events.cancel': ({ api, organizationId, own, eventId }) => [
      api.events.cancel.mutate({ organizationId, eventId, reason: 'mine', title: 'Theirs' }),
      api.events.cancel.mutate({ ...own, eventId, reason: 'mine', title: 'Theirs' }),
    ],
    'events.postpone': ({ api, organizationId, own, eventId }) => [
      api.events.postpone.mutate({ organizationId, eventId }),
      api.events.postpone.mutate({ ...own, eventId }),
    ],
    'events.reschedule': ({ api, organizationId, own, eventId }) => [
      api.events.reschedule.mutate({ organizationId, eventId, ...OTHER_TIMES }),
      api.events.reschedule.mutate({ ...own, eventId, ...OTHER_TIMES }),
    ],
    'events.progress': ({ api, organizationId, own, eventId }) => [
      api.events.progress.query({ organizationId, eventId }),
      api.events.progress.query({ ...own, eventId }),
    ],
    'events.delete': ({ api, organizationId, own, eventId }) => [
      api.events.delete.mutate({ organizationId, eventId }),
      api.events.delete.mutate({ ...own, eventId }),
    ],
    'events.setAreaCapacity': ({ api, organizationId, own, eventId, areaId }) => [
      api.events.setAreaCapacity.mutate({ organizationId, eventId, areaId, capacity: 1 }),
      api.events.setAreaCapacity.mutate({ ...own, eventId, areaId, capacity: 1 }),
      api.events.setAreaCapacity.mutate({ ...own, areaId, capacity: 1 }),
    ],
    'events.get': ({ api, organizationId, own, eventId }) => [
      api.events.get.query({ organizationId, eventId }),
      api.events.get.query({ ...own, eventId }),
    ],
    'events.list': ({ api, organizationId }) => [api.events.list.query({ organizationId })],
    // Public, but a draft is its organizer's alone.
    'events.getPublic': ({ api, eventId }) => [api.events.getPublic.query({ eventId })],
    'events.listPublic': null,
    'events.listSeats': ({ api, eventId }) => [api.events.listSeats.query({ eventId })],
  },
  open: {
    'events.listPublic organizationId': PUBLIC,
    'events.create areas[].id': WITHIN,
    'events.create refundPolicy.exceptions[].ticketTypeId': WITHIN,
    'events.update changes.refundPolicy.exceptions[].ticketTypeId': WITHIN,
    'events.create ticketTypes[].id': WITHIN,
    'events.update changes.areas[].id': WITHIN,
    'events.update changes.ticketTypes[].id': WITHIN,
  },
};
