import { inParallel } from '@eventhorizon/actors/in-parallel';
import { newHoldId } from '@eventhorizon/actors/new-hold-id';
import { openSale } from '@eventhorizon/actors/open-sale';
import { createClient } from '@eventhorizon/client/create-client';
import { Pool } from 'undici';
import { afterAll, describe, expect, test } from 'vitest';
import { testStack } from './src/test-stack.ts';

const BUYERS = 1_000;
const PLACES = 100;

describe('1,000 buyers for 100 places', async () => {
  const stack = await testStack();
  afterAll(() => stack[Symbol.asyncDispose]());
  const visitors: string[] = [];
  await inParallel(Array.from({ length: BUYERS }), 20, async () => {
    visitors.push(await createClient({ url: stack.url }).becomeVisitor());
  });

  for (const connections of [1, 10, 50, 200]) {
    test(`over ${connections} connections: exactly 100 win, the others are refused cleanly, nothing answers 5xx`, async () => {
      const sale = await openSale(stack.url, { seatMap: null, standing: PLACES, prices: { floor: 1000 } });
      await using pool = poolOf(stack.url, connections);
      const answers = await Promise.all(
        visitors.map(async (visitor) => {
          const { statusCode, body } = await pool.request({
            method: 'POST',
            path: `/api/v1/events/${sale.eventId}/holds`,
            headers: { 'content-type': 'application/json', 'x-visitor': visitor },
            body: JSON.stringify({
              holdId: newHoldId(),
              selections: [{ kind: 'places', areaId: sale.areaId, quantity: 1 }],
            }),
          });
          const answer = (await body.json()) as { units?: { unitId: string }[]; error?: { code: string } };
          return { statusCode, ...answer };
        }),
      );
      const won = answers.flatMap(({ units }) => units ?? []);
      expect(new Set(won.map(({ unitId }) => unitId)).size).toBe(PLACES);
      expect(won).toHaveLength(PLACES);
      const refused = answers.filter(({ statusCode }) => statusCode !== 200);
      expect(refused).toHaveLength(BUYERS - PLACES);
      expect(new Set(refused.map(({ statusCode, error }) => `${statusCode} ${error?.code}`))).toEqual(
        new Set(['409 units.short']),
      );
    });
  }
});

const poolOf = (url: string, connections: number) => {
  const pool = new Pool(url, { connections, pipelining: 1 });
  return Object.assign(pool, { [Symbol.asyncDispose]: () => pool.close() });
};
