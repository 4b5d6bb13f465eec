import { addressedFetch, loopbackAddress } from '@eventhorizon/actors/addressed-fetch';
import { newHoldId } from '@eventhorizon/actors/new-hold-id';
import type { Sale } from '@eventhorizon/actors/open-sale';
import { payInBrowser } from '@eventhorizon/actors/pay-in-browser';
import { type Client, createClient } from '@eventhorizon/client/create-client';
import { domainErrorOf } from '@eventhorizon/client/domain-error';
import { insistently } from '@eventhorizon/client/insistently';
import { waitUntil } from '@eventhorizon/devstack/process/wait-until';
import type { BuyerPlan } from './buyer-plan.ts';
import { chooseFreeSeats } from './choose-free-seats.ts';
import type { Doors } from './doors.ts';
import { SEATED_CATEGORIES } from './prepare-sale.ts';
import type { Stopwatch } from './stopwatch.ts';

export type Rush = {
  readonly apiUrl: string;
  readonly sandboxUrl: string;
  readonly publishableKey: string;
  readonly sale: Sale;
  readonly seatUnitIds: readonly string[];
  readonly stopwatch: Stopwatch;
  readonly doors: Doors;
  /** Ends all waiting when one buyer met a fault: nobody would stop those who wait for a server that is gone. */
  readonly signal: AbortSignal;
  readonly random: () => number;
};

/** How it ended for a buyer. Anything else is a fault of the system and fails the demo. */
export type BuyerEnd =
  | { readonly end: 'bought'; readonly tickets: number; readonly email: string }
  | { readonly end: 'refused'; readonly code: string }
  | { readonly end: 'walked_away' }
  | { readonly end: 'gave_up_paying' };

export type PreparedBuyer = {
  readonly plan: BuyerPlan;
  readonly email: string;
  readonly client: Client;
  readonly fetch: typeof fetch;
  readonly close: () => Promise<void>;
};

type Hold = Awaited<ReturnType<Client['api']['holds']['place']['mutate']>>;
type Selection = Parameters<Client['api']['holds']['place']['mutate']>[0]['selections'][number];

/** Opens the account, from the buyer's own address, before the doors open. */
export const prepareBuyer = async (
  apiUrl: string,
  plan: BuyerPlan,
  password: string,
): Promise<PreparedBuyer> => {
  const { fetch, close } = addressedFetch(loopbackAddress(plan.n));
  const client = createClient({ url: apiUrl, fetch });
  const email = `buyer-${plan.n}@example.org`;
  await client.register({ username: `buyer-${plan.n}`, email, password });
  return { plan, email, client, fetch, close };
};

const HOLD_TRIES = 4;
const MAY_TRY_OTHERS = new Set([
  'units.taken',
  'units.short',
  'units.strands_seat',
  'busy.try_again',
  'inventory.rebuilding',
]);

const selectionFor = async (
  { client, plan }: PreparedBuyer,
  rush: Rush,
  attempt: number,
): Promise<Selection> => {
  const { sale, random, seatUnitIds, stopwatch } = rush;
  // Who does not get what he wants asks for less, and for the other kind.
  const quantity = attempt < 2 ? plan.quantity : 1;
  const wants = attempt === 0 ? plan.wants : attempt % 2 === 1 ? 'best' : 'standing';
  if (wants === 'standing') return { kind: 'places', areaId: sale.areaId, quantity, upTo: attempt > 0 };
  const view = await stopwatch.time('availability', () =>
    client.api.availability.get.query({ eventId: sale.eventId }),
  );
  const seats = wants === 'exact' ? chooseFreeSeats(view.seats, seatUnitIds, quantity, random) : [];
  if (seats.length > 0) return { kind: 'seats', unitIds: seats };
  const open = view.pools
    .filter((pool) => pool.kind === 'seats' && pool.free > 0)
    .map((pool) => pool.priceCategory);
  const choices = open.length > 0 ? open : SEATED_CATEGORIES;
  const priceCategory = choices[Math.floor(random() * choices.length)] ?? SEATED_CATEGORIES[0];
  return { kind: 'best', priceCategory, quantity, upTo: attempt > 0 };
};

