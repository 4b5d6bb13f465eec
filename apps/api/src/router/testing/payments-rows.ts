import { NOBODYS } from './foreign-things.ts';
import type { TenancyTable } from './tenancy-table.ts';

export const paymentsTable: TenancyTable = {
  rows: {
    'payments.config': null,
    'payments.list': null,
    'payments.resume': ({ api, bookingId }) => [api.payments.resume.mutate({ bookingId })],
    'payments.sync': ({ api, bookingId }) => [api.payments.sync.mutate({ bookingId })],
    'payments.refund': ({ api, organizationId, own, paymentId }) => [
      api.payments.refund.mutate({ organizationId, paymentId, refundId: NOBODYS.refundId, amount: 1 }),
      api.payments.refund.mutate({ ...own, paymentId, refundId: NOBODYS.refundId, amount: 1 }),
    ],
    'payments.ofBooking': ({ api, organizationId, own, bookingId }) => [
      api.payments.ofBooking.query({ organizationId, bookingId }),
      api.payments.ofBooking.query({ ...own, bookingId }),
    ],
    'payments.paidBack': ({ api, organizationId, own, soldRefundId: refundId }) => [
      api.payments.paidBack.mutate({ organizationId, refundId }),
      api.payments.paidBack.mutate({ ...own, refundId }),
    ],
  },
};
