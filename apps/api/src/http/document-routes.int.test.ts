import type { TicketDocuments } from '@eventhorizon/core/notifications/ports';
import { DomainError } from '@eventhorizon/core/shared/errors';
import type { UserId } from '@eventhorizon/core/shared/ids';
import { sampleBooking, sampleTickets } from '@eventhorizon/core/testing/sample-booking';
import { expect, it } from 'vitest';
import { type TestApi, testApi } from '../testing/test-api.ts';
import { bearer, refusalOf, signUp } from '../testing/test-client.ts';

/** A confirmed booking of the account with its tickets, as the worker leaves it. */
const bookedBy = async ({ deps }: TestApi, userId: UserId) => {
  const booking = sampleBooking({ userId });
  await deps.unitOfWork.run(async (tx) => {
    await deps.bookings.insert(tx, booking);
    await deps.tickets.insertAll(tx, sampleTickets(booking));
  });
  return booking;
};

it('the owner downloads tickets, receipt and calendar entry; to anybody else they do not exist', async () => {
  await using api = await testApi();
  const ada = await signUp(api.url, 'ada');
  const mallory = await signUp(api.url, 'mallory');
  const { id: bookingId } = await bookedBy(api, ada.userId);
  const get = (path: string, headers: Record<string, string>) =>
    fetch(`${api.url}/api/v1/bookings/${bookingId}/${path}`, { headers });

  for (const [path, type, name, start] of [
    ['tickets.pdf', 'application/pdf', 'tickets-EVT-7K3M9Q.pdf', '%PDF-'],
    ['receipt.pdf', 'application/pdf', 'receipt-EVT-7K3M9Q.pdf', '%PDF-'],
    ['event.ics', 'text/calendar; charset=utf-8; method=PUBLISH', 'event-EVT-7K3M9Q.ics', 'BEGIN:VCALENDAR'],
  ] as const) {
    const own = await get(path, bearer(ada.accessToken));
    expect(own.status).toBe(200);
    expect(own.headers.get('content-type')).toBe(type);
    expect(own.headers.get('content-disposition')).toBe(`attachment; filename="${name}"`);
    expect(own.headers.get('cache-control')).toBe('private, no-store');
    expect((await own.text()).startsWith(start)).toBe(true);

    expect((await get(path, bearer(mallory.accessToken))).status).toBe(404);
    expect((await get(path, {})).status).toBe(401);
  }

  const file = await ada.api.bookings.document.query({ bookingId, kind: 'tickets' });
  expect(Buffer.from(file.base64, 'base64').toString('latin1')).toMatch(/^%PDF-/);
  const refused = await refusalOf(mallory.api.bookings.document.query({ bookingId, kind: 'tickets' }));
  expect(refused.code).toBe('thing.not_found');
});

/** Draws nothing until it is told to; as our pool does, it refuses whoever finds all of its places taken. */
const slowDocuments = (places: number) => {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  let waiting = 0;
  let pages = 0;
  const draw = async (count: number): Promise<Uint8Array> => {
    if (waiting >= places) throw new DomainError('busy.try_again', { retryAfterMs: 1_000 });
    waiting += 1;
    pages += count;
    await opened;
    return new TextEncoder().encode('%PDF-');
  };
  const documents: TicketDocuments = { tickets: ({ length }) => draw(length), receipt: () => draw(1) };
  return { documents, open: () => open(), pages: () => pages };
};

/** What somebody else gets while one account asks for its tickets 100 times at once, and what that account gets. */
const besideALoop = async (change: (deps: TestApi['deps']) => Partial<TestApi['deps']> = () => ({})) => {
  const { documents, open, pages } = slowDocuments(64);
  let asked = 0;
  const counting = (deps: TestApi['deps']): Partial<TestApi['deps']> => {
    const { documentAllowance, ...rest } = { ...deps, ...change(deps) };
    const take: typeof documentAllowance.take = async (userId, count) => {
      const answer = await documentAllowance.take(userId, count);
      asked += 1;
      return answer;
    };
    return { ...rest, documents, documentAllowance: { take } };
  };
  await using api = await testApi({ change: counting });
  const [ada, bob] = await Promise.all([signUp(api.url, 'ada'), signUp(api.url, 'bob')]);
  const { id } = await bookedBy(api, ada.userId);
  const other = api.deps.ids.next('bkg');
  await api.deps.unitOfWork.run((tx) =>
    api.deps.bookings.insert(
      tx,
      sampleBooking({
        id: other,
        userId: bob.userId,
        reference: 'EVT-8K3M9Q',
        holdId: api.deps.ids.next('hld'),
        paymentId: api.deps.ids.next('pay'),
      }),
    ),
  );
  const get = (path: string, token: string) =>
    fetch(`${api.url}/api/v1/bookings/${path}`, { headers: bearer(token) });
  const looped = Array.from({ length: 100 }, () => get(`${id}/tickets.pdf`, ada.accessToken));
  await expect.poll(() => asked, { timeout: 20_000 }).toBe(100);
  const bobs = get(`${other}/receipt.pdf`, bob.accessToken);
  await expect.poll(() => asked).toBe(101);
  open();
  const answers = await Promise.all(looped);
  const refused = answers.filter(({ status }) => status === 429);
  return { bob: (await bobs).status, pages: pages(), refused };
};

it('one account that asks for its tickets in a loop is refused before they are drawn, and others get theirs', async () => {
  const { bob, pages, refused } = await besideALoop();
  expect(bob).toBe(200);
  expect(refused.length).toBeGreaterThan(60);
  expect(pages).toBeLessThan(120);
  expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await refused[0]?.json()).toMatchObject({ error: { code: 'document.too_many' } });
}, 30_000);
it('twin: without the allowance of an account nobody else gets a document', async () => {
  const { bob } = await besideALoop(() => ({ documentAllowance: { take: async () => null } }));
  expect(bob).toBe(503);
}, 30_000);

it('documents are given also while Redis is away: people stand at a gate', async () => {
  await using api = await testApi();
  const ada = await signUp(api.url, 'ada');
  const { id } = await bookedBy(api, ada.userId);
  process.kill(api.redis.pid, 'SIGSTOP');
  try {
    const { status } = await fetch(`${api.url}/api/v1/bookings/${id}/event.ics`, {
      headers: bearer(ada.accessToken),
    });
    expect(status).toBe(200);
  } finally {
    process.kill(api.redis.pid, 'SIGCONT');
  }
});
