import { inParallel } from '@eventhorizon/actors/in-parallel';
import { newHoldId } from '@eventhorizon/actors/new-hold-id';
import type { Sale } from '@eventhorizon/actors/open-sale';
import { untilQuiet } from '@eventhorizon/actors/until-quiet';
import type { Client } from '@eventhorizon/client/create-client';
import { domainErrorOf } from '@eventhorizon/client/domain-error';
import type { PreparedBuyer } from '../buyer.ts';
import { payFor, untilStatus } from './buy-places.ts';
import type { Scene, SceneEnd } from './scene.ts';

/** So many of those who got nothing wait for what comes back. */
const WAITING = 40;
const WISHES = ['floor', 'Premium', 'Standard', 'Balcony'] as const;
/** Offers are told of and taken in rounds, because each sale may leave something to the next in line. */
const MAX_ROUNDS = 20;

type Entry = Awaited<ReturnType<Client['api']['waitlist']['listMine']['query']>>['items'][number];
type Waiting = { readonly buyer: PreparedBuyer; readonly entryId: string };

/** Who came away with nothing joins the waitlist, each for one category; some want two tickets, or one of them. */
export const joinWaitlist = async ({ buyers }: Scene, { eventId }: Sale): Promise<readonly Waiting[]> => {
  const waiting: Waiting[] = [];
  for (const buyer of buyers) {
    if (waiting.length === WAITING) break;
    const { api } = buyer.client;
    const { items } = await api.bookings.list.query({ status: 'confirmed' });
    if (items.some((booking) => booking.eventId === eventId)) continue;
    const n = waiting.length;
    const priceCategory = WISHES[n % WISHES.length] ?? WISHES[0];
    const quantity = 1 + (Math.floor(n / WISHES.length) % 2);
    const joined = api.waitlist.join.mutate({
      eventId,
      entryId: newHoldId().replace('hld', 'wle'),
      wish: { priceCategory },
      quantity,
      partWelcome: true,
      buyer: { name: `Buyer ${buyer.plan.n}`, email: buyer.email },
    });
    const entry = await joined.catch(unlessFree);
    if (entry !== null) waiting.push({ buyer, entryId: entry.id });
  }
  return waiting;
};

/** The rush may have left a place: who wants it need not wait. */
const unlessFree = (error: unknown): null => {
  if (domainErrorOf(error)?.code !== 'waitlist.places_free') throw error;
  return null;
};

const entryOf = async ({ buyer, entryId }: Waiting): Promise<Entry> => {
  const { items } = await buyer.client.api.waitlist.listMine.query({});
  const entry = items.find(({ id }) => id === entryId);
  if (entry === undefined) throw new Error(`${buyer.email} waits no more`);
  return entry;
};

/** Everybody takes and pays what is offered, until there is nothing more to offer; who still waits then goes home. */
export const drainWaitlist = async (
  { stack }: Scene,
  { ticketTypeId }: Sale,
  waiting: readonly Waiting[],
): Promise<SceneEnd> => {
  let [served, tickets, wentHome] = [0, 0, 0];
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    await untilQuiet(stack.servers.mongoUri);
    let taken = 0;
    await inParallel(waiting, 8, async (one) => {
      const { offer } = await entryOf(one);
      if (offer === null) return;
      const lines = offer.units.map(({ unitId }) => ({ unitId, ticketTypeId }));
      const { booking } = await one.buyer.client.api.waitlist.accept.mutate({ offerId: offer.id, lines });
      await payFor(stack, one.buyer, booking.id);
      await untilStatus(one.buyer, booking.id, 'confirmed');
      taken += 1;
      tickets += lines.length;
    });
    if (taken === 0) break;
    served += taken;
  }
  await inParallel(waiting, 8, async (one) => {
    const { status, id: entryId } = await entryOf(one);
    if (status !== 'waiting') return;
    await one.buyer.client.api.waitlist.leave.mutate({ entryId });
    wentHome += 1;
  });
  return {
    line: `${waiting.length} waited: ${served} offers were taken for ${tickets} tickets, ${wentHome} went home in the end`,
    promise: 'what comes back goes to who waits for it',
    findings: served > 0 ? [] : ['nobody on the waitlist was offered anything'],
  };
};
