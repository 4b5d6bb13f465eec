import { openSale } from '@eventhorizon/actors/open-sale';
import { payInBrowser } from '@eventhorizon/actors/pay-in-browser';
import { waitUntil } from '@eventhorizon/devstack/process/wait-until';
import { checkOutOne, newBuyer } from '../buyers.ts';
import { contest } from '../contest.ts';
import { inFlight } from '../load/in-flight.ts';
import type { Scenario } from '../scenario.ts';

const BUYERS = 10;

/** From a hold to the confirmed booking, paid at the sandbox: three processes, a webhook and the worker. A buyer looks every 20 ms. */
export const booking: Scenario = {
  name: 'booking',
  title: 'from hold to confirmed booking',
  run: async (world) => {
    await world.startWorker();
    const sale = await openSale(world.apiUrl, {
      seatMap: null,
      standing: 10_000,
      prices: { floor: 4500 },
      event: { maxPerBooking: 1, maxPerPerson: 1_000 },
    });
    const buyers = await Promise.all(Array.from({ length: BUYERS }, () => newBuyer(world.apiUrl)));
    const { sandboxUrl } = world;
    const sandbox = { fetch, sandboxUrl, publishableKey: world.secrets.STRIPE_PUBLISHABLE_KEY };
    const waiting = { timeoutMs: 60_000, everyMs: 20 };
    const buy = async (lane: number): Promise<string> => {
      const buyer = buyers[lane];
      if (buyer === undefined) throw new RangeError(`no buyer ${lane}`);
      const { booking: booked, payment } = await checkOutOne(buyer, sale);
      const { id: bookingId } = booked;
      const resume = async () => {
        const step = await buyer.api.payments.resume.mutate({ bookingId });
        return step.state === 'ready' ? step.clientSecret : null;
      };
      const secret =
        payment.state === 'ready'
          ? payment.clientSecret
          : await waitUntil(resume, { ...waiting, what: 'the payment is ready' });
      await payInBrowser(sandbox, secret, 'good');
      const confirmed = async () =>
        (await buyer.api.bookings.get.query({ bookingId })).status === 'confirmed' ? true : null;
      await waitUntil(confirmed, { ...waiting, what: 'the booking is confirmed' });
      return 'confirmed';
    };
    const rows = await contest(
      [{ name: 'hold to confirmed', cpu: world.api.cpu, slice: (forMs) => inFlight(BUYERS, forMs, buy) }],
      { rounds: 3, sliceMs: 4_000 },
    );
    const why =
      'the buyer’s looks and the worker’s would be among them; docs/performance.md has the sum of the steps';
    return rows.map((row) => ({ ...row, roundTrips: { why } }));
  },
};
