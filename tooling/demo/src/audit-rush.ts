import { auditSale, type Check } from '@eventhorizon/actors/audit-sale';
import type { Sale } from '@eventhorizon/actors/open-sale';
import type { Stack } from '@eventhorizon/stack/start-stack';
import type { BuyerEnd } from './buyer.ts';

type SandboxEmail = {
  readonly to: readonly string[];
  readonly text: string | null;
  readonly attachments: readonly { readonly filename: string }[];
};
type SandboxIntent = { readonly status: string; readonly amount_received: number };

const fromSandbox = async <T>(stack: Stack, path: string): Promise<T> =>
  (await (await fetch(`${stack.sandboxUrl}/_control/${path}`)).json()) as T;

const ticketsOf = (ends: readonly BuyerEnd[]): number =>
  ends.reduce((sum, end) => sum + (end.end === 'bought' ? end.tickets : 0), 0);

/** The audit of what is stored, and of what the outside world has seen: buyers, their mail, the payment provider. */
export const auditRush = async (
  stack: Stack,
  sale: Sale,
  ends: readonly BuyerEnd[],
): Promise<readonly Check[]> => {
  const { checks, counts } = await auditSale(stack.servers, sale.eventId);
  const [emails, intents] = await Promise.all([
    fromSandbox<SandboxEmail[]>(stack, 'emails'),
    fromSandbox<SandboxIntent[]>(stack, 'intents'),
  ]);
  // Everybody is mailed a code for the address; tickets come as files.
  const mailed = new Set(emails.flatMap(({ to, attachments }) => (attachments.length > 0 ? to : [])));
  const paid = intents.filter(({ status }) => status === 'succeeded').length;
  const told = ticketsOf(ends);
  return [
    ...checks,
    {
      promise: 'what buyers were told is what is stored',
      findings:
        told === counts.validTickets
          ? []
          : [`buyers have ${told} tickets, ${counts.validTickets} are stored`],
    },
    {
      promise: 'the provider has no money that we do not know of',
      findings:
        paid === counts.captured
          ? []
          : [`${paid} intents succeeded, ${counts.captured} payments are captured`],
    },
    {
      promise: 'who bought has an e-mail with the tickets',
      findings: ends.flatMap((end) =>
        end.end === 'bought' && !mailed.has(end.email) ? [`${end.email} has none`] : [],
      ),
    },
  ];
};
