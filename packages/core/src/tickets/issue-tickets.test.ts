import { expect, test } from 'vitest';
import { pendingBooking } from '../testing/sale-records.ts';
import { issueTickets } from './issue-tickets.ts';

test('issuing again makes the same tickets: their ids were minted at checkout', () => {
  const booking = pendingBooking();
  const first = issueTickets(booking, new Date(1));
  expect(first).toHaveLength(booking.lines.length);
  expect(issueTickets(booking, new Date(1))).toEqual(first);
  expect(first[0]).toMatchObject({ id: booking.lines[0]?.ticketId, holderId: booking.userId, generation: 1 });
});
