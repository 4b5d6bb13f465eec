import { newHoldId } from '@eventhorizon/actors/new-hold-id';
import type { Sale } from '@eventhorizon/actors/open-sale';
import { untilQuiet } from '@eventhorizon/actors/until-quiet';
import { inWords, type Scene, type SceneEnd } from './scene.ts';

/** So many of those who bought cannot come, or not all of them. */
const CANCELLERS = 40;

/** Some give all their tickets up, some one of them, each for what was quoted before. */
export const giveTicketsUp = async ({ stack, buyers }: Scene, { eventId }: Sale): Promise<SceneEnd> => {
  const findings: string[] = [];
  let [cancellers, tickets, promised] = [0, 0, 0];
  for (const { client } of buyers) {
    if (cancellers === CANCELLERS) break;
    const { api } = client;
    const { items } = await api.bookings.list.query({});
    const booking = items.find((one) => one.eventId === eventId && one.status === 'confirmed');
    if (booking === undefined) continue;
    const bookingId = booking.id;
    const all = await api.bookings.tickets.query({ bookingId });
    const given = cancellers % 2 === 0 ? all : all.slice(0, 1);
    const which = { bookingId, ticketIds: given.map(({ id }) => id) };
    const { total } = await api.bookings.quoteCancellation.query(which);
    const refundId = newHoldId().replace('hld', 'rfd');
    const { refund } = await api.bookings.cancel.mutate({ ...which, refundId, agreed: total });
    if (refund?.amount.amount !== total.amount)
      findings.push(`${booking.reference}: quoted ${total.amount}, sent back ${refund?.amount.amount ?? 0}`);
    cancellers += 1;
    tickets += given.length;
    promised += total.amount;
  }
  await untilQuiet(stack.servers.mongoUri);
  return {
    line: `${cancellers} buyers gave ${tickets} tickets up and get ${inWords(promised)} back`,
    promise: 'who gives tickets up gets back what was quoted',
    findings,
  };
};
