import { openSale } from '@eventhorizon/actors/open-sale';
import { type Contender, contest } from '../contest.ts';
import { createDriver } from '../load/drive.ts';
import { ceilingRequest, places, plainProtocol, quickHoldId, trpcProtocol } from '../load/hold-requests.ts';
import { oneOf } from '../load/one-of.ts';
import { sendOnce } from '../load/send-once.ts';
import { CONNECTIONS, TURNS, withRoundTrips } from '../measuring.ts';
import type { Scenario } from '../scenario.ts';

const PLACES = 100;

/** Everything is held, and everybody still asks. */
export const soldOut: Scenario = {
  name: 'sold-out',
  title: 'the answer when nothing is left',
  run: async (world) => {
    const { eventId, areaId } = await openSale(world.apiUrl, {
      seatMap: null,
      standing: PLACES,
      prices: { floor: 4500 },
      event: { maxPerBooking: 100, maxPerPerson: 1_000 },
    });
    const visitor = oneOf(world.visitors);
    const plain = plainProtocol(eventId);
    const trpc = trpcProtocol(eventId);
    const all = plain.place({ holdId: quickHoldId(), visitor: visitor() }, places(areaId, PLACES));
    if ((await sendOnce(world.apiPort, all)) !== 200) throw new Error('the event could not be sold out');

    const ceiling = await createDriver(world.ceilings.port, CONNECTIONS);
    const driver = await createDriver(world.apiPort, CONNECTIONS);
    const selections = places(areaId);
    const ask = () => plain.place({ holdId: quickHoldId(), visitor: visitor() }, selections);
    const askTrpc = () => trpc.place({ holdId: quickHoldId(), visitor: visitor() }, selections);
    const bare = (name: string, path: string): Contender => ({
      name,
      cpu: world.ceilings.cpu,
      slice: (forMs) =>
        ceiling.drive(forMs, () => ({ request: ceilingRequest(path, eventId, visitor(), selections) })),
    });
    const subject = (name: string, against: string, request: () => string): Contender => ({
      name,
      against,
      cpu: world.api.cpu,
      slice: (forMs) => driver.drive(forMs, () => ({ request: request() })),
    });
    const rows = await contest(
      [
        bare('bare Hono POST', `/bare/${eventId}`),
        subject('sold out', 'bare Hono POST', ask),
        bare('tRPC no-op mutation', '/trpc/act'),
        subject('sold out over tRPC', 'tRPC no-op mutation', askTrpc),
      ],
      TURNS,
    );
    ceiling.close();
    driver.close();
    return withRoundTrips(world, rows, {
      'sold out': { aim: { perSecondAtLeast: 15_000 }, operation: () => sendOnce(world.apiPort, ask()) },
      'sold out over tRPC': {
        aim: { ratioAtLeast: 0.6 },
        operation: () => sendOnce(world.apiPort, askTrpc()),
      },
    });
  },
};
