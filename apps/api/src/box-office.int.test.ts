import type { Role } from '@eventhorizon/core/organizations/capabilities';
import { idSchema } from '@eventhorizon/core/shared/ids';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newHoldId } from './testing/new-hold-id.ts';
import { openSale } from './testing/open-sale.ts';
import { type TestApi, testApi } from './testing/test-api.ts';
import { refusalOf, signUp } from './testing/test-client.ts';

let api: TestApi;
let owner: Awaited<ReturnType<typeof signUp>>;
let sale: Awaited<ReturnType<typeof openSale>>;
beforeAll(async () => {
  api = await testApi();
  owner = await signUp(api.url, 'olga');
  sale = await openSale(owner.api);
}, 60_000);
afterAll(async () => api[Symbol.asyncDispose]());

const member = async (username: string, role: Role) => {
  const account = await signUp(api.url, username);
  await api.deps.unitOfWork.run((tx) =>
    api.deps.memberships.insert(tx, {
      id: api.deps.ids.next('mbr'),
      organizationId: idSchema('org').parse(sale.organizationId),
      userId: account.userId,
      role,
      createdAt: new Date(),
    }),
  );
  return account.api;
};

const sell = async (client: typeof owner.api) => {
  const { organizationId, eventId, areaId, adult } = sale;
  const holdId = newHoldId();
  const selections = [{ kind: 'places' as const, areaId, quantity: 1 }];
  const held = await client.boxOffice.hold.mutate({ organizationId, eventId, holdId, selections });
  return client.boxOffice.sell.mutate({
    organizationId,
    eventId,
    holdId,
    channel: 'phone',
    buyer: { name: 'Ada Lovelace' },
    lines: held.units.map(({ unitId }) => ({ unitId, ticketTypeId: adult })),
    settlement: { kind: 'paid', method: 'card_terminal' },
    amount: 2_000,
  });
};

describe('box office', () => {
  it('a seller sells on the phone and prints the tickets and the receipt', async () => {
    const seller = await member('sel', 'seller');
    const booking = await sell(seller);
    expect(booking).toMatchObject({
      status: 'confirmed',
      sale: { channel: 'phone' },
      buyer: { email: null },
    });
    const { organizationId } = sale;
    const looked = await owner.api.bookings.getSold.query({ organizationId, bookingId: booking.id });
    for (const seen of [booking, looked]) {
      expect(seen).not.toHaveProperty('userId');
      expect(seen.sale).not.toHaveProperty('person');
    }
    for (const kind of ['tickets', 'receipt'] as const) {
      const file = await seller.boxOffice.document.query({ organizationId, bookingId: booking.id, kind });
      expect(Buffer.from(file.base64, 'base64').subarray(0, 5).toString()).toBe('%PDF-');
    }
  });

  it('a caller is found by reference, name or address, and shown with tickets and money, but no codes', async () => {
    const seller = await member('sol', 'seller');
    const { id: bookingId, reference } = await sell(seller);
    const { organizationId, eventId } = sale;
    const spoken = reference.toLowerCase().replace('-', ' ');
    const shown = await seller.bookings.getSoldByReference.query({ organizationId, reference: spoken });
    expect(shown).toMatchObject({
      id: bookingId,
      tickets: [{ status: 'valid', passedOn: false, generation: 1 }],
      money: { payment: { method: 'card_terminal', captured: { amount: 2_000 } }, refunds: [] },
    });
    expect(await seller.bookings.getSold.query({ organizationId, bookingId })).toEqual(shown);
    for (const find of [reference, 'lovelace ada'])
      expect((await seller.bookings.listSold.query({ organizationId, eventId, find })).items).toContainEqual(
        expect.objectContaining({
          id: bookingId,
          reference,
          channel: 'phone',
          units: 1,
          status: 'confirmed',
        }),
      );
    const none = { organizationId, eventId, find: reference, status: 'cancelled' } as const;
    expect(await seller.bookings.listSold.query(none)).toEqual({ items: [], nextCursor: null });
    const listed = await seller.bookings.listSold.query({ organizationId, eventId });
    for (const secret of ['code', 'person', 'userId', 'keys', 'holdId'])
      expect(JSON.stringify([listed, shown.tickets])).not.toContain(`"${secret}"`);
    expect(shown).not.toHaveProperty('keys');
  });

  it('neither a scanner nor an analyst sells, and a seller refunds nothing', async () => {
    for (const [name, role] of [
      ['scan', 'scanner'],
      ['ana', 'analyst'],
    ] as const)
      expect(await refusalOf(sell(await member(name, role)))).toMatchObject({ code: 'capability.missing' });
    const seller = await member('sal', 'seller');
    const { organizationId } = sale;
    const refundId = 'rfd_01h455vb4pex5vsknk084sn02q';
    expect(await refusalOf(seller.payments.paidBack.mutate({ organizationId, refundId }))).toMatchObject({
      code: 'capability.missing',
    });
  });

  it('the codes of a booking that its buyer made are not the organizer’s to print', async () => {
    const { organizationId, eventId, areaId, child } = sale;
    const buyer = await signUp(api.url, 'bea');
    const holdId = newHoldId();
    const held = await buyer.api.holds.place.mutate({
      eventId,
      holdId,
      selections: [{ kind: 'places', areaId, quantity: 1 }],
    });
    const { booking } = await buyer.api.bookings.checkout.mutate({
      eventId,
      holdId,
      buyer: { name: 'Bea', email: 'bea@example.org' },
      lines: held.units.map(({ unitId }) => ({ unitId, ticketTypeId: child })),
    });
    const printing = owner.api.boxOffice.document.query({
      organizationId,
      bookingId: booking.id,
      kind: 'tickets',
    });
    expect(await refusalOf(printing)).toMatchObject({ code: 'thing.not_found' });
  });
});

