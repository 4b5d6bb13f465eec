import { newHoldId } from '@eventhorizon/actors/new-hold-id';
import type { Sale } from '@eventhorizon/actors/open-sale';
import { type Card, payInBrowser } from '@eventhorizon/actors/pay-in-browser';
import { insistently } from '@eventhorizon/client/insistently';
import { waitUntil } from '@eventhorizon/devstack/process/wait-until';
import type { Stack } from '@eventhorizon/stack/start-stack';
import type { PreparedBuyer } from '../buyer.ts';
import type { Booking } from './scene.ts';

/** Holds standing places, checks out and pays; a card whose bank takes its time leaves the booking pending. */
export const buyPlaces = async (
  stack: Stack,
  buyer: PreparedBuyer,
  sale: Sale,
  quantity: number,
  card: Card = 'good',
): Promise<Booking> => {
  const { api } = buyer.client;
  const { eventId, areaId, ticketTypeId } = sale;
  const selections = [{ kind: 'places', areaId, quantity } as const];
  const hold = await insistently(() => api.holds.place.mutate({ eventId, holdId: newHoldId(), selections }));
  const { booking } = await insistently(() =>
    api.bookings.checkout.mutate({
      eventId,
      holdId: hold.id,
      buyer: { name: `Buyer ${buyer.plan.n}`, email: buyer.email },
      lines: hold.units.map(({ unitId }) => ({ unitId, ticketTypeId })),
    }),
  );
  await payFor(stack, buyer, booking.id, card);
  return card === 'good' ? untilStatus(buyer, booking.id, 'confirmed') : booking;
};

/** Pays for a pending booking in the browser, as soon as its payment is ready. */
export const payFor = async (
  { sandboxUrl, secrets }: Stack,
  { client, fetch }: PreparedBuyer,
  bookingId: string,
  card: Card = 'good',
): Promise<void> => {
  const clientSecret = await waitUntil(
    async () => {
      const step = await client.api.payments.resume.mutate({ bookingId });
      return step.state === 'ready' ? step.clientSecret : null;
    },
    { what: 'the payment is ready', timeoutMs: 60_000, everyMs: 500 },
  );
  const publishableKey = secrets.STRIPE_PUBLISHABLE_KEY;
  await payInBrowser({ fetch, sandboxUrl, publishableKey }, clientSecret, card);
};

export const untilStatus = (
  { client }: PreparedBuyer,
  bookingId: string,
  status: Booking['status'],
): Promise<Booking> =>
  waitUntil(
    async () => {
      const booking = await client.api.bookings.get.query({ bookingId });
      return booking.status === status ? booking : null;
    },
    { what: `booking ${bookingId} is ${status}`, timeoutMs: 90_000, everyMs: 500 },
  );
