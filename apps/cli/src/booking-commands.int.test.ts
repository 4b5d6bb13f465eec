import { readFileSync } from 'node:fs';
import { type TestApi, testApi } from '@eventhorizon/api/testing/test-api';
import { createClient } from '@eventhorizon/client/create-client';
import { exitCodeOf } from '@eventhorizon/core/shared/error-mapping';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestCli, testCli } from './testing/run-cli.ts';

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
  refundPolicy: { steps: [{ untilDays: 7, percent: 50 }] },
};

let api: TestApi;
let cli: TestCli;
let bookingId: string;
let ticketId: string;
let reference: string;
let eventId: string;
beforeAll(async () => {
  api = await testApi();
  cli = testCli(api.url);
  await createClient({ url: api.url }).register({
    username: 'olga',
    email: 'olga@example.org',
    password: PASSWORD,
  });
  const json = async (args: readonly string[], input = '') =>
    JSON.parse((await cli.run(['--json', ...args], input)).out);
  await cli.run(['login', '-u', 'olga', '--password-stdin'], `${PASSWORD}\n`);
  await cli.run(['organizations', 'create', 'Aurora Stages']);
  const { id: venueId } = await json(['venues', 'create', '-f', '-'], JSON.stringify(venue));
  const { id } = await json(['events', 'create', '-f', '-'], JSON.stringify({ ...event, venueId }));
  await cli.run(['events', 'publish', id]);
  const what = ['--event', id, '--type', 'Adult', '--area', 'Floor', '--name', 'Ada', '-n', '3'];
  const sold = await json(['boxoffice', 'sell', ...what, '--pay', 'cash']);
  bookingId = sold.id;
  reference = sold.reference;
  eventId = id;
  ticketId = sold.lines[0].ticketId;
}, 60_000);
afterAll(async () => {
  cli[Symbol.dispose]();
  await api[Symbol.asyncDispose]();
});

describe.sequential('eventhorizon bookings', () => {
  it('finds the booking that somebody calls about, by reference, name or state, and shows it with tickets and money', async () => {
    const row = [reference, 'Ada', '', 'confirmed', '3', '46.65 EUR', 'box office'];
    const { out } = await cli.run(['bookings', 'sold', eventId, '--status', 'confirmed']);
    expect(out.split('\n')[1]?.split('\t')).toEqual([...row, expect.stringMatching(/^\d{4}-/), bookingId]);
    expect((await cli.run(['bookings', 'find', 'ad', '--event', eventId])).out).toBe(out);
    expect((await cli.run(['bookings', 'sold', eventId, '--status', 'pending'])).out).toBe(
      'Nothing found.\n',
    );
    const shown = await cli.run(['bookings', 'find', ...reference.toLowerCase().split('-')]);
    expect([shown.code, shown.out]).toEqual([
      0,
      expect.stringMatching(
        /^EVT-\w{6} is confirmed: 46\.65 EUR\n {2}Ada\n[\s\S]*\tvalid\ttkt_\w+\npaid 46\.65 EUR by cash/,
      ),
    ]);
    expect((await cli.run(['bookings', 'show', bookingId])).out).toBe(shown.out);
    const nameless = await cli.run(['bookings', 'find', 'Ada', 'Lovelace']);
    expect([nameless.code, nameless.err]).toEqual([2, expect.stringContaining('--event')]);
    const unknown = await cli.run(['bookings', 'show', 'EVT-000000']);
    expect(unknown.code).toBe(exitCodeOf.not_found);
  });

  it('prints the tickets of a booking by its reference, and mails them to an address that was left later', async () => {
    const out = `${cli.configHome}/tickets.pdf`;
    expect((await cli.run(['boxoffice', 'print', reference, '-o', out])).code).toBe(0);
    expect(readFileSync(out).subarray(0, 5).toString()).toBe('%PDF-');
    const nowhere = await cli.run(['bookings', 'resend', reference]);
    expect([nowhere.code, nowhere.err]).toEqual([exitCodeOf.invalid, expect.stringContaining('no address')]);
    const sent = await cli.run(['bookings', 'resend', reference, '--email', 'ada@example.org']);
    expect(sent.out).toContain('on their way to ada@example.org');
    const found = await cli.run(['bookings', 'find', 'ADA@example.org', '--event', eventId]);
    expect(found.out).toContain(reference);
  });

  it('shows what would go back ticket by ticket, and cancels nothing before that was agreed on', async () => {
    const shown = await cli.run(['bookings', 'cancel', bookingId]);
    expect(shown.code).toBe(0);
    expect(shown.out).toContain('15.55 EUR\t7.78 EUR (50 %)');
    expect(shown.out).toMatch(
      /23\.34 EUR would go back by hand\. Nothing is cancelled yet\.[\s\S]*--agree 23\.34/,
    );
    const unsaid = await cli.run(['bookings', 'cancel', bookingId, '--agree', '23.34']);
    expect([unsaid.code, unsaid.err]).toEqual([2, expect.stringContaining('--reason')]);
    const other = await cli.run(['bookings', 'cancel', bookingId, '--agree', '46.65', '--reason', 'ill']);
    expect([other.code, other.err]).toEqual([2, expect.stringContaining('Nothing was cancelled')]);
    expect((await cli.run(['bookings', 'money', bookingId])).out).toBe(
      'paid 46.65 EUR by cash, 46.65 EUR can still go back\n',
    );
  });

  it('cancels one ticket for an amount, and the rest in full, up to what is still here', async () => {
    const one = ['bookings', 'cancel', bookingId, '--ticket', ticketId, '--return', '20.00'];
    const cancelled = await cli.run([...one, '--agree', '20.00', '--reason', 'a wish']);
    expect([cancelled.code, cancelled.out]).toEqual([
      0,
      expect.stringMatching(/EVT-\w{6} has fewer tickets; 20\.00 EUR goes back to Ada/),
    ]);
    const gone = await cli.run([...one, '--agree', '20.00', '--reason', 'again']);
    expect(gone.code).toBe(exitCodeOf.conflict);
    const rest = ['bookings', 'cancel', bookingId, '--return', 'full', '--agree', '26.65', '--reason', 'all'];
    expect((await cli.run(rest)).out).toMatch(/is cancelled; 26\.65 EUR goes back/);
    const money = await cli.run(['bookings', 'money', bookingId]);
    expect(money.out).toMatch(/0\.00 EUR can still go back[\s\S]*20\.00 EUR\trequested\torganizer\ta wish/);
  });

  it('refuses to send more back than is here, and amounts that are none', async () => {
    const refund = (amount: string) => cli.run(['bookings', 'refund', bookingId, amount, '--reason', 'more']);
    const more = await refund('0.01');
    expect([more.code, more.err]).toEqual([exitCodeOf.conflict, expect.stringContaining('At most 0')]);
    const half = await refund('0.005');
    expect([half.code, half.err]).toEqual([2, expect.stringContaining('no amount in EUR')]);
  });
});
