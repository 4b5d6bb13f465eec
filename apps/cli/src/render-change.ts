import { formatMoney } from '@eventhorizon/core/shared/money';
import { green, type Io } from './io.ts';
import { type ChangeProgress, changeLine } from './watch-change.ts';

const WHAT = {
  cancelled: 'is cancelled',
  postponed: 'is postponed',
  moved: 'has a new date',
} as const satisfies Record<ChangeProgress['kind'], string>;

/** A change of an event for a person: what it is, how far it has got, where the money is, and what to do next. */
export const renderChange = (io: Io, progress: ChangeProgress): string => {
  const { eventId, kind, to, fullRefundUntil, finishedAt, money, counts } = progress;
  const lines = [
    `${green(io, '✓')} ${eventId} ${WHAT[kind]}${to === null ? '' : `: ${to.local.slice(0, 16).replace('T', ' ')} ${to.zone}`}`,
    `  ${changeLine(progress)}`,
    ...money.map(
      ({ total, sent, failed }) =>
        `  money back: ${formatMoney(total)}, sent ${formatMoney(sent)}${failed.amount > 0 ? `, could not be sent ${formatMoney(failed)}` : ''}`,
    ),
    ...(fullRefundUntil === null ? [] : [`  full refunds until ${fullRefundUntil}`]),
    finishedAt === null
      ? `  still under way; watch it with: eventhorizon events progress ${eventId} --watch`
      : `  everybody was reached by ${finishedAt}`,
    ...(counts.failed > 0 ? ['  see what failed with: eventhorizon incidents list'] : []),
  ];
  return `${lines.join('\n')}\n`;
};
