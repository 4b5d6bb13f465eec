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

/** How many of so many openings at once are let through. */
const letThrough = async (count: number, change?: (deps: TestApi['deps']) => Partial<TestApi['deps']>) => {
  await using t = await linkedApi(change === undefined ? {} : { change });
  const answers = await Promise.all(Array.from({ length: count }, () => t.get('0123456789abcdefghjk')));
  return answers.filter(({ status }) => status === 404).length;
};

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
    const through = await letThrough(200);
    expect(through).toBeGreaterThanOrEqual(60);
    expect(through).toBeLessThan(200);
  });
  it('twin: without the limit every try is answered', async () => {
    expect(await letThrough(200, () => ({ linkRateLimit: { take: async () => true } }))).toBe(200);
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
