import type { TenancyTable } from './tenancy-table.ts';

export const transfersTable: TenancyTable = {
  rows: {
    'transfers.start': ({ api, ticketId }) => [
      api.transfers.start.mutate({ ticketId, email: 'mallory@example.org' }),
    ],
    'transfers.list': null,
    'transfers.resend': ({ api, transferId }) => [api.transfers.resend.mutate({ transferId })],
    'transfers.withdraw': ({ api, transferId }) => [api.transfers.withdraw.mutate({ transferId })],
    'transfers.preview': null,
    'transfers.accept': null,
    'transfers.decline': null,
  },
};
