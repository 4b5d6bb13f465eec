import { expect, test } from 'vitest';
import {
  IMPORT_STATUSES,
  importTransitions,
  ROW_STATUSES,
  rowTransitions,
} from '../attendees/attendee-import.ts';
import { type PaymentStatus, paymentTransitions } from '../payments/payment.ts';
import { canMove, sourcesOf } from '../shared/state-machine.ts';
import { TICKET_STATUSES, ticketTransitions } from '../tickets/ticket.ts';
import { TRANSFER_STATUSES, transferTransitions } from '../transfers/transfer.ts';
import { BOOKING_STATUSES, bookingTransitions } from './booking.ts';

test('a booking ends only through closing, where the intent is cancelled first', () => {
  expect(sourcesOf(bookingTransitions, 'expired')).toEqual(['closing']);
  expect(sourcesOf(bookingTransitions, 'cancelled')).toEqual(['closing', 'confirmed']);
});

test('a cancelled booking stays so: money that comes for it goes back', () => {
  for (const to of BOOKING_STATUSES) expect(canMove(bookingTransitions, 'cancelled', to)).toBe(false);
});

test('captured money is never un-captured: it leaves by refunds only', () => {
  const all: PaymentStatus[] = ['created', 'processing', 'captured', 'cancelled'];
  for (const to of all) expect(canMove(paymentTransitions, 'captured', to)).toBe(false);
});

test('a line of an import is sold, refused or cancelled once, and an import ends once: what was stopped may go on', () => {
  for (const from of ROW_STATUSES)
    for (const to of ROW_STATUSES)
      expect(canMove(rowTransitions, from, to)).toBe(from === 'waiting' && to !== 'waiting');
  for (const to of IMPORT_STATUSES)
    expect(sourcesOf(importTransitions, to)).toEqual(
      {
        running: ['stopped'],
        stopped: ['running'],
        finished: ['running'],
        cancelled: ['running', 'stopped'],
      }[to],
    );
});

test('an offer of a ticket ends once, and what has ended is opened by nothing', () => {
  for (const from of TRANSFER_STATUSES)
    for (const to of TRANSFER_STATUSES)
      expect(canMove(transferTransitions, from, to)).toBe(from === 'open' && to !== 'open');
});

test('a void ticket stays void: a transfer issues another one', () => {
  for (const to of TICKET_STATUSES) expect(canMove(ticketTransitions, 'void', to)).toBe(false);
});
