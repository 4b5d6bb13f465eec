import { addMs, DAY_MS } from '@eventhorizon/core/shared/clock';
import { draftEvent } from '@eventhorizon/core/testing/draft-event';
import { sampleBooking, sampleTickets } from '@eventhorizon/core/testing/sample-booking';
import { mongoTicketLinks } from '@eventhorizon/db/mongo/ticket-links';
import { randomTicketLinks } from '@eventhorizon/providers/tickets/random-ticket-links';
import { describe, expect, it } from 'vitest';
import { type TestApi, type TestApiOptions, testApi } from '../testing/test-api.ts';

/** An API with a confirmed booking whose tickets a link opens, as the worker leaves them. */
const linkedApi = async (options: TestApiOptions = {}) => {
  const api = await testApi(options);
  const { deps, database } = api;
  const booking = sampleBooking();
  const endsAt = addMs(new Date(), 30 * DAY_MS);
  const times = { local: '2026-12-31T20:00', zone: 'Europe/Berlin', at: endsAt };
  await deps.events.insert(draftEvent({ id: booking.eventId, status: 'published', endsAt: times }));
  await deps.unitOfWork.run(async (tx) => {
    await deps.bookings.insert(tx, booking);
    await deps.tickets.insertAll(tx, sampleTickets(booking));
  });
  const { code, hash } = randomTicketLinks.mint();
  await mongoTicketLinks(database.db).insert({
    hash,
    bookingId: booking.id,
    createdAt: new Date(),
    dropAt: addMs(endsAt, DAY_MS),
  });
  return {
    api,
    code,
    get: (path: string) => fetch(`${api.url}/t/${path}`),
    [Symbol.asyncDispose]: () => api[Symbol.asyncDispose](),
  };
};

/** So many codes that were never minted. */
const tries = (count: number): string[] => Array.from({ length: count }, () => randomTicketLinks.mint().code);

type Linked = Awaited<ReturnType<typeof linkedApi>>;
type Change = (deps: TestApi['deps']) => Partial<TestApi['deps']>;

const statusesOf = async (t: Linked, paths: readonly string[]): Promise<number[]> =>
  (await Promise.all(paths.map((path) => t.get(path)))).map(({ status }) => status);

/** How many of 200 tries from one address are answered. */
const answeredTries = async (change?: Change) => {
  await using t = await linkedApi(change === undefined ? {} : { change });
  return (await statusesOf(t, tries(200))).filter((status) => status === 404).length;
};

/** What somebody with a ticket is told after somebody else behind the same address tried 200 codes. */
const afterTries = async (change?: Change) => {
  await using t = await linkedApi(change === undefined ? {} : { change });
  expect(await statusesOf(t, tries(200))).toContain(429);
  return (await t.get(t.code)).status;
};

/** How often of 100 times at once a link gives its document. */
const given = async (change?: Change) => {
  await using t = await linkedApi(change === undefined ? {} : { change });
  const paths = Array.from({ length: 100 }, () => `${t.code}/event.ics`);
  return (await statusesOf(t, paths)).filter((status) => status === 200).length;
};

const always = { take: async () => true };

describe('a ticket link', () => {
  it('shows the tickets with their codes to whoever has it, and gives them as files', async () => {
    await using t = await linkedApi();
    const page = await t.get(t.code);
    expect(page.status).toBe(200);
    const text = await page.text();
    expect(text.match(/data:image\/png;base64,/g)).toHaveLength(3);
    expect(text).toContain('Stalls, row 4, seat 12');
    expect(text).not.toContain('ada@example.org');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
    expect(page.headers.get('cache-control')).toContain('no-store');

    const pdf = await t.get(`${t.code}/tickets.pdf`);
    expect((await pdf.text()).startsWith('%PDF-')).toBe(true);
    const calendar = await t.get(`${t.code}/event.ics`);
    expect((await calendar.text()).startsWith('BEGIN:VCALENDAR')).toBe(true);
    expect((await t.get(`${t.code}/receipt.pdf`)).status).toBe(404);
  });

  it('that is none says the same as one that was never minted', async () => {
    await using t = await linkedApi();
    const [never, malformed] = await Promise.all([t.get('0123456789abcdefghjk'), t.get('..%2f..%2fetc')]);
    expect([never.status, malformed.status]).toEqual([404, 404]);
    expect(await malformed.text()).toBe(await never.text());
  });

  it('is in no log, at the most talkative level', async () => {
    await using t = await linkedApi({ env: { LOG_LEVEL: 'trace' } });
    for (const path of ['', '/tickets.pdf', '/event.ics', '/nothing']) await t.get(`${t.code}${path}`);
    expect(t.api.logs()).toContain('/t/[redacted]/tickets.pdf');
    expect(t.api.logs()).not.toContain(t.code);
  });
  it('twin: without scrubbing it is in the log', async () => {
    await using t = await linkedApi({ clean: (fields) => ({ ...fields }) });
    await t.get(t.code);
    expect(t.api.logs()).toContain(t.code);
  });

  it('cannot be tried without end from one address', async () => {
    const answered = await answeredTries();
    expect(answered).toBeGreaterThanOrEqual(60);
    expect(answered).toBeLessThan(200);
  });
  it('twin: without the limit every try is answered', async () => {
    expect(await answeredTries(() => ({ linkMissLimit: always }))).toBe(200);
  });

  it('opens behind an address from which codes are tried without end: a hall shares it', async () => {
    expect(await afterTries()).toBe(200);
  });
  it('twin: if whatever comes from the address counts, one phone keeps the hall out', async () => {
    const change: Change = ({ linkMissLimit }) => {
      const ofHall = { take: () => linkMissLimit.take('the hall') };
      return { linkRateLimit: ofHall, linkMissLimit: ofHall };
    };
    expect(await afterTries(change)).toBe(429);
  });

  it('that is none counts for nothing: links with a typing error use up no tries', async () => {
    await using t = await linkedApi();
    expect(
      new Set(
        await statusesOf(
          t,
          Array.from({ length: 200 }, () => 'not-a-code'),
        ),
      ),
    ).toEqual(new Set([404]));
    expect(await statusesOf(t, tries(1))).toEqual([404]);
  });

  it('is drawn only so often: whoever has it cannot keep the API busy with its documents', async () => {
    const count = await given();
    expect(count).toBeGreaterThanOrEqual(40);
    expect(count).toBeLessThan(100);
  });
  it('twin: without the limit of the link it is drawn every time', async () => {
    expect(await given(() => ({ linkRateLimit: always }))).toBe(100);
  });

  it('opens also while Redis is away: people stand at a gate', async () => {
    await using t = await linkedApi();
    process.kill(t.api.redis.pid, 'SIGSTOP');
    try {
      expect((await t.get(t.code)).status).toBe(200);
    } finally {
      process.kill(t.api.redis.pid, 'SIGCONT');
    }
  });
});
