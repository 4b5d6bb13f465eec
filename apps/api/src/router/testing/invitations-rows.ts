import type { TenancyTable } from './tenancy-table.ts';

export const invitationsTable: TenancyTable = {
  rows: {
    'invitations.create': ({ api, organizationId }) => [
      api.invitations.create.mutate({ organizationId, email: 'mallory@example.org', role: 'manager' }),
    ],
    'invitations.list': ({ api, organizationId }) => [api.invitations.list.query({ organizationId })],
    'invitations.resend': ({ api, organizationId, own, invitationId }) => [
      api.invitations.resend.mutate({ organizationId, invitationId }),
      api.invitations.resend.mutate({ ...own, invitationId }),
    ],
    'invitations.withdraw': ({ api, organizationId, own, invitationId }) => [
      api.invitations.withdraw.mutate({ organizationId, invitationId }),
      api.invitations.withdraw.mutate({ ...own, invitationId }),
    ],
    'invitations.preview': null,
    'invitations.accept': null,
  },
};
