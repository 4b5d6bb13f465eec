import { readFileSync, writeFileSync } from 'node:fs';
import { testApi } from '@eventhorizon/api/testing/test-api';
import { createClient } from '@eventhorizon/client/create-client';
import { runAttendeeImport } from '@eventhorizon/core/flows/run-attendee-import';
import { DomainError } from '@eventhorizon/core/shared/errors';
import { idSchema } from '@eventhorizon/core/shared/ids';
import { expect, it } from 'vitest';
import { testCli } from './testing/run-cli.ts';

const PASSWORD = 'a long enough password';
const zone = 'Europe/Berlin';
const venue = { name: 'Hall', address: 'Weg 7', city: 'Leipzig', country: 'DE', location: null, zone };
const event = {
  title: 'A concert',
  startsAt: { local: '2099-06-01T20:00', zone },
  endsAt: { local: '2099-06-01T23:00', zone },
  currency: 'EUR',
  priceCategories: [{ key: 'Floor' }],
  areas: [{ name: 'Floor', capacity: 10, priceCategory: 'Floor' }],
  ticketTypes: [{ name: 'Adult', prices: { Floor: 1555 } }],
};

it('a list that was sold is printed, at the pace that the API allows, and mailed; each step tells the next', async () => {
  // The API as it answers who has just printed a lot, and then while it draws for others.
  const waits = [5];
  const busy = [new DomainError('busy.try_again', { retryAfterMs: 5 })];
  await using api = await testApi({
    change: ({ documents }) => ({
      documentAllowance: { take: async () => waits.pop() ?? null },
      documents: {
        ...documents,
        tickets: async (sheets) => {
          const refused = busy.pop();
          if (refused !== undefined) throw refused;
          return await documents.tickets(sheets);
        },
      },
    }),
  });
  using cli = testCli(api.url);
  const json = async (args: readonly string[], input = '') =>
    JSON.parse((await cli.run(['--json', ...args], input)).out);
  const owner = { username: 'olga', email: 'olga@example.org', password: PASSWORD };
  await createClient({ url: api.url }).register(owner);
  await cli.run(['login', '-u', 'olga', '--password-stdin'], `${PASSWORD}\n`);
  await cli.run(['organizations', 'create', 'Aurora Stages']);
  const { id: venueId } = await json(['venues', 'create', '-f', '-'], JSON.stringify(venue));
  const { id: eventId } = await json(['events', 'create', '-f', '-'], JSON.stringify({ ...event, venueId }));
  await cli.run(['events', 'publish', eventId]);
  const list = `${cli.configHome}/list.csv`;
  writeFileSync(list, 'name,email,ticket_type,area\nAda,ada@example.org,Adult,Floor\nBea,,Adult,Floor\n');
  const { id } = await json(['attendees', 'import', list, '--event', eventId, '--free', 'guests']);
  const importId = idSchema('imp').parse(id);

  const imports = api.database.db.collection<{ _id: string }>('attendeeImports');
  const set = (status: string, stopReason: string | null) =>
    imports.updateOne({ _id: importId }, { $set: { status, stopReason } });
  await set('stopped', 'seller_may_not_sell');
  for (const watched of [
    ['status', importId],
    ['mail', importId],
  ])
    expect((await cli.run(['attendees', ...watched, '--watch'])).out).toContain('is stopped: sold 0');
  await imports.updateOne({ _id: importId }, { $unset: { mailing: '' } });
  await set('running', null);
  const early = await cli.run(['attendees', 'print', importId]);
  expect(early.err).toContain('still being sold');
  while (
    (await runAttendeeImport({ ...api.deps, buyersWait: async () => false }, { importId })).result === 'retry'
  );
  expect((await cli.run(['attendees', 'status', importId])).out).toBe(
    [
      `✓ ${importId} is finished: sold 2 of 2`,
      `  print the tickets with: eventhorizon attendees print ${importId}`,
      `  mail them with: eventhorizon attendees mail ${importId}\n`,
    ].join('\n'),
  );

  const path = `${cli.configHome}/tickets-${importId}-1-of-1.pdf`;
  const printed = await cli.run(['attendees', 'print', importId, '--out', cli.configHome]);
  expect(printed).toMatchObject({ code: 0, out: `✓ 2 tickets in\n  ${path}\n` });
  expect(printed.err).toContain('going on in 1 s');
  expect(busy).toEqual([]);
  expect(readFileSync(path).subarray(0, 5).toString()).toBe('%PDF-');
  const beyond = await cli.run(['attendees', 'print', importId, '--part', '2']);
  expect(beyond.err).toContain('this list is printed in 1 part');

  const mailed = await cli.run(['attendees', 'mail', importId]);
  expect(mailed.out).toContain('sold 2 of 2; 0 letters so far\n  watch it with: ');
  const page = await cli.run(['bookings', 'sold', eventId, '--import', importId]);
  const names = page.out
    .split('\n')
    .slice(1, 3)
    .map((row) => row.split('\t').slice(1, 7));
  expect(names).toEqual([
    ['Ada', 'ada@example.org', 'confirmed', '1', '0.00 EUR', 'complimentary (line 2)'],
    ['Bea', '', 'confirmed', '1', '0.00 EUR', 'complimentary (line 3)'],
  ]);
});
