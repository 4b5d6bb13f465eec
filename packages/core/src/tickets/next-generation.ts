import type { TicketId, UserId } from '../shared/ids.ts';
import type { Ticket } from './ticket.ts';

/** The ticket that follows this one when it is passed on: the same right, another holder, another code. Pure. */
export const nextGeneration = (
  ticket: Ticket,
  to: {
    readonly id: TicketId;
    readonly holderId: UserId;
    readonly attendeeName: string | null;
    readonly at: Date;
  },
): Ticket => ({
  ...ticket,
  id: to.id,
  holderId: to.holderId,
  attendeeName: to.attendeeName,
  status: 'valid',
  generation: ticket.generation + 1,
  issuedAt: to.at,
  voidedAt: null,
});
