import type { TenancyTable } from './tenancy-table.ts';

export const ticketsTable: TenancyTable = {
  rows: {
    'tickets.listMine': null,
    'tickets.get': ({ api, ticketId }) => [api.tickets.get.query({ ticketId })],
    'tickets.document': ({ api, ticketId }) => [
      api.tickets.document.query({ ticketId, kind: 'tickets' }),
      api.tickets.document.query({ ticketId, kind: 'calendar' }),
    ],
    'tickets.holders': ({ api, organizationId, own, ticketId }) => [
      api.tickets.holders.query({ organizationId, ticketId }),
      api.tickets.holders.query({ ...own, ticketId }),
    ],
  },
};
