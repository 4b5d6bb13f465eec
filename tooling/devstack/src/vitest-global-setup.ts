import type { TestProject } from 'vitest/node';
import { type TestMongo, testMongo } from './mongo/test-mongo.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    mongoUri: string;
  }
}

/** Several vitest projects name this file and each loads its own copy; the run shares one server across them. */
const shared = globalThis as { eventhorizonTestMongo?: { server: Promise<TestMongo>; users: number } };

/** Finds or starts the replica set of the run and tells the tests its URI by `inject('mongoUri')`. */
export const setup = async (project: TestProject): Promise<void> => {
  shared.eventhorizonTestMongo ??= { server: testMongo(), users: 0 };
  shared.eventhorizonTestMongo.users += 1;
  project.provide('mongoUri', (await shared.eventhorizonTestMongo.server).uri);
};

export const teardown = async (): Promise<void> => {
  const mongo = shared.eventhorizonTestMongo;
  if (mongo === undefined) return;
  mongo.users -= 1;
  if (mongo.users > 0) return;
  delete shared.eventhorizonTestMongo;
  await (await mongo.server)[Symbol.asyncDispose]();
};
