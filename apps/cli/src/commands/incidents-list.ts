import type { IncidentKind } from '@eventhorizon/core/payments/incident';
import { formatMoney, moneySchema } from '@eventhorizon/core/shared/money';
import type { CommandContext } from '../command-context.ts';
import { dim } from '../io.ts';
import { renderTable } from '../render-table.ts';
import type { ListOptions } from './venues-list.ts';

export type IncidentsListOptions = ListOptions & {
  readonly kind?: IncidentKind;
  readonly event?: string;
  readonly resolved?: true;
};

type Facts = Readonly<Record<string, string | number>>;

/** What needs a person, the newest first, and what to do about each kind that is there. */
export const listIncidents = async (
  context: CommandContext,
  { org, kind, event: eventId, resolved, ...page }: IncidentsListOptions,
): Promise<void> => {
  const { client, organizationId } = await context.inOrganization(org);
  const incidents = await client.api.incidents.list.query({
    organizationId,
    state: resolved === true ? 'resolved' : 'open',
    ...(kind !== undefined && { kind }),
    ...(eventId !== undefined && { eventId }),
    ...page,
  });
  context.print(incidents, () => {
    if (incidents.items.length === 0) return resolved === true ? 'None.\n' : 'Nothing needs you.\n';
    const rows = incidents.items.map((incident) => [
      incident.id,
      named(incident),
      amountIn(incident.facts),
      incident.bookingId,
      `${incident.openedAt.slice(0, 16).replace('T', ' ')} UTC`,
      ...(resolved === true ? [incident.resolution ?? ''] : []),
    ]);
    const heading = ['id', 'what', 'amount', 'booking', 'since', ...(resolved === true ? ['how'] : [])];
    const steps = new Map(incidents.items.map(({ kind: what, next }) => [what, next.text]));
    const advice =
      resolved === true
        ? ''
        : [...steps]
            .map(([what, text]) => `${what.replaceAll('_', ' ')}: ${dim(context.io, text)}\n`)
            .join('');
    const more = incidents.nextCursor === null ? '' : `More: --cursor ${incidents.nextCursor}\n`;
    return renderTable(context.io, heading, rows) + advice + more;
  });
};

/** `late money: same units`. */
const named = ({ kind, facts }: { readonly kind: string; readonly facts: Facts }): string =>
  [kind, ...(facts.outcome === undefined ? [] : [String(facts.outcome)])].join(': ').replaceAll('_', ' ');

const amountIn = (facts: Facts): string => {
  const amount = facts.amount ?? facts.receivedAmount;
  const currency = facts.currency ?? facts.receivedCurrency;
  const parsed = moneySchema.safeParse({ amount, currency });
  return parsed.success ? formatMoney(parsed.data) : '';
};
