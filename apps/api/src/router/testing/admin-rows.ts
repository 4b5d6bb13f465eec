import type { TenancyTable } from './tenancy-table.ts';

export const adminTable: TenancyTable = {
  rows: {
    'admin.claim': ({ api }) => [api.admin.claim.mutate({ code: 'a guess' })],
    'admin.getAccount': ({ api }) => [api.admin.getAccount.query({ account: 'alice' })],
    'admin.listAccounts': ({ api }) => [api.admin.listAccounts.query({ which: 'admins' })],
    'admin.listActs': ({ api }) => [api.admin.listActs.query({})],
    'admin.grant': ({ api }) => [api.admin.grant.mutate({ account: 'mallory' })],
    'admin.revoke': ({ api }) => [api.admin.revoke.mutate({ account: 'alice', reason: 'mine' })],
    'admin.suspend': ({ api }) => [api.admin.suspend.mutate({ account: 'alice', reason: 'mine' })],
    'admin.reinstate': ({ api }) => [api.admin.reinstate.mutate({ account: 'alice', reason: 'mine' })],
  },
  expected: {
    'admin.claim': 'admin.wrong_code',
    'admin.getAccount': 'admin.required',
    'admin.listAccounts': 'admin.required',
    'admin.listActs': 'admin.required',
    'admin.grant': 'admin.required',
    'admin.revoke': 'admin.required',
    'admin.suspend': 'admin.required',
    'admin.reinstate': 'admin.required',
  },
};
