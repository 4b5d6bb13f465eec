import type { TenancyTable } from './tenancy-table.ts';

export const organizationsTable: TenancyTable = {
  rows: {
    'organizations.create': null,
    'organizations.listMine': null,
    'organizations.get': ({ api, organizationId }) => [api.organizations.get.query({ organizationId })],
    'organizations.getPublic': null,
    'organizations.update': ({ api, organizationId }) => [
      api.organizations.update.mutate({ organizationId, changes: { name: 'Mine' } }),
    ],
  },
};
