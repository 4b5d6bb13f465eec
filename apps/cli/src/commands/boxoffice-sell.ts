import type { Client } from '@eventhorizon/client/create-client';
import { domainErrorOf } from '@eventhorizon/client/domain-error';
import { formatMoney } from '@eventhorizon/core/shared/money';
import { chooseUnits, named, type UnitOptions } from '../choose-units.ts';
import type { CommandContext } from '../command-context.ts';
import { green } from '../io.ts';
import { newHoldId } from '../new-hold-id.ts';
import { type SettlementOptions, settlementOf } from '../settlement.ts';
import { writeOutputFile } from '../write-output-file.ts';

export type BoxOfficeSellOptions = UnitOptions &
  SettlementOptions & {
    readonly org?: string;
    readonly event: string;
    readonly type: string;
    readonly name: string;
    readonly email?: string;
    readonly phone?: string;
    readonly onPhone?: true;
    readonly note?: string;
    readonly overLimit?: string;
    readonly mail: boolean;
    readonly tickets?: string;
  };

/** Sells to somebody who is at the counter or on the telephone, and hands the tickets over. */
export const sellAtBoxOffice = async (
  context: CommandContext,
  options: BoxOfficeSellOptions,
): Promise<void> => {
  const settlement = settlementOf(options);
  const { client, organizationId } = await context.inOrganization(options.org);
  const of = { organizationId, eventId: options.event };
  const event = await client.api.events.get.query(of);
  const { id: ticketTypeId } = named('ticket type', event.ticketTypes, options.type, ({ id }) => id);
  const hold = { ...of, holdId: newHoldId() };
  const { units, quote } = await client.api.boxOffice.hold.mutate({
    ...hold,
    selections: [await chooseUnits(client, event, options)],
    overLimit: options.overLimit !== undefined,
  });
  const priceOf = (category: string): number =>
    quote.prices.find((one) => one.priceCategory === category && one.ticketTypeId === ticketTypeId)?.amount ??
    0;
  const due = units.reduce((sum, { priceCategory }) => sum + priceOf(priceCategory), 0);
  const booking = await client.api.boxOffice.sell
    .mutate({
      ...hold,
      channel: options.onPhone === true ? 'phone' : 'box_office',
      buyer: { name: options.name, email: options.email ?? null, phone: options.phone ?? null },
      lines: units.map(({ unitId }) => ({ unitId, ticketTypeId })),
      settlement,
      amount: settlement.kind === 'paid' ? due : 0,
      note: options.note ?? null,
      limitOverride: options.overLimit ?? null,
      mail: options.mail,
    })
    .catch((error: unknown) => giveBack(client, hold, error));
  if (options.tickets !== undefined) {
    const ref = { organizationId: of.organizationId, bookingId: booking.id, kind: 'tickets' as const };
    const { base64 } = await client.api.boxOffice.document.query(ref);
    await writeOutputFile(options.tickets, Buffer.from(base64, 'base64'));
  }
  context.print(booking, () => {
    const paid = booking.total.amount === 0 ? 'free' : formatMoney(booking.total);
    const lines = booking.lines
      .map(({ label, ticketTypeName }) => `  ${label} (${ticketTypeName})\n`)
      .join('');
    const saved = options.tickets === undefined ? '' : `  tickets: ${options.tickets}\n`;
    return `${green(context.io, '✓')} ${booking.reference} for ${options.name}: ${paid}\n${lines}${saved}  ${booking.id}\n`;
  });
};

/** A refused sale frees its units at once; where nobody knows whether it was made, the hold ends by itself. */
const giveBack = async (
  client: Client,
  hold: Parameters<Client['api']['boxOffice']['release']['mutate']>[0],
  error: unknown,
): Promise<never> => {
  const refusal = domainErrorOf(error);
  if (refusal !== null && refusal.kind !== 'unavailable')
    await client.api.boxOffice.release.mutate(hold).catch(() => undefined);
  throw error;
};
