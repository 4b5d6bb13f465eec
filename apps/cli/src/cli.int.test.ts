import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { listEvent } from '@eventhorizon/api/testing/list-event';
import { type TestApi, testApi } from '@eventhorizon/api/testing/test-api';
import { createClient } from '@eventhorizon/client/create-client';
import { exitCodeOf } from '@eventhorizon/core/shared/error-mapping';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestCli, testCli } from './testing/run-cli.ts';

const PASSWORD = 'a long enough password';
let api: TestApi;
let cli: TestCli;
let organizationId: string;
let venueId: string;
beforeAll(async () => {
  api = await testApi();
  cli = testCli(api.url);
  const owner = createClient({ url: api.url });
  await owner.register({ username: 'olga', email: 'olga@example.org', password: PASSWORD });
}, 60_000);
afterAll(async () => {
  cli[Symbol.dispose]();
  await api[Symbol.asyncDispose]();
});

const file = (name: string, content: unknown): string => {
  const path = `${cli.configHome}/${name}`;
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};
const idIn = (text: string, prefix: string): string => {
  const [id] = new RegExp(`${prefix}_[0-9a-z]{26}`).exec(text) ?? [];
  if (id === undefined) throw new Error(`no ${prefix}_… in ${text}`);
  return id;
};
const logIn = (input = `${PASSWORD}\n`) => cli.run(['login', '-u', 'olga', '--password-stdin'], input);

