import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { createClient } from '@eventhorizon/client/create-client';
import { expect, test } from 'vitest';
import { expectCleanAudit } from './src/expect-clean-audit.ts';
import { organizerCli } from './src/organizer-cli.ts';
import { newShopper } from './src/shopper.ts';
import { seatOf, smallHall } from './src/small-hall.ts';
import { testStack } from './src/test-stack.ts';

type Thing = { readonly id: string };
type Created = Thing & { readonly ticketTypes: readonly Thing[] };

test('what an organizer sets up on the command line, buyers buy', async () => {
  await using stack = await testStack();
  using cli = organizerCli(stack.url);
  const file = (name: string, content: unknown): string => {
    const path = `${cli.dir}/${name}`;
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
    return path;
  };
  const password = randomBytes(12).toString('base64url');
  await createClient({ url: stack.url }).register({ username: 'olga', email: 'olga@example.org', password });

  await cli.run(['login', '-u', 'olga', '--password-stdin'], `${password}\n`);
  await cli.run(['organizations', 'create', 'Aurora Stages']);
  const hall = {
    name: 'Small Hall',
    address: 'Sternwartenweg 7',
    city: 'Leipzig',
    country: 'DE',
    location: null,
    zone: 'Europe/Berlin',
  };
  const venue = await cli.run<Thing>(['venues', 'create', '-f', file('venue.json', hall)]);
  const seats = file('seats.csv', smallHall.content);
  const seatMap = await cli.run<Thing>(['venues', 'import', seats, '--venue', venue.id]);
  const show = {
    title: 'A concert',
    venueId: venue.id,
    seatMapId: seatMap.id,
    startsAt: { local: '2031-06-14T20:00', zone: 'Europe/Berlin' },
    endsAt: { local: '2031-06-14T23:00', zone: 'Europe/Berlin' },
    currency: 'EUR',
    priceCategories: [{ key: 'Stalls' }],
    ticketTypes: [{ name: 'Adult', prices: { Stalls: 2500 } }],
  };
  const event = await cli.run<Created>(['events', 'create', '-f', file('event.json', show)]);
  await cli.run(['events', 'publish', event.id]);
  const listed = await cli.run<{ items: Thing[] }>(['events', 'list']);
  expect(listed.items).toMatchObject([{ id: event.id, status: 'published' }]);

  const sale = { eventId: event.id, ticketTypeId: event.ticketTypes[0]?.id ?? '' };
  const shopper = await newShopper(stack);
  const checkedOut = await shopper.checkOut(
    sale,
    await shopper.hold(sale, { kind: 'seats', unitIds: [seatOf('A', 1), seatOf('A', 2)] }),
  );
  expect(await shopper.pay(checkedOut)).toBe('paid');
  await shopper.untilStatus(checkedOut.booking.id, 'confirmed');
  expect(await expectCleanAudit(stack, sale)).toMatchObject({ captured: 1, validTickets: 2 });
});
