import { auditSale } from '@eventhorizon/actors/audit-sale';
import type { Sale } from '@eventhorizon/actors/open-sale';
import { untilQuiet } from '@eventhorizon/actors/until-quiet';
import { expect } from 'vitest';
import type { TestStack } from './test-stack.ts';

/** When the worker is done with all that is due, every promise about this sale is kept. */
export const expectCleanAudit = async (
  { database, redis }: TestStack,
  { eventId }: Pick<Sale, 'eventId'>,
) => {
  await untilQuiet(database.uri);
  const { checks, counts } = await auditSale({ mongoUri: database.uri, redisUrl: redis.url }, eventId);
  expect(
    checks.flatMap(({ promise, findings }) => findings.map((finding) => `${promise}: ${finding}`)),
  ).toEqual([]);
  return counts;
};
