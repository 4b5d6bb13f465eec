import { testApi } from '@eventhorizon/api/testing/test-api';
import { createClient } from '@eventhorizon/client/create-client';
import { exitCodeOf } from '@eventhorizon/core/shared/error-mapping';
import { idSchema } from '@eventhorizon/core/shared/ids';
import { sampleBooking, sampleTickets } from '@eventhorizon/core/testing/sample-booking';
import { sampleTransfer } from '@eventhorizon/core/testing/sample-transfer';
import { nextGeneration } from '@eventhorizon/core/tickets/next-generation';
import { expect, it } from 'vitest';
import { testCli } from './testing/run-cli.ts';

const PASSWORD = 'a long enough password';

it('shows through whose hands a ticket went, by the id of any of its generations', async () => {
  await using api = await testApi();
  const { deps } = api;
  const client = createClient({ url: api.url });
  await client.register({ username: 'olga', email: 'olga@example.org', password: PASSWORD });
  const { organization } = await client.api.organizations.create.mutate({ name: 'Aurora Stages' });
  const booking = sampleBooking({ organizationId: idSchema('org').parse(organization.id) });
  const [first, ...others] = sampleTickets(booking);
  if (first === undefined) throw new Error('no ticket');
  const at = new Date('2026-11-03T18:30:00Z');
  const next = nextGeneration(first, {
    id: deps.ids.next('tkt'),
    holderId: deps.ids.next('usr'),
    attendeeName: 'Bob',
    at,
  });
  await deps.unitOfWork.run(async (tx) => {
    await deps.bookings.insert(tx, booking);
    await deps.tickets.insertAll(tx, [{ ...first, status: 'void', voidedAt: at }, next, ...others]);
    const accepted = {
      status: 'accepted',
      receiverId: deps.ids.next('usr'),
      newTicketId: next.id,
      endedAt: at,
    } as const;
    await deps.transfers.insert(tx, sampleTransfer(booking, first, accepted));
  });
  using cli = testCli(api.url);
  await cli.run(['login', '-u', 'olga', '--password-stdin'], `${PASSWORD}\n`);
  for (const id of [first.id, next.id]) {
    const { out, code } = await cli.run(['tickets', 'holders', id]);
    expect(code).toBe(0);
    const [head, , ...rows] = out.trimEnd().split('\n');
    expect(head).toBe('Stalls, row 4, seat 12, Adult, booking EVT-7K3M9Q');
    expect(rows.map((row) => row.split('\t').slice(0, 5))).toEqual([
      ['1', 'ada@example.org', 'Ada Lovelace', '2026-11-01 10:02', 'void'],
      ['2', 'bob@example.org', 'Bob', '2026-11-03 18:30', 'valid'],
    ]);
  }
  const unknown = await cli.run(['tickets', 'holders', deps.ids.next('tkt')]);
  expect([unknown.code, unknown.err]).toEqual([
    exitCodeOf.not_found,
    expect.stringContaining('no such ticket'),
  ]);
});
