import { openSale, type Sale } from '@eventhorizon/actors/open-sale';
import { type Contender, contest } from '../contest.ts';
import { createDriver } from '../load/drive.ts';
import { type PlacedHold, places, plainProtocol, quickHoldId } from '../load/hold-requests.ts';
import { oneOf } from '../load/one-of.ts';
import { sendOnce } from '../load/send-once.ts';
import { CONNECTIONS, TURNS, withRoundTrips } from '../measuring.ts';
import type { Scenario } from '../scenario.ts';
import { pairRows } from '../seat-csv.ts';

type Size = { readonly seats: number; readonly standing: number };

/** A seat map holds 100,000 seats at most. */
const LARGE: Size = { seats: 100_000, standing: 900_000 };

/** What is held, and the event of 100 units that the large one is compared with. */
const KINDS = [
  { what: 'a place', small: { seats: 0, standing: 100 }, selections: (areaId: string) => places(areaId) },
  {
    what: 'best 2 seats',
    small: { seats: 100, standing: 0 },
    selections: () => '[{"kind":"best","priceCategory":"Hall","quantity":2}]',
  },
] as const;

const open = (url: string, { seats, standing }: Size): Promise<Sale> =>
  openSale(url, {
    seatMap: seats === 0 ? null : { format: 'csv', content: pairRows(seats) },
    standing,
    prices: { ...(seats > 0 && { Hall: 5900 }), ...(standing > 0 && { floor: 4500 }) },
    event: { maxPerBooking: 2, maxPerPerson: 1_000 },
  });

/** Each lane holds something and lets it go again: in the small event more would not fit. A request is either of the two. */
export const largeEvent: Scenario = {
  name: 'large-event',
  title: 'hold and release by size of the event',
  run: async (world) => {
    const driver = await createDriver(world.apiPort, CONNECTIONS);
    const visitor = oneOf(world.visitors);
    const once: Record<string, () => Promise<number>> = {};
    const contender = (name: string, against: string | null, sale: Sale, selections: string): Contender => {
      const protocol = plainProtocol(sale.eventId);
      const lanes = new Map<number, PlacedHold>();
      const next = (lane: number) => {
        const held = lanes.get(lane);
        if (held !== undefined) {
          lanes.delete(lane);
          return { request: protocol.release(held) };
        }
        const one = { holdId: quickHoldId(), visitor: visitor() };
        lanes.set(lane, one);
        return { request: protocol.place(one, selections) };
      };
      once[name] = () => sendOnce(world.apiPort, next(0).request);
      return {
        name,
        ...(against !== null && { against }),
        cpu: world.api.cpu,
        slice: async (forMs) => {
          const done = await driver.drive(forMs, next);
          await driver.drive(Number.POSITIVE_INFINITY, (lane) => (lanes.has(lane) ? next(lane) : null));
          return done;
        },
      };
    };
    const large = await open(world.apiUrl, LARGE);
    const contenders: Contender[] = [];
    for (const { what, small, selections } of KINDS) {
      const sale = await open(world.apiUrl, small);
      const name = `${what} of 100`;
      contenders.push(
        contender(name, null, sale, selections(sale.areaId)),
        contender(`${what} of 1,000,000`, name, large, selections(large.areaId)),
      );
    }
    const rows = await contest(contenders, TURNS);
    driver.close();
    const counted = Object.fromEntries(
      rows.map(({ name, against }) => [
        name,
        {
          ...(against !== null && { aim: { ratioAtLeast: 0.9 } }),
          // By turns a hold and its release, as they were measured.
          operation: () => once[name]?.() ?? Promise.reject(new RangeError(`nobody is called ${name}`)),
        },
      ]),
    );
    return withRoundTrips(world, rows, counted);
  },
};
