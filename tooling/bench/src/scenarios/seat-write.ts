import { MongoClient } from 'mongodb';
import { type Contender, contest } from '../contest.ts';
import { quickHoldId } from '../load/hold-requests.ts';
import { inFlight } from '../load/in-flight.ts';
import { CONNECTIONS, TURNS, withRoundTrips } from '../measuring.ts';
import type { Scenario } from '../scenario.ts';

const SEATS = 20_000;
const TTL_MS = 600_000;
const DATABASE = 'bench';
const NAME = 'MongoDB, one write a seat';

type Seat = { readonly _id: number; readonly heldBy: string | null; readonly until: Date };

/**
 * For scale: what a hold would cost if it were one conditional write to MongoDB, without an API, a limit per person or more than one
 * seat. Measured from this process, so its CPU is that of a driver.
 */
export const seatWrite: Scenario = {
  name: 'seat-write',
  title: 'a seat held by one conditional write',
  run: async (world) => {
    await using client = await MongoClient.connect(world.servers.mongoUri, { maxPoolSize: CONNECTIONS });
    const seats = client.db(DATABASE).collection<Seat>('seats');
    await seats.insertMany(
      Array.from({ length: SEATS }, (_, n) => ({ _id: n, heldBy: null, until: new Date(0) })),
    );
    let taken = 0;
    const hold = async (): Promise<string> => {
      taken += 1;
      const now = new Date();
      const free = { _id: taken % SEATS, $or: [{ heldBy: null }, { until: { $lt: now } }] };
      const held = { $set: { heldBy: quickHoldId(), until: new Date(now.getTime() + TTL_MS) } };
      const { modifiedCount } = await seats.updateOne(free, held, { writeConcern: { w: 'majority' } });
      return modifiedCount === 1 ? 'held' : 'taken';
    };
    const { user, system } = process.cpuUsage();
    const contenders: Contender[] = [
      {
        name: NAME,
        cpu: async () => {
          const used = process.cpuUsage({ user, system });
          return (used.user + used.system) / 1e6;
        },
        slice: async (forMs) => {
          const done = await inFlight(CONNECTIONS, forMs, hold);
          await seats.updateMany({}, { $set: { heldBy: null } });
          return done;
        },
      },
    ];
    const rows = await contest(contenders, { ...TURNS, rounds: 3 });
    const counted = await withRoundTrips(world, rows, { [NAME]: { operation: hold } }, DATABASE);
    await client.db(DATABASE).dropDatabase();
    return counted;
  },
};
