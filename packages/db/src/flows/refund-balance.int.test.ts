import { cancelBooking } from '@eventhorizon/core/flows/cancel-booking';
import { quoteCancellation } from '@eventhorizon/core/flows/quote-cancellation';
import { receiveWebhook } from '@eventhorizon/core/flows/receive-webhook';
import { requestRefund } from '@eventhorizon/core/flows/request-refund';
import type { SaleDeps } from '@eventhorizon/core/flows/sale-deps';
import type { ProviderRefund } from '@eventhorizon/core/payments/ports';
import { DAY_MS } from '@eventhorizon/core/shared/clock';
import { isDomainError } from '@eventhorizon/core/shared/errors';
import { runs } from '@eventhorizon/devstack/runs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newId } from '../testing/new-id.ts';
import { type RunJobsOptions, runJobs } from '../testing/run-jobs.ts';
import { type SaleWorld, saleWorld } from '../testing/sale-world.ts';
import { type Sold, sell, soldAs } from '../testing/sell.ts';

const refundPolicy = { steps: [{ untilMs: DAY_MS, percent: 70 }], feesReturned: false, exceptions: [] };
const SEATS = 3;

type Step =
  | { readonly do: 'cancel'; readonly nth: number }
  | { readonly do: 'organizer' | 'dashboard'; readonly amount: number }
  | { readonly do: 'bank'; readonly nth: number; readonly to: ProviderRefund['status'] }
  | { readonly do: 'deliver'; readonly nth: number }
  | { readonly do: 'fate'; readonly fate: 'lost' | 'unreached' | 'rejected' }
  | { readonly do: 'slow'; readonly slow: boolean }
  | { readonly do: 'work' };

const nth = fc.nat(9);
const amount = fc.integer({ min: 1, max: SEATS * 5_000 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('cancel' as const), nth }),
  fc.record({ do: fc.constantFrom('organizer' as const, 'dashboard' as const), amount }),
  fc.record({
    do: fc.constant('bank' as const),
    nth,
    to: fc.constantFrom('succeeded' as const, 'failed' as const),
  }),
  fc.record({ do: fc.constant('deliver' as const), nth }),
  fc.record({
    do: fc.constant('fate' as const),
    fate: fc.constantFrom('lost' as const, 'unreached' as const, 'rejected' as const),
  }),
  fc.record({ do: fc.constant('slow' as const), slow: fc.boolean() }),
  fc.record({ do: fc.constant('work' as const) }),
);

/** Refusals that are answers; anything else that is thrown is a fault. */
const REFUSED = ['refund.exceeds_captured', 'tickets.not_valid', 'booking.bad_move'] as const;
const unlessRefused = async (work: () => Promise<unknown>): Promise<void> => {
  try {
    await work();
  } catch (error) {
    if (!REFUSED.some((code) => isDomainError(error, code))) throw error;
  }
};

/** What a bank may do with a refund: nothing comes back from `failed`. */
const moves: Readonly<Record<ProviderRefund['status'], readonly ProviderRefund['status'][]>> = {
  pending: ['succeeded', 'failed'],
  succeeded: ['failed'],
  failed: [],
  cancelled: [],
};

/** Everything that happens to the money of one booking, with all that the provider has said so far, to be delivered in any order. */
const drama = (world: SaleWorld, sold: Sold, deps: SaleDeps) => {
  const { gateway } = world;
  const only: RunJobsOptions = { deps, only: ['refund.send', 'payment.process_webhook'] };
  const said: ReturnType<typeof gateway.delivery>[] = [];
  const mine = () =>
    [...gateway.refunds.values()].filter(({ intentId }) => intentId === sold.payment.intentId);
  const say = (refund: ProviderRefund): void => void said.push(gateway.delivery(refund));
  const play = async (one: Step): Promise<void> => {
    switch (one.do) {
      case 'cancel': {
        const { booking } = sold;
        const ticketIds = booking.lines.slice(one.nth % SEATS).map(({ ticketId }) => ticketId);
        const scope = { bookingId: booking.id, ticketIds };
        return unlessRefused(async () => {
          const party = { userId: booking.userId };
          const { byPolicy } = await quoteCancellation(deps, { ...scope, party });
          const agreed = { agreed: byPolicy.total, refundId: newId('rfd') };
          return cancelBooking(deps, { ...scope, ...party, ...agreed });
        });
      }
      case 'organizer': {
        const { id: paymentId, organizationId } = sold.payment;
        const ask = { organizationId, paymentId, refundId: newId('rfd'), amount: one.amount };
        return unlessRefused(() => requestRefund(deps, ask));
      }
      case 'dashboard': {
        const made = gateway.refundByHand(sold.payment.intentId ?? '', one.amount);
        if (made !== null) say(made);
        return;
      }
      case 'bank': {
        const refund = mine()[one.nth % Math.max(1, mine().length)];
        if (refund !== undefined && moves[refund.status].includes(one.to))
          say(gateway.moveRefund(refund.id, one.to));
        return;
      }
      case 'deliver': {
        const delivery = said[one.nth % Math.max(1, said.length)];
        if (delivery !== undefined) await receiveWebhook(deps, delivery);
        return;
      }
      case 'fate':
        return gateway.fate('refund', one.fate);
      case 'slow':
        return gateway.slowRefunds(one.slow);
      case 'work':
        await runJobs(world, { ...only, rounds: 1 });
    }
  };
  /** The provider says everything again until it is heard, and the worker is left alone with it. */
  const settle = async (): Promise<void> => {
    gateway.slowRefunds(false);
    for (const refund of mine()) say(refund);
    for (const delivery of said) await receiveWebhook(deps, delivery);
    for (let round = 0; round < 3; round += 1) {
      await runJobs(world, only);
      for (const refund of mine()) await receiveWebhook(deps, gateway.delivery(refund));
    }
    await runJobs(world, only);
  };
  return { play, settle, mine };
};

const balance = async (world: SaleWorld, { booking }: Sold) => {
  const { payment } = await soldAs(world, booking.id);
  const refunds = await world.deps.refunds.listOfBooking(booking.id);
  const held = refunds
    .filter(({ status }) => status !== 'failed' && status !== 'cancelled')
    .reduce((sum, refund) => sum + refund.amount.amount, 0);
  return { captured: payment.captured, reserved: payment.refundReserved, held };
};

test('what is settled and under way never exceeds what was captured, whatever the order of cancels, refunds, failures and webhooks', async () => {
  const numRuns = runs(8);
  await using world = await saleWorld({ refundPolicy }, { seats: SEATS * (numRuns + 150), places: 0 });
  let next = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
      const seats = Array.from({ length: SEATS }, (_, n) => world.inventory.seat(next + n));
      next += SEATS;
      const sold = await sell(world, seats);
      const { play, settle, mine } = drama(world, sold, world.deps);
      for (const each of steps) {
        await play(each);
        const { captured, reserved, held } = await balance(world, sold);
        expect(reserved).toBe(held);
        expect(held).toBeLessThanOrEqual(captured);
      }
      await settle();
      const { held } = await balance(world, sold);
      const atProvider = mine()
        .filter(({ status }) => status === 'pending' || status === 'succeeded')
        .reduce((sum, refund) => sum + refund.amount.amount, 0);
      expect(held).toBe(atProvider);
    }),
    { numRuns },
  );
  expect((await world.audit()).findings).toEqual([]);
});