const holdSomething = async (buyer: PreparedBuyer, rush: Rush): Promise<Hold | string> => {
  let refusal = 'units.short';
  for (let attempt = 0; attempt < HOLD_TRIES; attempt += 1) {
    try {
      const selection = await selectionFor(buyer, rush, attempt);
      const holdId = newHoldId();
      return await rush.stopwatch.time('hold', () =>
        buyer.client.api.holds.place.mutate({ eventId: rush.sale.eventId, holdId, selections: [selection] }),
      );
    } catch (error) {
      const code = domainErrorOf(error)?.code;
      if (code === undefined || !MAY_TRY_OTHERS.has(code)) throw error;
      refusal = code;
    }
  }
  return refusal;
};

const checkOut = (buyer: PreparedBuyer, { sale, stopwatch }: Rush, hold: Hold) => {
  const command = {
    eventId: sale.eventId,
    holdId: hold.id,
    buyer: { name: `Buyer ${buyer.plan.n}`, email: buyer.email },
    lines: hold.units.map(({ unitId }) => ({ unitId, ticketTypeId: sale.ticketTypeId })),
  };
  return insistently(() =>
    stopwatch.time('checkout', () => buyer.client.api.bookings.checkout.mutate(command)),
  );
};

/** Joins before the doors open, and waits from then on for his turn. */
const waitInRoom = async (
  { client }: PreparedBuyer,
  { sale, doors, stopwatch, signal }: Rush,
): Promise<void> => {
  let isInside = false;
  const turn = client.waitForTurn(sale.eventId, {
    signal,
    onPosition: () => {
      if (!isInside) doors.arrived();
      isInside = true;
    },
  });
  await Promise.all([turn, doors.opened.then(() => stopwatch.time('wait for the turn', () => turn))]);
};

/** How long a buyer waits for the payment to be ready, and for the tickets. He asks every other second. */
const patiently = (what: string) => ({ what, timeoutMs: 180_000, everyMs: 2_000 });

/** One buyer's rush: wait for the turn, look, hold, check out, pay, wait for the tickets. */
export const rushOf = async (buyer: PreparedBuyer, rush: Rush): Promise<BuyerEnd> => {
  const { plan, client } = buyer;
  await waitInRoom(buyer, rush);
  const hold = await holdSomething(buyer, rush);
  if (typeof hold === 'string') return { end: 'refused', code: hold };
  if (plan.walksAway) {
    await client.api.holds.release.mutate({ eventId: rush.sale.eventId, holdId: hold.id });
    return { end: 'walked_away' };
  }
  const { booking, payment } = await checkOut(buyer, rush, hold);
  const bookingId = booking.id;
  const clientSecret =
    payment.state === 'ready'
      ? payment.clientSecret
      : await rush.stopwatch.time('payment prepared', () =>
          waitUntil(async () => {
            const step = await client.api.payments.resume.mutate({ bookingId });
            return step.state === 'ready' ? step.clientSecret : null;
          }, patiently('the payment is ready')),
        );
  for (const card of plan.cards) {
    const paid = await rush.stopwatch.time('pay', () =>
      payInBrowser({ ...rush, fetch: buyer.fetch }, clientSecret, card),
    );
    if (paid === 'declined') continue;
    await rush.stopwatch.time('confirmed', () =>
      waitUntil(async () => {
        const { status } = await client.api.bookings.get.query({ bookingId });
        return status === 'confirmed' ? true : null;
      }, patiently('the booking is confirmed')),
    );
    return { end: 'bought', tickets: booking.lines.length, email: buyer.email };
  }
  await insistently(() => client.api.bookings.cancelPending.mutate({ bookingId }));
  return { end: 'gave_up_paying' };
};
