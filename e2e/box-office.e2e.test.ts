import { writeFileSync } from 'node:fs';
import { testCli } from '@eventhorizon/cli/testing/run-cli';
import { createClient } from '@eventhorizon/client/create-client';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectCleanAudit } from './src/expect-clean-audit.ts';
import { testStack } from './src/test-stack.ts';
import { untilMailed } from './src/until-mailed.ts';

const PASSWORD = 'a long enough one';
const PLACES = 300;
const zone = 'Europe/Berlin';
const venue = { name: 'Hall', address: 'Weg 7', city: 'Leipzig', country: 'DE', location: null, zone };
const fields = {
  title: 'A concert',
  startsAt: { local: '2099-06-01T20:00', zone },
  endsAt: { local: '2099-06-01T23:00', zone },
  currency: 'EUR',
  priceCategories: [{ key: 'Floor' }],
  areas: [{ name: 'Floor', capacity: PLACES, priceCategory: 'Floor' }],
  ticketTypes: [{ name: 'Adult', prices: { Floor: 1500 } }],
};

describe('an organizer sells for others', async () => {
  const stack = await testStack();
  const cli = testCli(stack.url);
  afterAll(async () => {
    cli[Symbol.dispose]();
    await stack[Symbol.asyncDispose]();
  });
  let event = { eventId: '' };

  const run = async (args: readonly string[], input = ''): Promise<string> => {
    const { code, out, err } = await cli.run(args, input);
    expect([code, err], args.join(' ')).toEqual([0, expect.any(String)]);
    return out;
  };
  const made = async (args: readonly string[], input = ''): Promise<{ id: string }> =>
    JSON.parse(await run(['--json', ...args], input));

  beforeAll(async () => {
    const owner = createClient({ url: stack.url });
    await owner.register({ username: 'olga', email: 'olga@example.org', password: PASSWORD });
    await run(['login', '-u', 'olga', '--password-stdin'], `${PASSWORD}\n`);
    await run(['organizations', 'create', 'Aurora Stages']);
    const { id: venueId } = await made(['venues', 'create', '-f', '-'], JSON.stringify(venue));
    const { id } = await made(['events', 'create', '-f', '-'], JSON.stringify({ ...fields, venueId }));
    await run(['events', 'publish', id]);
    event = { eventId: id };
  }, 120_000);

  test('a customer at the counter pays in cash and is mailed the tickets', async () => {
    const out = await run([
      ...['boxoffice', 'sell', '--event', event.eventId, '--type', 'Adult', '--area', 'Floor', '-n', '2'],
      ...['--name', 'Ada Lovelace', '--email', 'ada@example.org', '--pay', 'cash'],
    ]);
    const [email] = await untilMailed(stack, 'ada@example.org', 1);
    expect(email?.text).toContain(/EVT-\w{6}/.exec(out)?.[0]);
    expect(await expectCleanAudit(stack, event)).toMatchObject({ captured: 1, validTickets: 2 });
  });

  test('a list is sold through a killed worker and an emptied Redis; what is sold out is told in the report', async () => {
    const list = `${cli.configHome}/guests.csv`;
    const lines = Array.from({ length: PLACES }, (_, i) => `Guest ${i},guest${i}@example.org,Adult,Floor`);
    writeFileSync(list, ['name,email,ticket_type,area', ...lines].join('\n'));
    const command = ['attendees', 'import', list, '--event', event.eventId, '--free', 'guests of the house'];
    const { id } = await made(command);
    const worker = stack.apps.processes.get('worker');
    if (worker?.pid === undefined) throw new Error('the worker does not run');
    process.kill(worker.pid, 'SIGKILL');
    await worker.exited;
    const redis = new Redis(stack.redis.url);
    await redis.flushall();
    redis.disconnect();
    await stack.apps.restart('worker');

    const told = await run([...command, '--resume', '--watch']);
    expect(told).toContain(`${id} is finished: sold ${PLACES - 2}, refused 2 of ${PLACES}`);
    const report = await run(['attendees', 'report', id]);
    expect(report.match(/"sold","EVT-\w{6}",""/g)).toHaveLength(PLACES - 2);
    expect(report.match(/"refused","","units.short: Sold out."/g)).toHaveLength(2);
    expect(await expectCleanAudit(stack, event)).toMatchObject({ captured: 1, validTickets: PLACES });
  });
});
