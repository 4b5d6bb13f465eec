import { describe, expect, test } from 'vitest';
import { isDomainError } from '../../shared/errors.ts';
import { sampleBooking, sampleSale, sampleTickets } from '../../testing/sample-booking.ts';
import { DOCUMENT_KINDS, type Receipt, type TicketSheet } from './document.ts';
import { type GetBookingDocumentDeps, getBookingDocument } from './get-booking-document.ts';
import { getSoldDocument } from './get-sold-document.ts';

const encode = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
const decode = <T>(content: Uint8Array): T => JSON.parse(new TextDecoder().decode(content));

const world = (booking = sampleBooking(), tickets = sampleTickets(booking)): GetBookingDocumentDeps => ({
  bookings: { find: async () => booking },
  tickets: { listOfBooking: async () => tickets },
  signer: { sign: async ({ ticketId, generation }) => `EH1.${ticketId}.${generation}` },
  organizations: {
    find: async (id) => ({
      id,
      name: 'Aurora Stages',
      slug: null,
      description: '',
      contactEmail: null,
      createdBy: booking.userId,
      createdAt: new Date(0),
    }),
  },
  events: { find: async () => null },
  documentAllowance: { take: async () => null },
  documents: { tickets: async (sheets) => encode(sheets), receipt: async (receipt) => encode(receipt) },
});
const { id: bookingId, userId } = sampleBooking();
const refusal = (call: Promise<unknown>) =>
  call.then(
    () => null,
    (error: unknown) => error,
  );

/** Whose allowance a call takes from, and how many pages. */
const countedBy = async (
  ask: (deps: GetBookingDocumentDeps) => Promise<unknown>,
  booking = sampleBooking(),
) => {
  const counted: unknown[] = [];
  const take = async (whose: string, pages: number) => {
    counted.push([whose, pages]);
    return null;
  };
  await ask({ ...world(booking), documentAllowance: { take } });
  return counted;
};

describe('what is made counts', () => {
  test('for the account that asks, by pages', async () => {
    const ask = (kind: 'tickets' | 'receipt') =>
      countedBy((deps) => getBookingDocument(deps, { bookingId, userId, kind }));
    expect([await ask('tickets'), await ask('receipt')]).toEqual([[[userId, 3]], [[userId, 1]]]);
  });
  test('at the counter for the member who asks, whatever the organization: who opens another has no other allowance', async () => {
    const sold = sampleBooking({ sale: sampleSale });
    const elsewhere = {
      ...sold,
      organizationId: 'org_01h455vb4pex5vsknk084s0099' as typeof sold.organizationId,
    };
    const ask = ({ organizationId }: typeof sold) =>
      countedBy((deps) => getSoldDocument(deps, { bookingId, organizationId, userId, kind: 'tickets' }), {
        ...sold,
        organizationId,
      });
    expect([await ask(sold), await ask(elsewhere)]).toEqual([[[userId, 3]], [[userId, 3]]]);
  });
  test('before it is made: who asked for too many waits, and nothing is drawn', async () => {
    const deps: GetBookingDocumentDeps = {
      ...world(),
      documentAllowance: { take: async () => 4_000 },
      documents: {
        tickets: () => Promise.reject(new Error('was drawn')),
        receipt: () => Promise.reject(new Error('was drawn')),
      },
    };
    const refused = await refusal(getBookingDocument(deps, { bookingId, userId, kind: 'tickets' }));
    expect(refused).toMatchObject({ code: 'document.too_many', details: { retryAfterMs: 4_000 } });
  });
});

describe('documents of a booking', () => {
  test.each(DOCUMENT_KINDS)(
    '%s are its owner’s alone: for anybody else there is no such booking',
    async (kind) => {
      const stranger = 'usr_01h455vb4pex5vsknk084s0099' as typeof userId;
      expect(
        isDomainError(
          await refusal(getBookingDocument(world(), { bookingId, userId: stranger, kind })),
          'thing.not_found',
        ),
      ).toBe(true);
      expect((await getBookingDocument(world(), { bookingId, userId, kind })).filename).toContain(
        'EVT-7K3M9Q',
      );
    },
  );

  test('tickets carry the terms that the event had when they were bought, and ours', async () => {
    const { event } = sampleBooking();
    const booking = sampleBooking({ event: { ...event, terms: 'No glass.\r\n\r\nNo\u202e refunds\n' } });
    const { content } = await getBookingDocument(world(booking), { bookingId, userId, kind: 'tickets' });
    const [sheet] = decode<TicketSheet[]>(content);
    expect(sheet?.eventTerms).toEqual(['No glass.', 'No refunds']);
    expect(sheet?.terms).toHaveLength(3);
  });

  test('tickets show seat, name, organizer and the code of every valid ticket that the buyer holds', async () => {
    const booking = sampleBooking();
    const [first, second, third] = sampleTickets(booking);
    if (first === undefined || second === undefined || third === undefined) throw new Error('three tickets');
    const deps = world(booking, [first, { ...second, status: 'void' }, third]);
    const { content } = await getBookingDocument(deps, { bookingId, userId, kind: 'tickets' });
    const sheets = decode<TicketSheet[]>(content);
    expect(sheets.map(({ code }) => code)).toEqual([`EH1.${first.id}.1`, `EH1.${third.id}.1`]);
    expect(sheets[1]).toMatchObject({
      place: 'Stalls, row 4, seat 14',
      attendeeName: 'Byron',
      organizer: 'Aurora Stages',
      position: '2 of 2',
      day: 'Thursday, 31 December 2026',
      time: '20:00 (Berlin time)',
    });
    expect(sheets[0]?.terms.length).toBeGreaterThan(0);
  });

  test('a receipt names reference and organizer, and its lines add up to its total', async () => {
    const { content } = await getBookingDocument(world(), { bookingId, userId, kind: 'receipt' });
    const receipt = decode<Receipt>(content);
    expect(receipt).toMatchObject({
      reference: 'EVT-7K3M9Q',
      organizer: 'Aurora Stages',
      total: '117.00 EUR',
    });
    expect(receipt.lines.reduce((sum, line) => sum + Number.parseFloat(line.sum), 0)).toBe(117);
  });

  test('a booking whose lines do not add up gets no receipt', async () => {
    const booking = sampleBooking({ total: { amount: 11_699, currency: 'EUR' } });
    await expect(getBookingDocument(world(booking), { bookingId, userId, kind: 'receipt' })).rejects.toThrow(
      RangeError,
    );
  });

  test.each([
    ['a free booking has no receipt', 'receipt', { total: { amount: 0, currency: 'EUR' } }],
    ['an unpaid booking has no receipt', 'receipt', { status: 'pending', confirmedAt: null }],
  ] as const)('%s', async (_what, kind, over) => {
    const deps = world(sampleBooking(over));
    expect(
      isDomainError(await refusal(getBookingDocument(deps, { bookingId, userId, kind })), 'thing.not_found'),
    ).toBe(true);
  });

  test('a booking without tickets has no ticket and no calendar entry', async () => {
    const deps = world(sampleBooking({ status: 'pending' }), []);
    for (const kind of ['tickets', 'calendar'] as const)
      expect(
        isDomainError(
          await refusal(getBookingDocument(deps, { bookingId, userId, kind })),
          'thing.not_found',
        ),
      ).toBe(true);
  });
});
