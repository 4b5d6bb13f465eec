import { writeFileSync } from 'node:fs';
import { createClient } from '@eventhorizon/client/create-client';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectCleanAudit } from './src/expect-clean-audit.ts';
import { organizerCli } from './src/organizer-cli.ts';
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

type Thing = { readonly id: string };
type Imported = Thing & { readonly status: string; readonly counts: Readonly<Record<string, number>> };

describe('an organizer sells for others', async () => {
  const stack = await testStack();
  const cli = organizerCli(stack.url);
  afterAll(async () => {
    cli[Symbol.dispose]();
    await stack[Symbol.asyncDispose]();
  });
  let event = { eventId: '' };

  beforeAll(async () => {
    const owner = createClient({ url: stack.url });
    await owner.register({ username: 'olga', email: 'olga@example.org', password: PASSWORD });
    await cli.run(['login', '-u', 'olga', '--password-stdin'], `${PASSWORD}\n`);
    await cli.run(['organizations', 'create', 'Aurora Stages']);
    const { id: venueId } = await cli.run<Thing>(['venues', 'create', '-f', '-'], JSON.stringify(venue));
    const draft = JSON.stringify({ ...fields, venueId });
    const { id } = await cli.run<Thing>(['events', 'create', '-f', '-'], draft);
    await cli.run(['events', 'publish', id]);
    event = { eventId: id };
  }, 120_000);

  test('a customer at the counter pays in cash and is mailed the tickets', async () => {
    const { reference } = await cli.run<{ reference: string }>([
      ...['boxoffice', 'sell', '--event', event.eventId, '--type', 'Adult', '--area', 'Floor', '-n', '2'],
      ...['--name', 'Ada Lovelace', '--email', 'ada@example.org', '--pay', 'cash'],
    ]);
    const [email] = await untilMailed(stack, 'ada@example.org', 1);
    expect(email?.text).toContain(reference);
    expect(await expectCleanAudit(stack, event)).toMatchObject({ captured: 1, validTickets: 2 });
  });

  test('a list is sold through a killed worker and an emptied Redis; what is sold out is told in the report', async () => {
    const list = `${cli.dir}/guests.csv`;
    const lines = Array.from({ length: PLACES }, (_, i) => `Guest ${i},guest${i}@example.org,Adult,Floor`);
    writeFileSync(list, ['name,email,ticket_type,area', ...lines].join('\n'));
    const command = ['attendees', 'import', list, '--event', event.eventId, '--free', 'guests of the house'];
    const { id } = await cli.run<Thing>(command);
    const worker = stack.apps.processes.get('worker');
    if (worker?.pid === undefined) throw new Error('the worker does not run');
    process.kill(worker.pid, 'SIGKILL');
    await worker.exited;
    const redis = new Redis(stack.redis.url);
    await redis.flushall();
    redis.disconnect();
    await stack.apps.restart('worker');

    expect(await cli.run<Imported>([...command, '--resume', '--watch'])).toMatchObject({
      id,
      status: 'finished',
      counts: { sold: PLACES - 2, refused: 2, waiting: 0 },
    });
    const { content } = await cli.run<{ content: string }>(['attendees', 'report', id]);
    expect(content.match(/"sold","EVT-\w{6}","","bkg_/g)).toHaveLength(PLACES - 2);
    expect(content.match(/"refused","","units.short: Sold out."/g)).toHaveLength(2);
    expect(await expectCleanAudit(stack, event)).toMatchObject({ captured: 1, validTickets: PLACES });
  });
});
