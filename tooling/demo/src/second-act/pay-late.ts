import type { Sale } from '@eventhorizon/actors/open-sale';
import { buyPlaces, untilStatus } from './buy-places.ts';
import type { Scene, SceneEnd } from './scene.ts';

type Intent = { readonly id: string; readonly metadata: Readonly<Record<string, string>> };

/** A bank takes its time, the organizer frees the places by force meanwhile, and then the money comes after all. */
export const payLate = async ({ stack, buyers }: Scene, sale: Sale): Promise<SceneEnd> => {
  const [buyer] = buyers;
  if (buyer === undefined) throw new Error('there are no buyers');
  const { id: bookingId, reference } = await buyPlaces(stack, buyer, sale, 2, 'bank_decides');
  const { organizer, organizationId } = sale;
  await organizer.api.bookings.forceRelease.mutate({ organizationId, bookingId });
  const control = `${stack.sandboxUrl}/_control/intents`;
  const intents = (await (await fetch(control)).json()) as Intent[];
  const intent = intents.find(({ metadata }) => Object.values(metadata).includes(bookingId));
  if (intent === undefined) throw new Error(`the provider knows nothing of ${bookingId}`);
  const settled = await fetch(`${control}/${intent.id}/settle`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ result: 'succeeded' }),
  });
  await settled.arrayBuffer();
  const booking = await untilStatus(buyer, bookingId, 'confirmed');
  const seen = await lookAt(sale, bookingId);
  const tickets = await buyer.client.api.bookings.tickets.query({ bookingId });
  return {
    line: `the money for ${reference} came after its places were free again; it has tickets: ${booking.lateMoney?.replaceAll('_', ' ') ?? 'none'}`,
    promise: 'late money gets its tickets, or goes back',
    findings: [
      ...(tickets.length === 2 ? [] : [`${reference} has ${tickets.length} tickets for two places`]),
      ...(seen === 1 ? [] : [`${reference} is ${seen} times on the organizer's list`]),
    ],
  };
};

/** The organizer finds it on the list of what needs a person, and settles it there. Resolves to how often it stood there. */
const lookAt = async ({ organizer, organizationId }: Sale, bookingId: string): Promise<number> => {
  const { incidents } = organizer.api;
  const { items } = await incidents.list.query({ organizationId });
  const about = items.filter((incident) => incident.bookingId === bookingId);
  for (const { id: incidentId } of about)
    await incidents.resolve.mutate({ organizationId, incidentId, note: 'The buyer has the tickets.' });
  return about.length;
};
