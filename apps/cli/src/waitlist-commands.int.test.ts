import { newHoldId } from '@eventhorizon/api/testing/new-hold-id';
import { openSale } from '@eventhorizon/api/testing/open-sale';
import { testApi } from '@eventhorizon/api/testing/test-api';
import { signUp } from '@eventhorizon/api/testing/test-client';
import { exitCodeOf } from '@eventhorizon/core/shared/error-mapping';
import { expect, it } from 'vitest';
import { newOfferId } from './new-offer-id.ts';
import { testCli } from './testing/run-cli.ts';

const PASSWORD = 'a long enough password';

/** Olga's event, of which nine of ten front seats are free, and Bea, who waits for up to ten of them. */
const waiting = async (url: string) => {
  const olga = await signUp(url, 'olga');
  const sale = await openSale(olga.api);
  const bea = await signUp(url, 'bea');
  const { eventId } = sale;
  const best = { kind: 'best', priceCategory: 'Front', quantity: 1 } as const;
  await bea.api.holds.place.mutate({ eventId, holdId: newHoldId(), selections: [best] });
  const { id } = await bea.api.waitlist.join.mutate({
    eventId,
    entryId: newHoldId().replace('hld', 'wle'),
    wish: { priceCategory: 'Front', ticketTypeId: sale.adult },
    quantity: 10,
    partWelcome: true,
    buyer: { name: 'Bea', email: 'bea@example.org' },
  });
  return { eventId, entryId: id };
};

it('shows who waits, pauses and resumes, offers, takes offers back and removes entries', async () => {
  await using api = await testApi();
  const { eventId, entryId } = await waiting(api.url);
  using cli = testCli(api.url);
  const run = async (...args: string[]) => {
    const { out, err, code } = await cli.run(['waitlist', ...args]);
    return code === 0 ? out : `${code}: ${err}`;
  };
  const rows = async () =>
    (await run('list', eventId))
      .split('\n')
      .slice(1, -1)
      .map((row) => row.split('\t'));
  await cli.run(['login', '-u', 'olga', '--password-stdin'], `${PASSWORD}\n`);

  expect(await rows()).toEqual([
    ['1', entryId, 'Bea', 'bea@example.org', '10 or fewer: Adult, Front', 'waiting', '', ''],
  ]);
  expect(await run('pause', eventId)).toContain('Paused');
  const status = await run('status', eventId);
  expect(status).toContain('state\tpaused\n');
  expect(status).toContain('waiting\t1, for 10 tickets\n');
  expect(status).toContain('Adult, Front\t1\t10\n');

  const offerId = newOfferId();
  const made = await run('offer', entryId, '-n', '2', '--id', offerId);
  expect(made).toContain(`${offerId} is open.\n  Stalls, row A, seat`);
  expect(await run('offer', entryId, '-n', '2', '--id', offerId)).toBe(made);
  expect(await run('offer', entryId)).toContain(`${exitCodeOf.conflict}: `);
  expect((await rows())[0]?.slice(5, 7)).toEqual(['offered', offerId]);
  expect(await run('withdraw', offerId)).toContain(`${offerId} is withdrawn.`);

  expect(await run('remove', entryId, '--reason', 'asked by phone')).toContain('off the list');
  expect((await rows())[0]?.[5]).toBe('cancelled (removed)');
  expect(await run('list', eventId, '--status', 'waiting')).toBe('Nobody.\n');
  expect(await run('resume', eventId)).toContain('offered in order');
  expect(await run('status', eventId)).toContain('state\toffering\n');
});
