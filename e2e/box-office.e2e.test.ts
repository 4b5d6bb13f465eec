import { readFileSync, writeFileSync } from 'node:fs';
import { createClient } from '@eventhorizon/client/create-client';
import { waitUntil } from '@eventhorizon/devstack/process/wait-until';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectCleanAudit } from './src/expect-clean-audit.ts';
import { organizerCli } from './src/organizer-cli.ts';
import { testStack } from './src/test-stack.ts';
import { untilMailed, untilWelcomed } from './src/until-mailed.ts';

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
type Printed = { readonly files: readonly string[]; readonly tickets: number };
type Imported = Thing & { readonly status: string; readonly counts: Readonly<Record<string, number>> };

describe('an organizer sells for others', async () => {
  const stack = await testStack();
  const cli = organizerCli(stack.url);
  afterAll(async () => {
    cli[Symbol.dispose]();
    await stack[Symbol.asyncDispose]();
  });
  let event = { eventId: '' };
  let another = '';
  const publish = async (venueId: string): Promise<string> => {
    const { id } = await cli.run<Thing>(
      ['events', 'create', '-f', '-'],
      JSON.stringify({ ...fields, venueId }),
    );
    await cli.run(['events', 'publish', id]);
    return id;
  };

  beforeAll(async () => {
    const owner = createClient({ url: stack.url });
    await owner.register({ username: 'olga', email: 'olga@example.org', password: PASSWORD });
    await cli.run(['login', '-u', 'olga', '--password-stdin'], `${PASSWORD}\n`);
    await cli.run(['organizations', 'create', 'Aurora Stages']);
    const { id: venueId } = await cli.run<Thing>(['venues', 'create', '-f', '-'], JSON.stringify(venue));
    event = { eventId: await publish(venueId) };
    another = await publish(venueId);
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

  test('the customer opens an account, and has booking and tickets in it when the address is confirmed, not sooner', async () => {
    const ada = createClient({ url: stack.url });
    await ada.register({ username: 'ada', email: 'Ada@Example.org', password: PASSWORD });
    expect((await ada.api.bookings.list.query({})).items).toEqual([]);
    const token = await untilWelcomed(stack, 'Ada@Example.org');
    await ada.api.auth.verifyEmail.mutate({ token });
    const [booking] = await waitUntil(
      async () => {
        const { items } = await ada.api.bookings.list.query({});
        return items.length > 0 ? items : null;
      },
      { what: 'the booking is in the account', timeoutMs: 60_000 },
    );
    expect(booking).toMatchObject({ status: 'confirmed', total: { amount: 3_000 } });
    const mine = await ada.api.tickets.listMine.query({});
    expect(mine.items.map(({ status }) => status)).toEqual(['valid', 'valid']);
    await expectCleanAudit(stack, event);
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

  test('guests who were mailed nothing are found, printed from the report, and mailed later: one letter each', async () => {
    const list = `${cli.dir}/unmailed.csv`;
    const guests = ['Grace Hopper,grace@example.org', 'Alan Turing,alan@example.org', 'No Address,'];
    writeFileSync(
      list,
      `name,email,ticket_type,area\n${guests.map((guest) => `${guest},Adult,Floor\n`).join('')}`,
    );
    const free = ['--event', another, '--free', 'guests', '--watch'];
    const { id } = await cli.run<Imported>(['attendees', 'import', list, ...free]);
    const { content } = await cli.run<{ content: string }>(['attendees', 'report', id]);
    const [, reference, bookingId] = /"Grace Hopper".*"(EVT-\w{6})","","(bkg_\w{26})"/.exec(content) ?? [];

    const found = await cli.run<Thing>(['bookings', 'find', reference ?? '']);
    expect(found).toMatchObject({
      id: bookingId,
      buyer: { name: 'Grace Hopper' },
      tickets: [{ status: 'valid' }],
    });
    const one = `${cli.dir}/grace.pdf`;
    await cli.run(['boxoffice', 'print', bookingId ?? '', '-o', one]);
    const { files, tickets } = await cli.run<Printed>(['attendees', 'print', id, '-o', cli.dir]);
    expect([tickets, files.length]).toEqual([3, 1]);
    for (const path of [one, ...files]) expect(readFileSync(path).subarray(0, 5).toString()).toBe('%PDF-');

    for (const addressee of ['grace', 'alan'])
      expect(await stack.sandbox.emails(`${addressee}@example.org`)).toEqual([]);
    for (const _time of [1, 2])
      expect(await cli.run(['attendees', 'mail', id, '--watch'])).toMatchObject({
        mailing: { letters: 2, seen: 3 },
      });
    const [letter] = await untilMailed(stack, 'grace@example.org', 1);
    expect(letter?.text).toContain(reference);
    await untilMailed(stack, 'alan@example.org', 1);
    // Asked for a second time before these came, so that a second letter would be on its way.
    expect(await expectCleanAudit(stack, { eventId: another })).toMatchObject({ validTickets: 3 });
    for (const addressee of ['grace', 'alan'])
      expect(await stack.sandbox.emails(`${addressee}@example.org`)).toHaveLength(1);
  });
});