describe.sequential('eventhorizon', () => {
  it('says who must log in, and keeps the tokens so that only their owner can read them', async () => {
    const before = await cli.run(['events', 'list']);
    expect([before.code, before.err]).toEqual([2, expect.stringContaining('eventhorizon login')]);
    const wrong = await logIn('wrong password\n');
    expect(wrong.code).toBe(exitCodeOf.unauthenticated);
    const right = await logIn();
    expect([right.code, right.out]).toEqual([0, expect.stringContaining('as olga')]);
    const path = `${cli.configHome}/eventhorizon/credentials.json`;
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(right.out + right.err + readFileSync(path, 'utf8')).not.toContain(PASSWORD);
  });

  it('asks for no password where nobody can type one', async () => {
    const { code, err } = await cli.run(['login', '-u', 'olga']);
    expect([code, err]).toEqual([2, expect.stringContaining('--password-stdin')]);
  });

  it('opens an organization and a venue, and imports a seat map', async () => {
    const alone = await cli.run(['venues', 'list']);
    expect([alone.code, alone.err]).toEqual([2, expect.stringContaining('organizations create')]);
    organizationId = idIn((await cli.run(['organizations', 'create', 'Aurora Stages'])).out, 'org');
    const fields = {
      name: 'Small Hall',
      address: 'Sternwartenweg 7',
      city: 'Leipzig',
      country: 'DE',
      location: null,
      zone: 'Europe/Berlin',
    };
    const venue = await cli.run(['venues', 'create', '-f', '-'], JSON.stringify(fields));
    venueId = idIn(venue.out, 'ven');
    const csv = 'section,row,seat,category,x,y,accessible\nStalls,A,1,Front,0,0,false\n';
    const imported = await cli.run(['venues', 'import', file('seats.csv', csv), '--venue', venueId]);
    expect(imported.out).toContain('version 1: 1 seats (Front)');
  });

  it('shows each fault of a seat map with its place, and stores nothing', async () => {
    const csv =
      'section,row,seat,category,x,y,accessible\nStalls,A,1,Front,left,0,false\nStalls,A,,Front,1,0,no\n';
    const { code, out, err } = await cli.run(['venues', 'import', file('bad.csv', csv), '--venue', venueId]);
    expect([code, out]).toEqual([exitCodeOf.invalid, '']);
    expect(err).toMatch(/line 2[\s\S]*line 3/);
  });

  it('makes a draft from a file, publishes it and lists it', async () => {
    const fields = {
      title: 'A concert',
      venueId,
      startsAt: { local: '2099-06-01T20:00', zone: 'Europe/Berlin' },
      endsAt: { local: '2099-06-01T23:00', zone: 'Europe/Berlin' },
      currency: 'EUR',
      priceCategories: [{ key: 'Floor' }],
      areas: [{ name: 'Floor', capacity: 5, priceCategory: 'Floor' }],
      ticketTypes: [{ name: 'Adult', prices: { Floor: 1000 } }],
    };
    const created = await cli.run(['events', 'create', '-f', file('event.json', fields)]);
    const eventId = idIn(created.out, 'evt');
    const published = await cli.run(['--json', 'events', 'publish', eventId]);
    expect(JSON.parse(published.out)).toMatchObject({ id: eventId, status: 'published' });
    const listed = await cli.run(['events', 'list']);
    expect(listed.out.split('\n').map((line) => line.split('\t'))).toEqual([
      ['id', 'title', 'starts', 'status'],
      [eventId, 'A concert', '2099-06-01 20:00 Europe/Berlin', 'published'],
      [''],
    ]);
    const again = await cli.run(['events', 'publish', eventId]);
    expect(again.code).toBe(exitCodeOf.conflict);
  });

  it('sells over the counter, and saves the tickets so that only their owner can read them', async () => {
    const eventId = idIn((await cli.run(['events', 'list'])).out, 'evt');
    const what = ['--event', eventId, '--type', 'adult', '--area', 'floor', '--name', 'Ada'];
    const undecided = await cli.run(['boxoffice', 'sell', ...what]);
    expect([undecided.code, undecided.err]).toEqual([2, expect.stringContaining('--free <reason>')]);
    const tickets = `${cli.configHome}/tickets.pdf`;
    const sold = await cli.run([
      'boxoffice',
      'sell',
      ...what,
      '-n',
      '2',
      '--pay',
      'cash',
      '--tickets',
      tickets,
    ]);
    expect([sold.code, sold.out]).toEqual([0, expect.stringMatching(/✓ EVT-\w{6} for Ada: 20\.00 EUR/)]);
    expect(readFileSync(tickets).subarray(0, 5).toString()).toBe('%PDF-');
    expect(statSync(tickets).mode & 0o777).toBe(0o600);
    const unknown = await cli.run(['boxoffice', 'sell', ...what.with(3, 'Child'), '--pay', 'cash']);
    expect([unknown.code, unknown.err]).toEqual([2, expect.stringContaining('There are: Adult.')]);
  });

  it('looks at a list of attendees, imports it once, cancels it and reports on it', async () => {
    const eventId = idIn((await cli.run(['events', 'list'])).out, 'evt');
    const run = (path: string, ...more: string[]) =>
      cli.run(['attendees', 'import', path, '--event', eventId, '--free', 'guests', ...more]);
    const bad = await run(file('bad-list.csv', 'name,ticket_type,area\n,Adult,Floor\nAda,Child,Floor\n'));
    expect([bad.code, bad.out]).toEqual([exitCodeOf.invalid, '']);
    expect(bad.err).toMatch(
      /line 2, name: [\s\S]*line 3, ticket_type: there is none of this name; there are Adult/,
    );
    const list = file('list.csv', `name,ticket_type,area\n${'Ada,Adult,Floor\n'.repeat(4)}`);
    const dry = await run(list, '--dry-run');
    expect([dry.code, dry.out]).toEqual([0, expect.stringContaining('Floor: 4 wanted, 3 free (too few)')]);
    const started = await run(list);
    expect(started.out).toContain('is running: sold 0, waiting 4 of 4');
    const importId = idIn(started.out, 'imp');
    const again = await run(list);
    expect([again.code, again.err]).toEqual([2, expect.stringContaining(`as ${importId} (running)`)]);
    expect((await run(list, '--resume')).out).toContain(importId);
    expect((await cli.run(['attendees', 'cancel', importId])).out).toContain('cancelled 4 of 4');
    const report = await cli.run(['attendees', 'report', importId]);
    expect(report.out.split('\r\n')[1]).toBe('"2","Ada","","cancelled","","",""');
    const out = `${cli.configHome}/report.csv`;
    expect((await cli.run(['attendees', 'report', importId, '-o', out])).code).toBe(0);
    // For spreadsheets; the stream of this test drops it.
    expect(readFileSync(out, 'utf8')).toBe(`\uFEFF${report.out}`);
    expect((await cli.run(['attendees', 'report', importId, '-o', out])).code).toBe(2);
  });

  it('finds what is on sale without a login, for people and for scripts', async () => {
    const client = createClient({ url: api.url });
    const nobody = testCli(api.url);
    const empty = await nobody.run(['search', 'concert']);
    expect([empty.code, empty.out]).toEqual([0, 'Nothing found.\n']);
    await client.logIn({ login: 'olga', password: PASSWORD });
    const { items } = await client.api.events.list.query({ organizationId });
    const eventId = items[0]?.id ?? '';
    await listEvent(api, eventId);
    const options = ['--city', 'leipzig', '--currency', 'eur', '--max-price', '12.50', '--sort', 'price'];
    const found = await nobody.run(['search', 'a', 'conc', ...options, '--from', '2099-06-01']);
    expect(found.out.split('\n').map((line) => line.split('\t'))).toEqual([
      ['id', 'title', 'starts', 'where', 'price', 'left'],
      [
        eventId,
        'A concert',
        '2099-06-01 20:00',
        'Small Hall, Leipzig',
        '10.00 EUR',
        expect.stringMatching(/^\d of 5$/),
      ],
      [''],
    ]);
    const json = await nobody.run(['--json', 'search', '--max-price', '9.99', '--currency', 'EUR']);
    expect(JSON.parse(json.out)).toEqual({ items: [], nextCursor: null });
    nobody[Symbol.dispose]();
  });

  it('says how a search is written, when it is written wrongly', async () => {
    const wrong = [
      [['--near', 'Leipzig'], '51.34,12.37'],
      [['--near', '1,2', '--radius', '900'], 'must be at most 500'],
      [['--radius', '5'], '--near 51.34,12.37'],
      [['--max-price', '5'], '--currency EUR'],
      [['--max-price', '5.001', '--currency', 'EUR'], 'Write it like 12.50'],
      [['--max-price', '5', '--currency', 'EUROS'], 'Write it like EUR'],
      [['--sort', 'beauty'], 'date, distance, popularity, price'],
    ] as const;
    for (const [options, hint] of wrong) {
      const { code, err } = await cli.run(['search', ...options]);
      expect(code).not.toBe(0);
      expect(err).toContain(hint);
    }
  });

  it('shows the waiting room of an event and steers it', async () => {
    const fields = {
      title: 'A rush',
      venueId,
      startsAt: { local: '2099-06-01T20:00', zone: 'Europe/Berlin' },
      endsAt: { local: '2099-06-01T23:00', zone: 'Europe/Berlin' },
      currency: 'EUR',
      priceCategories: [{ key: 'Floor' }],
      areas: [{ name: 'Floor', capacity: 5, priceCategory: 'Floor' }],
      ticketTypes: [{ name: 'Adult', prices: { Floor: 1000 } }],
      waitingRoom: { opensAt: { local: '2099-05-01T10:00', zone: 'Europe/Berlin' }, turnsPerMinute: 60 },
    };
    const eventId = idIn((await cli.run(['events', 'create', '-f', file('rush.json', fields)])).out, 'evt');
    await cli.run(['events', 'publish', eventId]);
    const before = await cli.run(['room', 'status', eventId]);
    expect(before.out).toMatch(/before opening[\s\S]*2099-05-01 10:00 Europe\/Berlin[\s\S]*60/);
    const early = await cli.run(['room', 'pause', eventId]);
    expect([early.code, early.err]).toEqual([exitCodeOf.conflict, expect.stringContaining('not open yet')]);
    for (const [command, text] of [
      [['open', eventId], 'is open'],
      [['rate', eventId, '120'], '120 turns'],
      [['pause', eventId], 'until you resume'],
      [['resume', eventId], 'moves again'],
    ] as const)
      expect((await cli.run(['room', ...command])).out).toContain(text);
    const json = await cli.run(['--json', 'room', 'status', eventId]);
    expect(JSON.parse(json.out)).toMatchObject({ state: 'running', turnsPerMinute: 120 });
    expect((await cli.run(['room', 'rate', eventId, 'fast'])).code).toBe(2);
    expect((await cli.run(['room', 'let-everybody-in', eventId])).out).toContain('whoever comes may buy');
    expect((await cli.run(['room', 'status', eventId])).code).toBe(exitCodeOf.conflict);
  });

  it('shows each fault of an event file with its place', async () => {
    const { code, err } = await cli.run([
      'events',
      'create',
      '-f',
      file('event.json', { title: '', currency: 'EURO' }),
    ]);
    expect(code).toBe(exitCodeOf.invalid);
    expect(err).toMatch(/ {2}title: [\s\S]* {2}currency: /);
    const broken = await cli.run(['events', 'create', '-f', file('event.json', '{\n  "title": oops\n}')]);
    expect([broken.code, broken.err]).toEqual([2, expect.stringContaining('line 2, column 12')]);
    const missing = await cli.run(['events', 'create', '-f', '/no/such/file.json']);
    expect([missing.code, missing.err]).toEqual([2, expect.stringContaining('there is no such file')]);
  });

  it('gives scripts errors as JSON, exit codes by kind, and 2 for wrong usage', async () => {
    const unknown = 'evt_01h455vb4pex5vsknk084sn02q';
    const { code, out, err } = await cli.run(['--json', 'events', 'publish', unknown]);
    expect([code, out]).toEqual([exitCodeOf.not_found, '']);
    expect(JSON.parse(err)).toMatchObject({ error: { code: 'thing.not_found', kind: 'not_found' } });
    const program = await cli.runProgram(['--json', 'events', 'publish', unknown]);
    expect(program).toEqual({ code, out, err });
    expect((await cli.run(['events', 'fly'])).code).toBe(2);
    expect((await cli.run(['events', 'list', '--limit', '0'])).code).toBe(2);
    expect((await cli.run(['--help'])).code).toBe(0);
  });

  it('says where it looked when the API cannot be reached', async () => {
    const dead = 'http://127.0.0.1:9';
    const { code, err } = await cli.run(['--url', dead, 'login', '-u', 'olga', '--password-stdin'], 'x\n');
    expect([code, err]).toEqual([1, expect.stringContaining(dead)]);
  });

  it('belongs to whom --org names when there are several, and forgets on logout', async () => {
    await cli.run(['organizations', 'create', 'Second']);
    const { code, err } = await cli.run(['events', 'list']);
    expect([code, err]).toEqual([2, expect.stringContaining(organizationId)]);
    expect((await cli.run(['events', 'list', '--org', organizationId])).out).toContain('A concert');
    expect((await cli.run(['logout'])).code).toBe(0);
    expect((await cli.run(['organizations', 'list'])).code).toBe(2);
  });
});
