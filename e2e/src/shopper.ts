import { randomBytes } from 'node:crypto';
import { newHoldId } from '@eventhorizon/actors/new-hold-id';
import type { Sale } from '@eventhorizon/actors/open-sale';
import { type Card, payInBrowser } from '@eventhorizon/actors/pay-in-browser';
import { type Client, createClient } from '@eventhorizon/client/create-client';
import { insistently } from '@eventhorizon/client/insistently';
import { waitUntil } from '@eventhorizon/devstack/process/wait-until';
import type { TestStack } from './test-stack.ts';

type Api = Client['api'];
export type Hold = Awaited<ReturnType<Api['holds']['place']['mutate']>>;
export type CheckedOut = Awaited<ReturnType<Api['bookings']['checkout']['mutate']>>;
export type Booking = Awaited<ReturnType<Api['bookings']['get']['query']>>;
export type Selection = Parameters<Api['holds']['place']['mutate']>[0]['selections'][number];

/** One person with an account, who does what buyers do through the typed client, and comes again when told to. */
export type Shopper = {
  readonly client: Client;
  readonly email: string;
  readonly hold: (sale: Pick<Sale, 'eventId'>, selection: Selection) => Promise<Hold>;
  /** With a phone number: asks for an SMS besides the e-mail. */
  readonly checkOut: (
    sale: Pick<Sale, 'eventId' | 'ticketTypeId'>,
    hold: Pick<Hold, 'id' | 'units'>,
    phone?: string,
  ) => Promise<CheckedOut>;
  /** Pays in the browser; waits first until the payment is ready. */
  readonly pay: (checkedOut: CheckedOut, card?: Card) => Promise<'paid' | 'declined'>;
  readonly status: (bookingId: string) => Promise<Booking['status']>;
  readonly untilStatus: (
    bookingId: string,
    status: Booking['status'],
    timeoutMs?: number,
  ) => Promise<Booking>;
};

const PATIENCE_MS = 60_000;

export const newShopper = async (stack: TestStack, fetch?: typeof globalThis.fetch): Promise<Shopper> => {
  const username = `buyer-${randomBytes(6).toString('hex')}`;
  const email = `${username}@example.org`;
  const client = createClient({ url: stack.url, ...(fetch === undefined ? {} : { fetch }) });
  await client.register({ username, email, password: randomBytes(12).toString('base64url') });
  return shopperOf(stack, client, email);
};

export const shopperOf = (stack: TestStack, client: Client, email: string): Shopper => {
  const { api } = client;
  const secretOf = async ({ booking, payment }: CheckedOut): Promise<string> =>
    payment.state === 'ready'
      ? payment.clientSecret
      : waitUntil(
          async () => {
            const step = await api.payments.resume.mutate({ bookingId: booking.id });
            return step.state === 'ready' ? step.clientSecret : null;
          },
          { what: 'the payment is ready', timeoutMs: PATIENCE_MS },
        );
  return {
    client,
    email,
    hold: ({ eventId }, selection) => {
      const command = { eventId, holdId: newHoldId(), selections: [selection] };
      return insistently(() => api.holds.place.mutate(command));
    },
    checkOut: ({ eventId, ticketTypeId }, hold, phone) => {
      const command = {
        eventId,
        holdId: hold.id,
        buyer: { name: 'Ada Lovelace', email, ...(phone !== undefined && { phone, wantsSms: true }) },
        lines: hold.units.map(({ unitId }) => ({ unitId, ticketTypeId })),
      };
      return insistently(() => api.bookings.checkout.mutate(command));
    },
    pay: async (checkedOut, card = 'good') =>
      payInBrowser(
        { fetch: globalThis.fetch, sandboxUrl: stack.sandboxUrl, publishableKey: stack.publishableKey },
        await secretOf(checkedOut),
        card,
      ),
    status: async (bookingId) => (await api.bookings.get.query({ bookingId })).status,
    untilStatus: (bookingId, status, timeoutMs = PATIENCE_MS) =>
      waitUntil(
        async () => {
          const booking = await api.bookings.get.query({ bookingId });
          return booking.status === status ? booking : null;
        },
        { what: `booking ${bookingId} is ${status}`, timeoutMs },
      ),
  };
};
