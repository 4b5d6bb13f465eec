import { expect, test } from 'vitest';
import { type ErrorCode, type ErrorDetails, errorCatalogue } from './error-catalogue.ts';
import { ERROR_KINDS } from './error-kinds.ts';
import { DomainError, isDomainError } from './errors.ts';

type CodeWithDetails = {
  [C in ErrorCode]: ErrorDetails<C> extends Record<string, never> ? never : C;
}[ErrorCode];

/** One example of the details of each code that has any: a new code needs its line here. */
const examples: { [C in CodeWithDetails]: ErrorDetails<C> } = {
  'input.invalid': { issues: [{ path: 'email', message: 'must be an e-mail address' }] },
  'thing.not_found': { thing: 'event' },
  'busy.try_again': { retryAfterMs: 500 },
  'service.unreachable': { retryAfterMs: 500 },
  'deadline.passed': { retryAfterMs: 500 },
  'auth.too_many_attempts': { retryAfterMs: 60_000 },
  'capability.missing': { capability: 'events.write', role: 'scanner' },
  'membership.out_of_rank': { role: 'manager', acting: 'manager' },
  'invitation.other_address': { invited: 'a…@example.org' },
  'account.too_often': { retryAfterMs: 500 },
  'invitation.day_limit': { limit: 100, retryAfterMs: 500 },
  'invitation.letter_too_soon': { retryAfterMs: 500 },
  'invitation.letters_spent': { limit: 5 },
  'seat_map.faulty': { faults: [{ place: 'line 3', message: 'no row' }], total: 7 },
  'event.frozen': { retryAfterMs: 500 },
  'event.not_editable': { status: 'published', field: 'currency' },
  'event.not_publishable': { reasons: ['it has no ticket types'] },
  'event.bad_move': { from: 'draft', to: 'completed' },
  'event.not_named': { title: 'The Winter Concert' },
  'event.capacity_below_claimed': { areaId: 'are_1', claimed: 3 },
  'sale.closed': { reason: 'not_started' },
  'units.taken': { unitIds: ['s:1'] },
  'units.unknown': { unitIds: ['s:1'] },
  'units.short': { wanted: 3, left: 1 },
  'units.strands_seat': { unitIds: ['s:1'] },
  'units.not_together': { wanted: 4 },
  'hold.limit': { limit: 4, have: 3 },
  'hold.too_many': { limit: 10 },
  'live.limited': { scope: 'address', limit: 200, retryAfterMs: 30_000 },
  'inventory.rebuilding': { retryAfterMs: 500 },
  'room.bad_move': { state: 'paused' },
  'room.too_many_joins': { retryAfterMs: 500 },
  'room.not_your_turn': { retryAfterMs: 500 },
  'checkout.lines_mismatch': { missing: ['s:1'], extra: [] },
  'checkout.wrong_ticket_type': { unitId: 's:1', ticketTypeId: 'tty_1' },
  'checkout.total_too_high': { total: 100_000_000, highest: 99_999_999 },
  'booking.bad_move': { from: 'expired', to: 'cancelled' },
  'sale.amount_differs': { due: 100, amount: 90 },
  'sale.hold_sold': { reference: 'EVT-ABC123' },
  'refund.paid_back_before': { by: 'usr_1', at: '2026-01-01T12:00:00.000Z' },
  'attendees.faulty': { faults: [{ place: 'line 3, email', message: 'is none' }], total: 7 },
  'transfer.not_possible': { why: 'too_late' },
  'transfer.other_address': { invited: 'a…@example.org' },
  'transfer.over_limit': { limit: 4, have: 4 },
  'transfer.letter_too_soon': { retryAfterMs: 500 },
  'transfer.letters_spent': { limit: 5 },
  'booking.no_tickets': { status: 'expired' },
  'cancellation.quote_changed': { total: 2_500, currency: 'EUR', validUntil: null },
  'cancellation.too_late': { startedAt: '2026-12-31T19:00:00.000Z' },
  'tickets.not_valid': { ticketIds: ['tkt_1'] },
  'notification.too_many': { limit: 5, retryAfterMs: 500 },
  'document.too_many': { retryAfterMs: 500 },
  'refund.exceeds_captured': { refundable: 100 },
  'incident.money_sent_back': { reserved: 100 },
  'waitlist.closed': { why: 'off' },
  'waitlist.places_free': { free: 3 },
  'waitlist.joined_already': { entryId: 'wle_1' },
  'waitlist.too_many_entries': { limit: 5 },
  'waitlist.bad_move': { from: 'offered' },
  'waitlist.only_fewer': { quantity: 3 },
  'offer.gone': { status: 'expired' },
  'waitlist.not_waiting': { status: 'lapsed' },
  'waitlist.offer_open': { offerId: 'ofr_1' },
  'waitlist.bad_quantity': { quantity: 3, partWelcome: false },
  'waitlist.nothing_fits': { wanted: 2, left: 1 },
  'offer.not_open': { status: 'accepted' },
};
const codes = Object.keys(errorCatalogue) as ErrorCode[];
/** The pairing of a code with its details is lost in the loop over all codes. */
const example = (code: ErrorCode): DomainError =>
  new DomainError(code, ((examples as Record<string, unknown>)[code] ?? {}) as never);

test.each(codes)('%s says in whole sentences what is wrong', (code) => {
  const { message } = example(code);
  expect(message).toMatch(/^[A-Z0-9].*[.;…]$/s);
  expect(message).not.toMatch(/undefined|\[object|NaN/);
});

test.each(codes)('%s is named <thing>.<what is wrong> and has a kind', (code) => {
  expect(code).toMatch(/^[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*$/);
  expect(ERROR_KINDS).toContain(example(code).kind);
});

test('whoever is told to come back is told when', () => {
  const unavailable = codes.filter((code) => example(code).kind === 'unavailable');
  expect(unavailable).not.toHaveLength(0);
  for (const code of unavailable) expect(example(code).details).toHaveProperty('retryAfterMs');
});

test('a refusal is recognized by its code, and nothing else is a refusal', () => {
  const error: unknown = new DomainError('hold.limit', { limit: 4, have: 3 });
  expect(isDomainError(error)).toBe(true);
  expect(isDomainError(error, 'hold.limit')).toBe(true);
  expect(isDomainError(error, 'hold.gone')).toBe(false);
  expect(isDomainError(new Error('hold.limit'))).toBe(false);
  expect(isDomainError({ code: 'hold.limit' })).toBe(false);
});

test('the cause is kept for the log and is not in the message', () => {
  const cause = new Error('password=hunter2');
  const error = new DomainError('busy.try_again', { retryAfterMs: 1 }, { cause });
  expect(error.cause).toBe(cause);
  expect(error.message).not.toContain('hunter2');
});
