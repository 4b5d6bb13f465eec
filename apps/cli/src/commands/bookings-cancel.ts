import type { Client } from '@eventhorizon/client/create-client';
import { equalMoney, formatMoney, type Money, money } from '@eventhorizon/core/shared/money';
import type { CommandContext } from '../command-context.ts';
import { bookingIdOf } from '../find-booking.ts';
import { dim, type Io } from '../io.ts';
import { newRefundId } from '../new-refund-id.ts';
import { parseAmount } from '../parse-amount.ts';
import { renderTable } from '../render-table.ts';
import { UsageError } from '../usage-error.ts';

export type BookingsCancelOptions = {
  readonly org?: string;
  readonly ticket?: readonly string[];
  /** `policy`, `full`, `nothing`, or an amount. */
  readonly return: string;
  readonly reason?: string;
  readonly message?: string;
  readonly agree?: string;
};

type Bookings = Client['api']['bookings'];
type Quotes = Awaited<ReturnType<Bookings['quoteSoldCancellation']['query']>>;
type Returned = Parameters<Bookings['cancelSold']['mutate']>[0]['money'];

/**
 * Shows what would go back, ticket by ticket. Only with `--agree`, which repeats that amount, anything is cancelled: if it has changed meanwhile,
 * nothing is.
 */
export const cancelBooking = async (
  context: CommandContext,
  named: string,
  options: BookingsCancelOptions,
): Promise<void> => {
  const { reason, message, agree, ticket } = options;
  const { client, organizationId } = await context.inOrganization(options.org);
  const bookingId = await bookingIdOf(client, organizationId, named);
  const scope = { organizationId, bookingId, ...(ticket !== undefined && { ticketIds: [...ticket] }) };
  const quotes = await client.api.bookings.quoteSoldCancellation.query(scope);
  const due = returnedBy(options.return, quotes);
  if (agree === undefined) {
    context.print({ ...quotes, returned: due.amount }, () => renderQuote(context.io, quotes, due, options));
    return;
  }
  if (reason === undefined) throw new UsageError('Say why with --reason; it goes on record.');
  const agreed = parseAmount(agree, due.amount.currency);
  if (!equalMoney(agreed, due.amount))
    throw new UsageError(
      `${formatMoney(due.amount)} would go back now, not ${formatMoney(agreed)}. Nothing was cancelled.`,
    );
  const done = await client.api.bookings.cancelSold.mutate({
    ...scope,
    refundId: newRefundId(),
    money: due.returned,
    reason,
    ...(message !== undefined && { message }),
  });
  const what = done.booking.status === 'cancelled' ? 'is cancelled' : 'has fewer tickets';
  const back = done.refund === null ? 'nothing goes' : `${formatMoney(done.refund.amount)} goes`;
  context.done(done, `${done.booking.reference} ${what}; ${back} back to ${done.booking.buyer.name}`);
};

type Due = { readonly amount: Money; readonly returned: Returned };

const returnedBy = (wanted: string, { byPolicy, inFull }: Quotes): Due => {
  switch (wanted) {
    case 'policy':
      return { amount: byPolicy.total, returned: { kind: 'policy', agreed: byPolicy.total } };
    case 'full':
      return { amount: inFull.total, returned: { kind: 'full', agreed: inFull.total } };
    case 'nothing':
      return { amount: money(0, byPolicy.total.currency), returned: { kind: 'nothing' } };
    default: {
      const amount = parseAmount(wanted, byPolicy.total.currency);
      return amount.amount === 0
        ? { amount, returned: { kind: 'nothing' } }
        : { amount, returned: { kind: 'amount', amount: amount.amount } };
    }
  }
};

const renderQuote = (
  io: Io,
  { byPolicy, inFull }: Quotes,
  { amount }: Due,
  { return: wanted }: BookingsCancelOptions,
): string => {
  const { currency } = byPolicy.total;
  const table = renderTable(
    io,
    ['ticket', 'place', 'type', 'paid', 'by policy'],
    byPolicy.tickets.map(({ ticketId, label, ticketTypeName, price, percent, returned }) => [
      ticketId,
      label,
      ticketTypeName,
      formatMoney(money(price, currency)),
      `${formatMoney(money(returned, currency))} (${percent} %)`,
    ]),
  );
  const until = byPolicy.validUntil === null ? '' : `, the same until ${byPolicy.validUntil}`;
  const [figure] = formatMoney(amount).split(' ');
  return [
    table,
    `by policy ${formatMoney(byPolicy.total)}${until}; in full ${formatMoney(inFull.total)}\n`,
    `${formatMoney(amount)} would go back${byPolicy.byHand ? ' by hand' : ''}. Nothing is cancelled yet.\n`,
    dim(
      io,
      `Cancel with: the same command and --agree ${figure} --reason "…"${wanted === 'policy' ? ', or choose with --return full, nothing or an amount' : ''}`,
    ),
    '\n',
  ].join('');
};
