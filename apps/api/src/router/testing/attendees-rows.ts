import { LIST } from './foreign-things.ts';
import type { TenancyTable } from './tenancy-table.ts';

export const attendeesTable: TenancyTable = {
  rows: {
    'attendees.import': ({ api, organizationId, own, heldEventId: eventId }) => [
      api.attendees.import.mutate({ ...LIST, organizationId, eventId }),
      api.attendees.import.mutate({ ...LIST, organizationId: own.organizationId, eventId }),
    ],
    'attendees.list': ({ api, organizationId, own, heldEventId: eventId }) => [
      api.attendees.list.query({ organizationId, eventId }),
      api.attendees.list.query({ organizationId: own.organizationId, eventId }),
    ],
    'attendees.get': ({ api, organizationId, own, importId }) => [
      api.attendees.get.query({ organizationId, importId }),
      api.attendees.get.query({ ...own, importId }),
    ],
    'attendees.cancel': ({ api, organizationId, own, importId }) => [
      api.attendees.cancel.mutate({ organizationId, importId }),
      api.attendees.cancel.mutate({ ...own, importId }),
    ],
    'attendees.resume': ({ api, organizationId, own, importId }) => [
      api.attendees.resume.mutate({ organizationId, importId }),
      api.attendees.resume.mutate({ ...own, importId }),
    ],
    'attendees.report': ({ api, organizationId, own, importId }) => [
      api.attendees.report.query({ organizationId, importId }),
      api.attendees.report.query({ ...own, importId }),
    ],
    'attendees.document': ({ api, organizationId, own, importId }) => [
      api.attendees.document.query({ organizationId, importId }),
      api.attendees.document.query({ ...own, importId }),
    ],
    'attendees.mail': ({ api, organizationId, own, importId }) => [
      api.attendees.mail.mutate({ organizationId, importId }),
      api.attendees.mail.mutate({ ...own, importId }),
    ],
  },
};
