/**
 * Buys two tickets side by side and waits for them:  npx tsx examples/buyer.ts [API] [sandbox]
 * A call may simply be made again, also when its answer was lost: the ids of holds are ours, and a hold is checked out once.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { createClient } from '@eventhorizon/client/create-client';
import { domainErrorOf } from '@eventhorizon/client/domain-error';
import { insistently } from '@eventhorizon/client/insistently';
import { ulid } from 'ulid';

const [url = 'http://127.0.0.1:3000', sandbox = 'http://127.0.0.1:3010'] = process.argv.slice(2);
const { api, register } = createClient({ url });
const name = `ada-${ulid().toLowerCase()}`;
const email = `${name}@example.org`;
await register({ username: name, email, password: ulid() });

const { items } = await api.events.listPublic.query({ availableOnly: true });
const shows = await Promise.all(items.map(({ id }) => api.events.getPublic.query({ eventId: id })));
const event = shows.find((show) => show.event.seatMapId !== null)?.event;
const category = event?.priceCategories[0]?.key;
if (event === undefined || category === undefined) throw new Error('nothing with seats is on sale');
const eventId = event.id;
console.log(`${event.title}, ${event.startsAt.local} (${event.startsAt.zone})`);

const selections = [{ kind: 'best' as const, priceCategory: category, quantity: 2 }];
const holdId = `hld_${ulid().toLowerCase()}`;
const hold = await insistently(() => api.holds.place.mutate({ eventId, holdId, selections }));
console.log(`held until ${hold.expiresAt}: ${hold.units.map(({ label }) => label).join('; ')}`);

const lines = hold.units.map(({ unitId, priceCategory }, i) => {
  const price = hold.quote.prices.find((one) => one.priceCategory === priceCategory);
  if (price === undefined) throw new Error(`${priceCategory} is not sold`);
  return { unitId, ticketTypeId: price.ticketTypeId, attendeeName: `Guest ${i + 1}` };
});
const buyer = { name: 'Ada Lovelace', email, phone: '+491701234567', wantsSms: true };
const order = { eventId, holdId, buyer, lines };
const { booking, payment } = await insistently(() => api.bookings.checkout.mutate(order));
const { id: bookingId, reference, total } = booking;
console.log(`booked ${reference}: ${total.amount} (minor units) ${total.currency}, payment ${payment.state}`);

// In a rush the payment is prepared by the worker, and resuming asks how far it is.
let step: Awaited<ReturnType<typeof api.payments.resume.mutate>> = payment;
for (; step.state === 'preparing'; await pause(500)) step = await api.payments.resume.mutate({ bookingId });
if (step.state === 'ready') {
  // What Stripe.js does in a browser, with Stripe's test card.
  const { publishableKey } = await api.payments.config.query();
  const [intentId = ''] = step.clientSecret.split('_secret_');
  const paid = await fetch(`${sandbox}/v1/payment_intents/${intentId}/confirm`, {
    method: 'POST',
    headers: { authorization: `Bearer ${publishableKey}` },
    body: new URLSearchParams({ client_secret: step.clientSecret, payment_method: 'pm_card_visa' }),
  });
  if (!paid.ok) throw new Error(`the card was not taken: ${await paid.text()}`);
}

while ((await api.bookings.get.query({ bookingId })).status === 'pending') await pause(200);
const tickets = await api.bookings.tickets.query({ bookingId }).catch((error) => {
  throw new Error(`no tickets: ${domainErrorOf(error)?.message ?? error}`);
});
for (const { label, attendeeName, code } of tickets) console.log(`${label}, ${attendeeName}: ${code}`);
