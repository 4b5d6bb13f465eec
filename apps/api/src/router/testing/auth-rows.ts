import type { TenancyTable } from './tenancy-table.ts';

export const authTable: TenancyTable = {
  rows: {
    'auth.register': null,
    'auth.logIn': null,
    'auth.refresh': null,
    'auth.logOut': null,
    'auth.requestVerification': null,
    'auth.verifyEmail': null,
    'auth.requestPasswordReset': null,
    'auth.resetPassword': null,
    'auth.changePassword': null,
  },
};
