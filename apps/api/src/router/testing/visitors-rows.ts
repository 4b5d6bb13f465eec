import type { TenancyTable } from './tenancy-table.ts';

export const visitorsTable: TenancyTable = {
  rows: {
    'visitors.create': null,
  },
};
