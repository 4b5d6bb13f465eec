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
