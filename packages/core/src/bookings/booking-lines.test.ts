import { describe, expect, test } from 'vitest';
import type { Hold } from '../holds/hold.ts';
import { countingIds } from '../testing/counting-ids.ts';
import { bookingLines, type LineChoice } from './booking-lines.ts';

const ids = countingIds();
const adult = ids.next('tty');
const child = ids.next('tty');
const unit = (n: number) => ({ unitId: `s:${n}`, pool: 0, seat: n, place: 0 });

const hold = (lost: string[] = []): Hold => ({
  id: ids.next('hld'),
  eventId: ids.next('evt'),
  owner: ids.next('usr'),
  state: 'converting',
  units: [unit(1), unit(2)],
  lost,
  quote: {
    currency: 'EUR',
    prices: [
      { priceCategory: 'A', ticketTypeId: adult, name: 'Adult', amount: 5_000 },
      { priceCategory: 'A', ticketTypeId: child, name: 'Child', amount: 2_500 },
      { priceCategory: 'B', ticketTypeId: adult, name: 'Adult', amount: 3_000 },
    ],
  },
  extended: false,
  expiresAt: new Date(0),
});

const choose = (unitId: string, ticketTypeId = adult): LineChoice => ({
  unitId,
  ticketTypeId,
  attendeeName: null,
});
const linesOf = (choices: readonly LineChoice[], of = hold(), category = 'A') =>
  bookingLines(
    of,
    choices,
    (unitId) => ({ label: `Seat ${unitId}`, priceCategory: category }),
    () => ids.next('tkt'),
  );

describe('the lines of a booking', () => {
  test('have the prices that the hold froze, one ticket each', () => {
    const lines = linesOf([choose('s:1'), choose('s:2', child)]);
    expect(lines.map(({ unitId, amount, ticketTypeName }) => [unitId, amount, ticketTypeName])).toEqual([
      ['s:1', 5_000, 'Adult'],
      ['s:2', 2_500, 'Child'],
    ]);
    expect(new Set(lines.map(({ ticketId }) => ticketId)).size).toBe(2);
  });

  test.each([
    ['one too few', [choose('s:1')], { missing: ['s:2'], extra: [] }],
    ['one too many', [choose('s:1'), choose('s:2'), choose('s:3')], { missing: [], extra: ['s:3'] }],
    ['one twice', [choose('s:1'), choose('s:2'), choose('s:1')], { missing: [], extra: ['s:1'] }],
  ])('name exactly the held units: %s is refused', (_name, choices, details) => {
    expect(() => linesOf(choices)).toThrow(
      expect.objectContaining({ code: 'checkout.lines_mismatch', details }),
    );
  });

  test('cannot name a ticket type that is not in the quote for that category', () => {
    expect(() => linesOf([choose('s:1'), choose('s:2', child)], hold(), 'B')).toThrow(
      expect.objectContaining({ code: 'checkout.wrong_ticket_type' }),
    );
  });

  test('say so when a unit has left the hold', () => {
    expect(() => linesOf([choose('s:1'), choose('s:2'), choose('s:9')], hold(['s:9']))).toThrow(
      expect.objectContaining({ code: 'units.taken', details: { unitIds: ['s:9'] } }),
    );
  });
});
