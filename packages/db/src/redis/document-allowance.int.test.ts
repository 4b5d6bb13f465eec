import { expect, it } from 'vitest';
import { newId } from '../testing/new-id.ts';
import { createDocumentAllowance } from './document-allowance.ts';
import type { LuaSources } from './lua-sources.ts';
import { createScriptRunner } from './script-runner.ts';
import { scriptsWithout, testInventory } from './testing/inventory-fixture.ts';

/** How many of 20 documents of so many pages are made when they are asked for at once. */
const madeOf = async (pages: number, sources?: LuaSources): Promise<number> => {
  await using t = await testInventory({}, { cold: true });
  const outages: unknown[] = [];
  const allowance = createDocumentAllowance(createScriptRunner(t.redis, sources), (err) => outages.push(err));
  const ada = newId('usr');
  const waits = await Promise.all(Array.from({ length: 20 }, () => allowance.take(ada, pages)));
  expect(outages).toEqual([]);
  expect(await allowance.take(newId('usr'), pages)).toBeNull();
  for (const wait of waits) if (wait !== null) expect(wait).toBeGreaterThan(0);
  return waits.filter((wait) => wait === null).length;
};

it('the largest booking is drawn three times in a row and no more, and nobody else pays for it', async () => {
  expect(await madeOf(100)).toBe(3);
});
it('twin: if a document counted as one whatever its pages, it is drawn every time', async () => {
  expect(await madeOf(100, scriptsWithout('tonumber(ARGV[3] or 1)', '1'))).toBe(20);
});
it('who buys a few tickets a booking is never refused: twenty documents at once are fine', async () => {
  expect(await madeOf(4)).toBe(20);
});
it('what is larger than all that there may be is made when nothing else was', async () => {
  expect(await madeOf(5_000)).toBe(1);
});
