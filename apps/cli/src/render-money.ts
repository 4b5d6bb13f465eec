import type { Client } from '@eventhorizon/client/create-client';
import { formatMoney } from '@eventhorizon/core/shared/money';
import type { Io } from './io.ts';
import { renderTable } from './render-table.ts';

type SoldMoney = Awaited<ReturnType<Client['api']['payments']['ofBooking']['query']>>;

/** What came in, what went back and what still can. */
export const renderMoney = (io: Io, { payment, refunds }: SoldMoney): string => {
  if (payment === null) return 'Nothing was to be paid.\n';
  const rows = refunds.map(({ id, amount, status, reason, note, failureReason }) => [
    id,
    formatMoney(amount),
    status.replace('_', ' '),
    reason.replace('_', ' '),
    failureReason ?? note ?? '',
  ]);
  return [
    `paid ${formatMoney(payment.captured)} by ${payment.method.replace('_', ' ')}, ${formatMoney(payment.refundable)} can still go back\n`,
    rows.length === 0 ? '' : renderTable(io, ['refund', 'amount', 'state', 'reason', 'note'], rows),
  ].join('');
};
