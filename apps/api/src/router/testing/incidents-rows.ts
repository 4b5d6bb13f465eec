import { NOBODYS } from './foreign-things.ts';
import type { TenancyTable } from './tenancy-table.ts';

export const incidentsTable: TenancyTable = {
  rows: {
    'incidents.list': ({ api, organizationId }) => [api.incidents.list.query({ organizationId })],
    'incidents.resolveMismatch': ({ api, organizationId, own }) => [
      api.incidents.resolveMismatch.mutate({ ...NOBODYS, organizationId, decision: 'confirm' }),
      api.incidents.resolveMismatch.mutate({ ...NOBODYS, ...own, decision: 'confirm' }),
    ],
    'incidents.resolve': ({ api, organizationId, own }) => [
      api.incidents.resolve.mutate({ ...NOBODYS, organizationId, note: 'mine' }),
      api.incidents.resolve.mutate({ ...NOBODYS, ...own, note: 'mine' }),
    ],
    'incidents.acknowledge': ({ api, organizationId, own }) => [
      api.incidents.acknowledge.mutate({ ...NOBODYS, organizationId, note: 'mine' }),
      api.incidents.acknowledge.mutate({ ...NOBODYS, ...own, note: 'mine' }),
    ],
  },
  open: {
    'incidents.list eventId': 'a filter within what the same call names the organization of',
  },
};
