import type { TenancyTable } from './tenancy-table.ts';

export const membersTable: TenancyTable = {
  rows: {
    'members.list': ({ api, organizationId }) => [api.members.list.query({ organizationId })],
    'members.changeRole': ({ api, organizationId, own, membershipId }) => [
      api.members.changeRole.mutate({ organizationId, membershipId, role: 'analyst' }),
      api.members.changeRole.mutate({ ...own, membershipId, role: 'analyst' }),
    ],
    'members.remove': ({ api, organizationId, own, membershipId }) => [
      api.members.remove.mutate({ organizationId, membershipId }),
      api.members.remove.mutate({ ...own, membershipId }),
    ],
    'members.leave': ({ api, organizationId }) => [api.members.leave.mutate({ organizationId })],
    'members.transferOwnership': ({ api, organizationId, own, membershipId }) => [
      api.members.transferOwnership.mutate({ organizationId, membershipId }),
      api.members.transferOwnership.mutate({ ...own, membershipId }),
    ],
  },
};
