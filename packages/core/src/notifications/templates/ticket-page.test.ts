import { expect, test } from 'vitest';
import { sampleBooking } from '../../testing/sample-booking.ts';
import { ticketPageHtml } from './ticket-page-html.ts';

const ticket = { label: 'Stalls, row 4, seat 12', typeName: 'Adult', attendeeName: null, qr: 'data:,' };
const page = (tickets = [ticket], dateOpen = false): string =>
  ticketPageHtml(sampleBooking(), tickets, '/t/code', { dateOpen });

test('the page of a ticket link says when, and of an event that was put off that nobody knows yet', () => {
  expect(page()).toContain('Thursday, 31 December 2026<br>20:00 (Berlin time)');
  expect(page([ticket], true)).toContain('<p>Date to be announced</p>');
  expect(page([ticket], true)).not.toContain('December');
});

test('a page without tickets warns of no code', () => {
  expect(page()).toContain('Whoever shows a code first');
  expect(page([])).not.toContain('Whoever shows a code first');
});
