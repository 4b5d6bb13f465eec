import type { Client } from '@eventhorizon/client/create-client';
import { formatMoney, money } from '@eventhorizon/core/shared/money';
import { bold, dim, type Io } from './io.ts';
import { renderMoney } from './render-money.ts';
import { utc } from './render-offer.ts';
import { plain, renderTable } from './render-table.ts';

type Bookings = Client['api']['bookings'];
type SoldPage = Awaited<ReturnType<Bookings['listSold']['query']>>;
type Sold = Awaited<ReturnType<Bookings['getSold']['query']>>;

const words = (name: string): string => name.replaceAll('_', ' ');

/** `complimentary (line 7)`. */
const how = (channel: string, from: { readonly line: number } | null | undefined): string =>
  from ? `${words(channel)} (line ${from.line})` : words(channel);

const HEADING = [
  'reference',
  'buyer',
  'e-mail',
  'status',
  'tickets',
  'total',
  'how',
  'when (UTC)',
  'booking',
];

/** A page of what was sold, for a person. */
export const renderSoldPage = (io: Io, { items, nextCursor }: SoldPage): string => {
  if (items.length === 0) return 'Nothing found.\n';
  const rows = items.map((one) => [
    one.reference,
    one.buyer.name,
    one.buyer.email ?? '',
    one.status,
    one.unitsLeft === one.units ? String(one.units) : `${one.unitsLeft} of ${one.units}`,
    formatMoney(one.total),
    how(one.channel, one.from),
    one.createdAt.slice(0, 16).replace('T', ' '),
    one.id,
  ]);
  return renderTable(io, HEADING, rows) + (nextCursor === null ? '' : `More: --cursor ${nextCursor}\n`);
};

/** One booking with its tickets and its money, and what can be done for who calls about it. */
export const renderSold = (io: Io, booking: Sold): string => {
  const { id, reference, status, closeReason, buyer, event, sale, createdAt, payBy } = booking;
  const why = closeReason === null ? '' : ` (${words(closeReason)})`;
  const until = status === 'pending' && payBy !== null ? `, to be paid until ${utc(payBy)}` : '';
  const { local, zone } = event.startsAt;
  const facts = [
    [buyer.name, buyer.email, buyer.phone].filter((fact) => fact !== null).join(', '),
    `${event.title}, ${local.replace('T', ' ')} ${zone}, ${event.venueName}`,
    `sold: ${how(sale?.channel ?? 'online', sale?.from)}, ${utc(createdAt)}`,
    ...[sale?.note, sale?.reason, sale?.limitOverride].filter((said) => typeof said === 'string'),
  ];
  const next =
    status !== 'confirmed'
      ? []
      : [
          `eventhorizon bookings resend ${reference}`,
          ...(sale === undefined ? [] : [`eventhorizon boxoffice print ${reference} -o ${reference}.pdf`]),
        ];
  return [
    `${bold(io, reference)} is ${status}${why}${until}: ${formatMoney(booking.total)}\n`,
    ...facts.map((fact) => `  ${plain(fact)}\n`),
    renderTable(io, ['place', 'type', 'attendee', 'price', 'state', 'ticket'], placesOf(booking)),
    renderMoney(io, booking.money),
    `${dim(io, id)}\n`,
    ...next.map((command) => `  ${dim(io, command)}\n`),
  ].join('');
};

/** A row a ticket; before there are any, a row a unit. */
const placesOf = ({ lines, tickets, total: { currency } }: Sold): string[][] => {
  const priceOf = (unitId: string): string =>
    formatMoney(money(lines.find((line) => line.unitId === unitId)?.amount ?? 0, currency));
  return tickets.length === 0
    ? lines.map((line) => [
        line.label,
        line.ticketTypeName,
        line.attendeeName ?? '',
        priceOf(line.unitId),
        'no ticket',
        '',
      ])
    : tickets.map((ticket) => [
        ticket.label,
        ticket.ticketTypeName,
        ticket.attendeeName ?? '',
        priceOf(ticket.unitId),
        ticket.passedOn ? `${ticket.status}, passed on` : ticket.status,
        ticket.id,
      ]);
};
