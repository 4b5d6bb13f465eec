import type { SaleEvent } from '../bookings/ports.ts';
import { transferDeadline, whyNotTransferable } from '../events/transfer-setting.ts';
import type { Transfer } from './transfer.ts';

/** What the sender reads. `status` is `expired` as soon as it is, `open` only while it can be accepted. */
export type TransferView = Pick<
  Transfer,
  | 'id'
  | 'ticketId'
  | 'eventId'
  | 'label'
  | 'email'
  | 'attendeeName'
  | 'message'
  | 'status'
  | 'letters'
  | 'endedAt'
  | 'createdAt'
> & {
  /** Until when it can be accepted, as the event stands now; null: its event has no start (any more). */
  readonly expiresAt: Date | null;
};

export const transferView = (transfer: Transfer, event: SaleEvent | null, now: Date): TransferView => {
  const { id, ticketId, eventId, label, email, attendeeName, message, letters, endedAt, createdAt } =
    transfer;
  const isOver = event === null || whyNotTransferable(event, now) !== null;
  return {
    id,
    ticketId,
    eventId,
    label,
    email,
    attendeeName,
    message,
    status: transfer.status === 'open' && isOver ? 'expired' : transfer.status,
    letters,
    endedAt,
    createdAt,
    expiresAt: event === null ? null : transferDeadline(event),
  };
};
