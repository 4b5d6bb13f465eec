import { openSale } from '@eventhorizon/actors/open-sale';
import { type Contender, contest } from '../contest.ts';
import type { CpuMeter } from '../cpu-meter.ts';
import { createDriver, type Driver } from '../load/drive.ts';
import {
  ceilingRequest,
  type HoldProtocol,
  type PlacedHold,
  places,
  plainProtocol,
  quickHoldId,
  trpcProtocol,
} from '../load/hold-requests.ts';
import { oneOf } from '../load/one-of.ts';
import { sendOnce } from '../load/send-once.ts';
import { CONNECTIONS, TURNS, withRoundTrips } from '../measuring.ts';
import type { Scenario } from '../scenario.ts';

type Names = { readonly place: string; readonly release: string; readonly against: string };

/** A slice of placing, and then one that releases all that was placed, however long that takes: the event starts each round empty. */
const placeAndRelease = (
  { place, release, against }: Names,
  { driver, cpu }: { driver: Driver; cpu: CpuMeter },
  protocol: HoldProtocol,
  { visitors, selections }: { visitors: readonly string[]; selections: string },
): Contender[] => {
  let placed: PlacedHold[] = [];
  const visitor = oneOf(visitors);
  return [
    {
      name: place,
      against,
      cpu,
      slice: (forMs) =>
        driver.drive(forMs, () => {
          const hold = { holdId: quickHoldId(), visitor: visitor() };
          return { request: protocol.place(hold, selections), answered: () => placed.push(hold) };
        }),
    },
    {
      name: release,
      against,
      cpu,
      slice: async () => {
        const left = placed;
        placed = [];
        return driver.drive(Number.POSITIVE_INFINITY, () => {
          const hold = left.pop();
          return hold === undefined ? null : { request: protocol.release(hold) };
        });
      },
    },
  ];
};

/** Many buyers hold one place each, all of one event; then all let go. */
export const hold: Scenario = {
  name: 'hold',
  title: 'place and release a hold',
  run: async (world) => {
    const { eventId, areaId } = await openSale(world.apiUrl, {
      seatMap: null,
      standing: 200_000,
      prices: { floor: 4500 },
      event: { maxPerBooking: 1, maxPerPerson: 1_000 },
    });
    const ceiling = await createDriver(world.ceilings.port, CONNECTIONS);
    const driver = await createDriver(world.apiPort, CONNECTIONS);
    const selections = places(areaId);
    const subject = { driver, cpu: world.api.cpu };
    const load = { visitors: world.visitors, selections };
    const visitor = oneOf(world.visitors);
    const bare = (name: string, path: string): Contender => ({
      name,
      cpu: world.ceilings.cpu,
      slice: (forMs) =>
        ceiling.drive(forMs, () => ({ request: ceilingRequest(path, eventId, visitor(), selections) })),
    });
    const plain = plainProtocol(eventId);
    const trpc = trpcProtocol(eventId);
    const rows = await contest(
      [
        bare('bare Hono POST', `/bare/${eventId}`),
        ...placeAndRelease(
          { place: 'place', release: 'release', against: 'bare Hono POST' },
          subject,
          plain,
          load,
        ),
        bare('tRPC no-op mutation', '/trpc/act'),
        ...placeAndRelease(
          { place: 'place over tRPC', release: 'release over tRPC', against: 'tRPC no-op mutation' },
          subject,
          trpc,
          load,
        ),
      ],
      TURNS,
    );
    ceiling.close();
    driver.close();
    const kept: PlacedHold[] = [];
    const placeOne = (protocol: HoldProtocol) => () => {
      const one = { holdId: quickHoldId(), visitor: visitor() };
      kept.push(one);
      return sendOnce(world.apiPort, protocol.place(one, selections));
    };
    const releaseOne = (protocol: HoldProtocol) => async () => {
      const one = kept.pop();
      if (one !== undefined) await sendOnce(world.apiPort, protocol.release(one));
    };
    return withRoundTrips(world, rows, {
      place: {
        aim: { ratioAtLeast: 0.4, perSecondAtLeast: 10_000, p99AtMostMs: 10 },
        operation: placeOne(plain),
      },
      release: { operation: releaseOne(plain) },
      'place over tRPC': { aim: { ratioAtLeast: 0.6 }, operation: placeOne(trpc) },
      'release over tRPC': { operation: releaseOne(trpc) },
    });
  },
};
