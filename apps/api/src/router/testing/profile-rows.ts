import type { TenancyTable } from './tenancy-table.ts';

export const profileTable: TenancyTable = {
  rows: {
    'profile.get': null,
    'profile.update': null,
    'profile.sessions.list': null,
    'profile.sessions.revoke': ({ api, sessionId }) => [api.profile.sessions.revoke.mutate({ sessionId })],
    'profile.sessions.revokeOthers': null,
  },
};
