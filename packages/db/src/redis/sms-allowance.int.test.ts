import type { SmsCounted } from '@eventhorizon/core/notifications/ports';
import { expect, it } from 'vitest';
import { newId } from '../testing/new-id.ts';
import type { LuaSources } from './lua-sources.ts';
import { createScriptRunner } from './script-runner.ts';
import { createSmsAllowance } from './sms-allowance.ts';
import { scriptsWithout, testInventory } from './testing/inventory-fixture.ts';

const organizationId = newId('org');
const numbered = (i: number): string => `+4917000000${String(i).padStart(2, '0')}`;

/** What is said to so many SMS, each as told. */
const saidTo = async (count: number, each: (i: number) => SmsCounted, sources?: LuaSources) => {
  await using t = await testInventory({}, { cold: true });
  const scripts = createScriptRunner(t.redis, sources);
  const allowance = createSmsAllowance(scripts, { phone: 5, person: 20, organizationId: 30 });
  const said: (keyof SmsCounted | null)[] = [];
  for (let i = 0; i < count; i += 1) said.push(await allowance.take(each(i)));
  return { let: said.filter((one) => one === null).length, last: said.at(-1), keys: await t.redis.keys('*') };
};

const toOneNumber = (i: number): SmsCounted => ({ phone: numbered(0), person: `usr_${i}`, organizationId });

it('lets a phone number have five SMS a day, whoever books', async () => {
  const said = await saidTo(12, toOneNumber);
  expect(said).toMatchObject({ let: 5, last: 'phone' });
  expect(said.keys.join()).not.toContain('49170');
});
it('twin: without the bucket it has as many as somebody books', async () => {
  const sources = scriptsWithout('local taken = tokens >= wanted', 'local taken = true');
  expect(await saidTo(12, toOneNumber, sources)).toMatchObject({ let: 12, last: null });
});
it('lets an account cause twenty a day, to however many numbers', async () => {
  const each = (i: number): SmsCounted => ({ phone: numbered(i), person: 'usr_1', organizationId });
  expect(await saidTo(25, each)).toMatchObject({ let: 20, last: 'person' });
});
it('lets an organization cause as many as it may, also for people whom nobody knows', async () => {
  const each = (i: number): SmsCounted => ({ phone: numbered(i), person: null, organizationId });
  expect(await saidTo(35, each)).toMatchObject({ let: 30, last: 'organizationId' });
});