describe('attendees', () => {
  it('a list of 5,000 long lines may be sent, and more than 16 MiB may not', async () => {
    const { organizationId, eventId } = sale;
    const line = `${'N'.repeat(100)},ada@example.org,Adult,Floor,${'note '.repeat(150)}`;
    const content = ['name,email,ticket_type,area,note', ...Array.from({ length: 5_000 }, () => line)].join(
      '\n',
    );
    const settlement = { kind: 'complimentary', reason: 'guests' } as const;
    const upload = { organizationId, eventId, requestId: 'long-list', settlement };
    const started = await owner.api.attendees.import.mutate({ ...upload, content, dryRun: true });
    expect(started).toMatchObject({ plan: { attendees: 5_000, pools: [{ name: 'Floor', wanted: 5_000 }] } });
    const response = await fetch(`${api.url}/trpc/attendees.import`, {
      method: 'POST',
      headers: { authorization: `Bearer ${owner.accessToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ ...upload, content: 'x'.repeat(17 * 1024 * 1024) }),
    });
    expect(response.status).toBe(413);
  });

  it('an import is watched, cancelled and reported', async () => {
    const { organizationId, eventId } = sale;
    const { import: started } = await owner.api.attendees.import.mutate({
      organizationId,
      eventId,
      requestId: 'guests-of-the-house',
      content: 'name,ticket_type,area\nAda,Adult,Floor\n',
      settlement: { kind: 'complimentary', reason: 'guests' },
    });
    const ref = { organizationId, importId: started?.id ?? '' };
    expect(await owner.api.attendees.get.query(ref)).toMatchObject({
      status: 'running',
      counts: { waiting: 1 },
    });
    expect(await owner.api.attendees.resume.mutate(ref)).toMatchObject({ status: 'running' });
    expect(await refusalOf(owner.api.attendees.document.query(ref))).toMatchObject({
      code: 'attendees.still_sold',
    });
    expect(await owner.api.attendees.mail.mutate(ref)).toMatchObject({
      mailing: { letters: 0, endedAt: null },
    });
    expect(await owner.api.attendees.cancel.mutate(ref)).toMatchObject({
      status: 'cancelled',
      counts: { waiting: 0, cancelled: 1 },
    });
    expect((await owner.api.attendees.list.query({ organizationId, eventId })).items).toMatchObject([
      { id: ref.importId },
    ]);
    expect((await owner.api.attendees.report.query(ref)).content).toContain(
      '"2","Ada","","cancelled","","",""',
    );
  });
});
