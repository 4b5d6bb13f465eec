import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dataDir } from '../paths.ts';
import { freePort } from '../process/free-port.ts';
import { say, step } from '../say.ts';
import { findMongod } from './find-mongod.ts';
import { findKeptMongod, keptMongod } from './kept-mongod.ts';
import { mongodOrder } from './order.ts';
import { startMongod } from './start-mongod.ts';

export type TestMongo = AsyncDisposable & { readonly uri: string };

const somebodyElses = (uri: string): TestMongo => ({ uri, [Symbol.asyncDispose]: async () => undefined });

/**
 * The replica set of a test run: MONGODB_URI; else the checkout's kept server if one runs; else, with DEVSTACK_KEEP=1,
 * one that is started and kept; else one of its own in a temporary folder, which ends with the run however that ends.
 */
export const testMongo = async (): Promise<TestMongo> => {
  const order = mongodOrder(process.env);
  if (order[0] === 'uri') return somebodyElses(process.env.MONGODB_URI ?? '');
  const find = async () => {
    const mongod = await findMongod(order.filter((source) => source !== 'uri'));
    say(`MongoDB: ${mongod.why}`);
    return mongod;
  };
  const kept = await findKeptMongod();
  if (kept !== null) return somebodyElses(kept);
  if (process.env.DEVSTACK_KEEP === '1') return somebodyElses(await keptMongod(find));
  const mongod = await find();
  const dir = mkdtempSync(`${tmpdir()}/eventhorizon-mongo-`);
  const logs = `${dataDir}/test`;
  mkdirSync(logs, { recursive: true });
  const running = await step('starting MongoDB for the tests', async () =>
    startMongod(mongod, { port: await freePort(), dataDir: dir, logFile: `${logs}/mongod-run.log` }),
  );
  return {
    uri: running.uri,
    [Symbol.asyncDispose]: async () => {
      await running.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
};
